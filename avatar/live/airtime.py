"""Which answer goes on air, and which comes too late: the waiting room of voiced answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK, TICKS_A_SECOND, Answer, More

LATEST_TICKS = 30 * TICKS_A_SECOND - 5
"""An answer begins within 30 s of its comment; the fade and the breath before it take up to five ticks."""

LONGEST = 20 * SAMPLE_RATE
SHARE = 0.4
SETTLED_SECONDS = 60
"""The share is held over the whole air. Before a minute is over it is reckoned as a minute, or the first
comment of a broadcast would wait for the script to earn its answer."""


@dataclass(frozen=True)
class Waiting:
    """An answer that could go on air: ticks of its oldest comment and of its readiness, length in samples."""

    answer: Answer
    asked: int
    ready: int
    samples: int
    is_second_try: bool = False


def grown(waiting: Waiting, more: More, length: int) -> Waiting:
    """`waiting` with the next stretch of its answer, `length` samples more; one too long for it is left out."""
    answer = waiting.answer
    takes = more.utterance is not None and waiting.samples + length <= LONGEST
    if more.utterance is not None and takes:
        answer = replace(answer, utterances=(*answer.utterances, more.utterance))
    is_open = answer.is_open and not more.is_last and (takes or more.utterance is None)
    gap = "" if answer.utterances and answer.utterances[0].language == "zh-CN" else " "
    text = answer.text if is_open or not answer.is_open else gap.join(each.text for each in answer.utterances)
    answer = replace(answer, is_open=is_open, text=text)
    return replace(waiting, answer=answer, samples=waiting.samples + (length if takes else 0))


@dataclass(frozen=True)
class Refused:
    """A comment that was let go, and why."""

    comment: int
    reason: str


class Airtime:
    """Holds answers until their moment. `total` is the length of the broadcast in samples, None for endless."""

    def __init__(self, total: int | None = None) -> None:
        self._waiting: list[Waiting] = []
        self._least = SETTLED_SECONDS * SAMPLE_RATE if total is None else min(SETTLED_SECONDS * SAMPLE_RATE, total)
        self.spent = 0
        self.is_paused = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        return tuple(self._waiting)

    def offer(self, new: Waiting) -> list[Refused]:
        """Let `new` wait; it replaces those that answer one of its comments. What is let go for it."""
        if new.samples > LONGEST:
            return [Refused(comment, "too long") for comment in new.answer.comments]
        covered = set(new.answer.comments)
        replaced = [each for each in self._waiting if covered & set(each.answer.comments)]
        self._waiting = [each for each in self._waiting if each not in replaced]
        self._waiting.append(new)
        left = [comment for each in replaced for comment in each.answer.comments if comment not in covered]
        return [Refused(comment, "replaced") for comment in left]

    def extend(self, more: More, length: int) -> bool:
        """The next stretch of an answer that waits; False where none waits for it."""
        for place, each in enumerate(self._waiting):
            if each.answer.is_open and set(more.comments) & set(each.answer.comments):
                self._waiting[place] = grown(each, more, length)
                return True
        return False

    def withdraw(self, comment: int) -> None:
        """The answer to `comment` no longer holds."""
        self._waiting = [each for each in self._waiting if comment not in each.answer.comments]

    def clear(self, reason: str) -> list[Refused]:
        """Let all of them go."""
        gone, self._waiting = self._waiting, []
        return list(_refused(gone, reason))

    def expire(self, tick: int) -> list[Refused]:
        """Those whose comment is too long ago by `tick`; an operator's word does not age."""
        late = [each for each in self._waiting if each.answer.comments and tick - each.asked > LATEST_TICKS]
        self._waiting = [each for each in self._waiting if each not in late]
        return list(_refused(late, "too late"))

    def urgent(self) -> Waiting | None:
        """The oldest that may take the floor from anyone."""
        return min((each for each in self._waiting if each.answer.urgent), key=lambda each: each.ready, default=None)

    def best(self, tick: int) -> Waiting | None:
        """The one to go on air now: by priority, then the oldest comment; None when there is none or no air left."""
        if self.is_paused:
            return None
        fitting = [each for each in self._waiting if self._fits(each, tick)]
        return min(fitting, key=lambda each: (-each.answer.priority, each.asked, each.ready), default=None)

    def take(self, waiting: Waiting) -> None:
        """`waiting` goes on air."""
        self._waiting.remove(waiting)
        self.spent += waiting.samples

    def grow(self, waiting: Waiting, more: More, length: int, tick: int) -> Waiting:
        """The same for an answer on air; without air left it ends with what it has."""
        has_air = self.spent + length <= SHARE * max(tick * SAMPLES_A_TICK + length, self._least)
        new = grown(waiting, more if has_air else replace(more, utterance=None, is_last=True), length)
        self.spent += new.samples - waiting.samples
        return new

    def give_back(self, unheard: int) -> None:
        """What was taken was cut with `unheard` samples to go."""
        self.spent -= unheard

    def _fits(self, waiting: Waiting, tick: int) -> bool:
        samples = max(waiting.samples, waiting.answer.expected if waiting.answer.is_open else 0)
        air = max(tick * SAMPLES_A_TICK + samples, self._least)
        return waiting.answer.urgent or self.spent + samples <= SHARE * air


def _refused(gone: list[Waiting], reason: str) -> Iterator[Refused]:
    for each in gone:
        for comment in each.answer.comments:
            yield Refused(comment, reason)
