"""What is said in answer: canned from facts, quoted from approved knowledge, or written by a model and checked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from agentbot.api import approved_answer, approved_texts
from avatar.comments.asking import ask_model
from avatar.comments.contracts import ASKED, Reading, Topic
from avatar.comments.ground import Ground
from avatar.comments.subjects import SUBJECTS, subject_of, subjects_of
from avatar.contracts import Cue, Emotion, Source
from avatar.scripts.canned import CannedAnswer, canned_answers
from core.contracts import Fact, Language
from core.errors import AdloomError
from core.llm.base import LanguageModel

logger = logging.getLogger(__name__)
_NAMED = frozenset(("name", "price", "offer", "cta", "link"))
_NEEDS_NO_FACT: frozenset[Topic] = frozenset(("link", "stock", "identity", "greeting", "praise", "buying"))
"""Topics whose standing answer is one even with no fact behind it: the link is below, welcome, I am no human."""
_OF_FACTS: frozenset[Topic] = frozenset(("ingredients", "size", "shipping", "usage", "after_sales"))
"""Topics whose general side has facts of its own ("just water and coffee")."""
_UNKNOWN: dict[Language, str] = {
    "zh-CN": "这一点我没有准确资料，不乱说，可以问店铺客服。",
    "en": "I have nothing confirmed on that, so please ask the shop.",
}


@dataclass(frozen=True)
class Piece:
    """One stretch to be voiced."""

    text: str
    cues: tuple[Cue, ...] = ()
    emotion: Emotion = "warm"


@dataclass(frozen=True)
class Draft:
    """What answers a comment, and where it comes from. `is_answer` is false where it only owns up to not knowing."""

    pieces: tuple[Piece, ...]
    source: Source
    is_answer: bool = True

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Writer:
    """Answers for one product on one day; a changed price or fact needs a new one."""

    def __init__(self, ground: Ground, host: str, seed: int) -> None:
        self.ground, self.host, self.seed = ground, host, seed
        self._canned = dict(self._every_canned())

    def canned(self) -> tuple[Piece, ...]:
        """Everything that can be voiced before anybody asks, each once."""
        pieces = [_piece(answer) for answer in self._canned.values()]
        return tuple(dict.fromkeys([*pieces, Piece(_UNKNOWN[self.ground.language])]))

    def at_once(self, reading: Reading) -> Draft | None:
        """An answer that needs no model: canned where a fact answers, else approved knowledge quoted; else None."""
        pieces: list[Piece] = []
        source: Source = "canned"
        for topic in reading.topics:
            answer = self._fitting(topic, reading.text)
            if answer is not None:
                pieces.append(_piece(answer))
        if pieces:
            return Draft(tuple(dict.fromkeys(pieces)), source)
        return self._quoted(reading) if reading.topic in ASKED else None

    def by_model(self, reading: Reading, model: LanguageModel, seconds: float) -> Draft | None:
        """What a model makes of approved texts within `seconds`, or None: it may not know, be down, or say too much."""
        texts = (*self.ground.facts, *approved_texts(self.ground.knowledge, reading.text, self.ground.today))
        unique = tuple({fact.text: fact for fact in texts}.values())
        try:
            text = ask_model(model, self.host, reading.text, unique, self.ground.language, self.seed, seconds)
        except (AdloomError, TimeoutError) as error:
            logger.warning("no answer by the model: %s", type(error).__name__)
            return None
        if not text:
            return None
        if problems := self.ground.problems(text, quoted=_prices(unique), by_model=True):
            logger.warning("an answer by the model is not said: %s", ", ".join(each.split(":")[0] for each in problems))
            return None
        return Draft((Piece(text),), "model")

    def otherwise(self, reading: Reading) -> Draft | None:
        """Where nothing answers: where the facts stand, or that it is not known; None for what deserves neither."""
        if reading.topic not in ASKED:
            return None
        answer = self._canned.get((reading.topic, None))
        if answer is not None and not answer.is_bound and reading.topic != "product":
            return Draft((_piece(answer),), "canned", is_answer=False)
        return Draft((Piece(_UNKNOWN[self.ground.language]),), "canned", is_answer=False)

    def _fitting(self, topic: Topic, text: str) -> CannedAnswer | None:
        """The standing answer of a topic, or of the side of it that was asked for; None where no fact answers."""
        subject = subject_of(topic, text)
        if topic == "product":
            return self._canned.get((topic, None)) if subject == "intro" else None
        found = self._canned.get((topic, subject)) or (None if subject else self._canned.get((topic, None)))
        is_answer = found is not None and (found.is_bound or (topic in _NEEDS_NO_FACT and not subject))
        return found if is_answer else None

    def _quoted(self, reading: Reading) -> Draft | None:
        found = approved_answer(self.ground.knowledge, reading.text, self.ground.today)
        if found is None:
            return None
        prices = tuple(Fact(f"quoted:{source}", found.text) for source in found.sources[:1])
        return None if self.ground.problems(found.text, quoted=prices) else Draft((Piece(found.text),), "knowledge")

    def _every_canned(self) -> Iterator[tuple[tuple[str, str | None], CannedAnswer]]:
        """By (topic, side); None is the topic as a whole."""
        ground = self.ground
        for answer in canned_answers(ground.facts, ground.language, ground.platform, ground.today):
            yield (answer.topic, None), answer
        for topic, rows in SUBJECTS.items():
            for subject, _ in rows:
                if subject or topic in _OF_FACTS:
                    yield from self._of_side(topic, subject)

    def _of_side(self, topic: Topic, subject: str) -> Iterator[tuple[tuple[str, str | None], CannedAnswer]]:
        """What the facts that speak of `subject` alone say."""
        ground = self.ground
        own = tuple(fact for fact in ground.facts if fact.id not in _NAMED and subject in subjects_of(topic, fact.text))
        named = tuple(fact for fact in ground.facts if fact.id in _NAMED)
        for answer in canned_answers((*own, *named), ground.language, ground.platform, ground.today) if own else ():
            if answer.topic == topic:
                yield (topic, subject), answer


def _piece(answer: CannedAnswer) -> Piece:
    return Piece(answer.text, answer.cues, answer.emotion)


def _prices(texts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Approved texts as facts of their own, so that a price in force backs itself."""
    return tuple(Fact(f"quoted:{fact.id}", fact.text) for fact in texts)
