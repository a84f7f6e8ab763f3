"""Where the script is: sentence after sentence, lap after lap, and where to go on after a cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HEARD_ENOUGH = 0.85
"""Whoever heard this much of a sentence knows it; to say the rest again would bore."""

Rule = Literal["clause", "next_sentence", "sentence", "restart"]


@dataclass(frozen=True)
class Place:
    """Sentence from 0, clause from 0, lap from 0. `is_begun`: part of the sentence has been heard."""

    sentence: int = 0
    clause: int = 0
    lap: int = 0
    is_begun: bool = False


class Rundown:
    """The script's cursor. `rule` is what the next re-entry goes by, None while nothing was interrupted.

    A script of `count` sentences has `ways` wordings; lap after lap takes the next one. A sentence's `number`
    counts through all wordings (`RoomConfig.line`), its place is the same in each.
    """

    def __init__(self, count: int, sentence: int = 0, lap: int = 0, ways: int = 1) -> None:
        if count < 1 or ways < 1:
            raise ValueError("a script has at least one sentence")
        self.count, self.ways = count, ways
        self.place = Place(sentence % count, 0, lap)
        self.rule: Rule | None = None

    def finish(self) -> None:
        """The sentence was said to its end."""
        self.place = self._following(self.place)

    def cut(self, clause: int, heard: float) -> bool:
        """Remember where the sentence was cut, `heard` of it (0 to 1); True when it counts as said.

        Only the first cut matters: an answer that is cut in its turn moves nothing here.
        """
        if heard >= HEARD_ENOUGH:
            self.place, self.rule = self._following(self.place), "next_sentence"
            return True
        self.place = Place(self.place.sentence, clause, self.place.lap, is_begun=True)
        self.rule = "clause"
        return False

    def interrupt(self) -> None:
        """Something else took the floor between two sentences."""
        self.rule = self.rule or "sentence"

    def skip(self) -> int:
        """Leave the sentence out; the place that is left."""
        left = self.place.sentence
        self.place = self._following(self.place)
        if self.rule == "clause":
            self.rule = "next_sentence"
        return left

    def begin(self) -> Rule | None:
        """The sentence at `place` goes on air now; the rule of a re-entry, if it is one."""
        self.place = Place(self.place.sentence, self.place.clause, self.place.lap, is_begun=True)
        rule, self.rule = self.rule, None
        return rule

    @property
    def number(self) -> int:
        """The number of the sentence at `place`."""
        return self._number(self.place)

    def ahead(self, count: int) -> tuple[int, ...]:
        """Numbers of the next `count` sentences, the one at `place` first; none twice."""
        place, numbers = self.place, []
        for _ in range(min(count, self.count * self.ways)):
            numbers.append(self._number(place))
            place = self._following(place)
        return tuple(numbers)

    def _number(self, place: Place) -> int:
        return place.lap % self.ways * self.count + place.sentence

    def _following(self, place: Place) -> Place:
        over = place.sentence + 1 == self.count
        return Place((place.sentence + 1) % self.count, 0, place.lap + over)
