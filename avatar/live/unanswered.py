"""Comments the brain has not said anything to yet: kept, so that a brain that died over them is asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from avatar.contracts import TICKS_A_SECOND, Comment
from avatar.live.airtime import LATEST_TICKS

LOST_TICKS = LATEST_TICKS + 15 * TICKS_A_SECOND
"""So long after a comment nobody says anything to it any more; that is written down."""
MOST_KEPT = 500


@dataclass(frozen=True)
class Open:
    """A comment without an outcome, and the tick it came in."""

    comment: Comment
    tick: int


class Unanswered:
    """`note` what is asked, `settle` what has an outcome."""

    def __init__(self) -> None:
        self._open: dict[int, Open] = {}

    def note(self, comment: Comment, tick: int) -> None:
        self._open[comment.number] = Open(comment, tick)
        if len(self._open) > MOST_KEPT:
            del self._open[next(iter(self._open))]

    def settle(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._open.pop(number, None)

    def again(self, tick: int) -> tuple[Comment, ...]:
        """Those a brain that starts anew is asked: an answer would still come in time."""
        return tuple(each.comment for each in self._open.values() if tick - each.tick <= LATEST_TICKS)

    def lost(self, tick: int) -> tuple[int, ...]:
        """Numbers of those nothing comes of any more; they are settled."""
        gone = tuple(number for number, each in self._open.items() if tick - each.tick > LOST_TICKS)
        self.settle(gone)
        return gone
