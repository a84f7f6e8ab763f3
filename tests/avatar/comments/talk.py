"""Viewers, and the room they write in."""

from __future__ import annotations

from avatar.comments.contracts import Reading
from avatar.comments.desk import Desk
from avatar.comments.ground import Ground
from avatar.comments.reading import read_comment
from avatar.contracts import Comment
from core.contracts import Language
from tests.avatar.scripts.facts import TODAY, brief


class Viewers:
    """Comments one after the other, numbered from 1."""

    def __init__(self, desk: Desk | None = None, language: Language = "zh-CN") -> None:
        self.desk = Desk() if desk is None else desk
        self._language, self._count = language, 0

    def reading(self, at: float, viewer: str, text: str) -> Reading:
        self._count += 1
        return read_comment(Comment(self._count, viewer, text, at), self._language)

    def says(self, at: float, viewer: str, text: str) -> str:
        """What becomes of the comment, in a word: "answer 1", "join 1", or the reason it is let go."""
        decision = self.desk.take(self.reading(at, viewer, text))
        return decision.reason if decision.verdict == "drop" else f"{decision.verdict} {decision.cluster}"


def ground(language: Language = "zh-CN", **changes: object) -> Ground:
    """The demo's product on the day of the tests."""
    made = brief(language, **changes)
    return Ground(made.product.name, made.all_facts(), language, made.platform, TODAY)
