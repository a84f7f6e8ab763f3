"""What is said next: the rest of an answer, a waiting answer, the way back, a notice, or the script."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from avatar.contracts import TICKS_A_SECOND, More, Utterance
from avatar.live.airtime import Airtime, Refused, Waiting
from avatar.live.bridges import Bridges
from avatar.live.rundown import Rundown
from avatar.live.schedule import Bounds, Turn

GIVE_UP_TICKS = 5 * TICKS_A_SECOND
"""A sentence whose voice is not there after this long is left out."""

FIRST_VOICE_TICKS = 30 * TICKS_A_SECOND
"""While nothing at all is voiced yet, as after a restart on a busy machine, sentences are waited for, not left out."""

FILL_TICKS = TICKS_A_SECOND
FILL_APART_TICKS = 10 * TICKS_A_SECOND
NOTICE_TICKS = 300 * TICKS_A_SECOND

Skipped = Callable[[int, str], None]
"""Hears of a sentence that is left out, and why."""


@dataclass
class Voices:
    """What has been voiced: the script by number, notices, and the numbers no voice could be had for."""

    script: dict[int, Utterance] = field(default_factory=dict)
    notices: tuple[Utterance, ...] = ()
    unvoiced: set[int] = field(default_factory=set)


@dataclass
class _Lack:
    """Since when the script waits for a voice, sentences left out in a row, and when a filler was last said."""

    since: int | None = None
    skipped: int = 0
    filled: int = -FILL_APART_TICKS


class Chooser:
    """Chooses turn after turn. `on_air` is the answer whose parts are being said; `owes_bridge` after a guest who
    went away or was given no answer."""

    def __init__(
        self, rundown: Rundown, airtime: Airtime, bridges: Bridges, voices: Voices, bounds: Bounds, skipped: Skipped
    ) -> None:
        self.rundown, self.airtime, self.bridges, self.voices = rundown, airtime, bridges, voices
        self.on_air: Waiting | None = None
        self.owes_bridge = False
        self._bounds, self._skipped = bounds, skipped
        self._parts: deque[Turn] = deque()
        self._lack = _Lack()
        self._next_notice = 0

    def next(self, tick: int, last: str) -> Turn | None:
        """The turn after one of kind `last`; None when there is nothing to say in this tick."""
        if self._parts:
            return self._parts.popleft()
        if self.on_air is not None:
            return None
        waiting = self.airtime.urgent() or self.airtime.best(tick)
        if waiting is not None:
            return self._first_part(waiting)
        if last == "answer" or self.owes_bridge:
            self.owes_bridge = False
            bridge = self.bridges.deal()
            if bridge is not None:
                return self._whole(bridge)
        if last == "script" and self.voices.notices and tick >= self._next_notice and self.rundown.rule is None:
            self._next_notice = tick + NOTICE_TICKS
            return self._whole(self.voices.notices[tick // NOTICE_TICKS % len(self.voices.notices)])
        return self._script(tick)

    def repeat_notice(self, tick: int) -> None:
        """A notice was cut: what the law wants said is said again at the next end of a sentence."""
        self._next_notice = tick

    @property
    def has_more(self) -> bool:
        """Whether more of the answer on air is there, or on its way."""
        return bool(self._parts) or (self.on_air is not None and self.on_air.answer.is_open)

    @property
    def has_part(self) -> bool:
        return bool(self._parts)

    def extend(self, more: More, length: int, tick: int) -> None:
        """The next stretch of the answer on air; of any other it comes too late."""
        if self.on_air is None or not self.on_air.answer.is_open:
            return
        if not set(more.comments) & set(self.on_air.answer.comments):
            return
        before = len(self.on_air.answer.utterances)
        self.on_air = self.airtime.grow(self.on_air, more, length, tick)
        answer = self.on_air.answer
        for part, utterance in enumerate(answer.utterances[before:], before):
            self._parts.append(Turn(utterance, *self._bounds(utterance), answer=answer, part=part))

    def end_answer(self) -> None:
        """The last part of the answer on air was said."""
        self.on_air = None

    def displace(self, unheard: int, may_return: bool) -> list[Refused]:
        """The answer on air lost the floor with `unheard` samples to go; it may try once more."""
        waiting, self.on_air = self.on_air, None
        self._parts.clear()
        if waiting is None:
            return []
        self.airtime.give_back(unheard)
        if may_return and not waiting.is_second_try:
            return self.airtime.offer(Waiting(waiting.answer, waiting.asked, waiting.ready, waiting.samples, True))
        return []

    def _first_part(self, waiting: Waiting) -> Turn:
        self.airtime.take(waiting)
        self.rundown.interrupt()
        self.on_air = waiting
        answer = waiting.answer
        for part, utterance in enumerate(answer.utterances):
            self._parts.append(Turn(utterance, *self._bounds(utterance), answer=answer, part=part))
        return self._parts.popleft()

    def _whole(self, utterance: Utterance) -> Turn:
        return Turn(utterance, *self._bounds(utterance))

    def _script(self, tick: int) -> Turn | None:
        for _ in range(self.rundown.count):
            place = self.rundown.place
            utterance = self.voices.script.get(self.rundown.number) or self._other_wording(tick)
            if utterance is not None:
                self._lack = _Lack(filled=self._lack.filled)
                first, until = self._bounds(utterance)
                clause = min(place.clause, len(utterance.clauses) - 1)
                entry = utterance.clauses[clause].start if clause else first
                return Turn(utterance, min(entry, until - 1), until, sentence=place.sentence)
            if not self._gives_up(tick, self.rundown.number):
                return self._filler(tick)
            self._skipped(self.rundown.skip(), "no voice")
        return None

    def _other_wording(self, tick: int) -> Utterance | None:
        """The sentence as an earlier lap said it, where the wording at hand is late or cannot be had."""
        number, since = self.rundown.number, self._lack.since
        is_late = since is not None and tick - since >= FILL_TICKS
        if not is_late and number not in self.voices.unvoiced:
            return None
        same = (way * self.rundown.count + self.rundown.place.sentence for way in range(self.rundown.ways))
        return next((self.voices.script[each] for each in same if each in self.voices.script), None)

    def _gives_up(self, tick: int, number: int) -> bool:
        """Whether the sentence at hand is left out now. After a whole lap of nothing, patience begins anew."""
        lack = self._lack
        if lack.since is None:
            lack.since = tick
        waited = tick - lack.since
        known = number in self.voices.unvoiced and lack.skipped < self.rundown.count
        patience = GIVE_UP_TICKS if self.voices.script else FIRST_VOICE_TICKS
        if not known and waited < patience:
            return False
        self.voices.unvoiced.discard(number)
        skipped = lack.skipped + 1 if known else 1
        self._lack = _Lack(since=tick, skipped=skipped, filled=lack.filled)
        return True

    def _filler(self, tick: int) -> Turn | None:
        """A bridge phrase while the script waits, not too often."""
        lack = self._lack
        if lack.since is None or tick - lack.since < FILL_TICKS or tick - lack.filled < FILL_APART_TICKS:
            return None
        bridge = self.bridges.deal()
        lack.filled = tick
        return None if bridge is None else self._whole(bridge)
