"""What sounds when: turns placed on the sample line of the broadcast. Values only.

Sample s of the broadcast sounds in tick s // 1920. Whether somebody speaks is asked of the schedule;
no flag has to be set back by anyone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK, Answer, Utterance, UtteranceKind

FADE = SAMPLE_RATE // 100
"""A cut fades the old voice out over 10 ms; shorter clicks, longer is heard as a swallowed word."""

Bounds = Callable[[Utterance], tuple[int, int]]
"""First and last sample (end exclusive) of an utterance that are worth sending: silence at both ends left out."""


def milliseconds(count: int) -> int:
    """`count` ms in samples."""
    return count * SAMPLE_RATE // 1000


@dataclass(frozen=True)
class Event:
    """One line of the log, less the clock of the wall."""

    event: str
    tick: int
    epoch: int
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """A stretch of one utterance that is to be said: its samples from `entry` to `until`.

    `sentence` is the place in the script, None for all else. `part` counts the utterances of an answer.
    """

    utterance: Utterance
    entry: int
    until: int
    sentence: int | None = None
    answer: Answer | None = None
    part: int = 0
    is_fresh: bool = True

    @property
    def kind(self) -> UtteranceKind:
        return self.utterance.kind

    @property
    def is_first_part(self) -> bool:
        return self.part == 0

    @property
    def is_last_part(self) -> bool:
        return self.answer is None or self.part == len(self.answer.utterances) - 1


@dataclass(frozen=True)
class Airing:
    """A turn with its place on air. `stop` is where a cut has faded it out; None while nobody cut it."""

    turn: Turn
    start: int
    epoch: int
    stop: int | None = None

    @property
    def planned_end(self) -> int:
        return self.start + self.turn.until - self.turn.entry

    @property
    def end(self) -> int:
        return self.planned_end if self.stop is None else min(self.stop, self.planned_end)

    def position(self, sample: int) -> int:
        """The utterance's sample that sounds at `sample` of the broadcast."""
        return self.turn.entry + sample - self.start

    def air_sample(self, position: int) -> int:
        return self.start + position - self.turn.entry

    def sounds_at(self, sample: int) -> bool:
        return self.start <= sample < self.end


def tick_of(sample: int) -> int:
    return sample // SAMPLES_A_TICK


def clause_at(utterance: Utterance, position: int) -> int:
    """The clause in which `position` lies: the first that is not over by then."""
    for index, clause in enumerate(utterance.clauses):
        if position < clause.end:
            return index
    return len(utterance.clauses) - 1


def heard_text(utterance: Utterance, position: int) -> str:
    """The text up to the last word that is over by `position`."""
    count = bisect_right([word.end for word in utterance.words], position)
    if not count:
        return ""
    last = utterance.words[count - 1]
    return utterance.text[: last.character + len(last.text)]


def spoken_bounds(utterance: Utterance) -> tuple[int, int]:
    """Bounds by the word times alone, for whoever has no samples at hand."""
    first = utterance.clauses[0].start
    last = utterance.words[-1].end + milliseconds(20) if utterance.words else utterance.samples
    return first, max(first + 1, min(utterance.samples, last))
