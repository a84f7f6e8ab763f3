"""Who has the floor: script, answers, bridges and notices, tick by tick. Pure: ticks in, events and airings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from avatar.contracts import SAMPLES_A_TICK, Answer, BargeIn, More
from avatar.live.airtime import Airtime, Refused, Waiting, grown
from avatar.live.bridges import Bridges
from avatar.live.choosing import Chooser, Voices
from avatar.live.rundown import Rundown
from avatar.live.schedule import (
    FADE,
    Airing,
    Bounds,
    Event,
    Turn,
    clause_at,
    heard_text,
    milliseconds,
    spoken_bounds,
)

CLAUSE_PATIENCE = 15
"""Ticks (600 ms) that a ready answer waits for the end of a clause."""

REST_PATIENCE = milliseconds(1500)
"""So long the host waits in silence for the rest of an answer whose beginning was said."""

AFTERGLOW = 6 * SAMPLES_A_TICK
"""What was cut is remembered this long: the mouth comes to rest over some pictures."""

PAUSE = 240
PAUSES = {
    ("cut", "answer"): 0,
    ("script", "answer"): 100,
    ("answer", "part"): 100,
    ("answer", "answer"): 180,
    ("answer", "bridge"): 120,
    ("answer", "script"): 200,
    ("bridge", "script"): 200,
}
"""Milliseconds of silence between two turns: before the script goes on 150 to 250, around an answer at most 300."""


@dataclass(frozen=True)
class Moment:
    """Where a cut begins to fade, and the first clause that is not over then."""

    at: int
    clause: int
    kind: Literal["hard", "clause"]


class Floor:
    """Decides what sounds. `advance` is called once for every tick, in order."""

    def __init__(
        self,
        rundown: Rundown,
        airtime: Airtime,
        bridges: Bridges,
        voices: Voices,
        barge_in: BargeIn = "at_clause",
        bounds: Bounds = spoken_bounds,
    ) -> None:
        self.rundown, self.airtime, self.voices = rundown, airtime, voices
        self.epoch = 0
        self.airings: list[Airing] = []
        self.chooser = Chooser(rundown, airtime, bridges, voices, bounds, self._skip_noted)
        self._barge_in, self._bounds = barge_in, bounds
        self._airing: Airing | None = None
        self._free = 0
        self._last = ""
        self._claim: tuple[Answer, int] | None = None
        self._reached = 0
        self._skips = False
        self._is_silent = False
        self._is_held = False
        self._events: list[Event] = []
        self._tick = 0

    def advance(self, tick: int) -> list[Event]:
        """Settle what sounds in `tick`; what happened in it. Afterwards `airings` is good for its 1920 samples."""
        self._tick = tick
        begin, end = tick * SAMPLES_A_TICK, (tick + 1) * SAMPLES_A_TICK
        self.airings = [each for each in self.airings if each.end > begin - AFTERGLOW]
        self._obey(begin)
        self._give_way(begin, end)
        while True:
            if self._airing is None:
                self._airing = self._place_next(begin)
            now = self._airing
            if now is None or now.start >= end:
                break
            if now.start >= begin:
                self._begin(now)
            if now.end > end:
                break
            self._end(now)
        events, self._events = self._events, []
        return events

    def on_air(self, sample: int) -> Airing | None:
        """Who speaks at `sample` of the broadcast, computed from the schedule; a voice that fades counts as gone."""
        return next((each for each in self.airings if each.stop is None and each.sounds_at(sample)), None)

    def shift(self, ticks: int) -> None:
        """The clock went on by `ticks` without us: what sounds or waits moves with it, so that no word is lost."""
        by = ticks * SAMPLES_A_TICK
        self._free += by
        self.airings = [_moved(each, by) for each in self.airings]
        self._airing = self._airing and _moved(self._airing, by)

    def skip(self) -> None:
        """Leave out the rest of what is said now; takes effect with the next tick."""
        self._skips = True

    def silence(self, is_silent: bool) -> None:
        """Nothing is said while this holds; what is said now is cut."""
        self._is_silent = is_silent

    def hold(self) -> None:
        """A guest speaks: what is said now is cut at the next tick, and nothing is said until `release`."""
        self._is_held = True

    def release(self, owes_bridge: bool) -> None:
        """The floor is free again; a bridge leads back to the script where one is owed."""
        self._is_held = False
        self.chooser.owes_bridge = self.chooser.owes_bridge or owes_bridge

    def refuse(self, gone: Sequence[Refused]) -> None:
        """Write down comments that are let go."""
        for each in gone:
            self._note("comment_dropped", comment=each.comment, reason=each.reason)

    def _obey(self, begin: int) -> None:
        now, skips = self._airing, self._skips
        self._skips = False
        if now is None or not (skips or self._is_silent or self._is_held):
            return
        is_script = now.turn.kind == "script"
        may_return = self._is_held and not (now.turn.answer is not None and now.turn.answer.to_guest)
        if now.start >= begin:
            self._withdraw(now, may_return)
            counts_as_said = False
        else:
            clause = clause_at(now.turn.utterance, now.position(begin))
            counts_as_said = self._cut(now, Moment(begin, clause, "hard"), may_return)
        if skips and is_script and not counts_as_said:
            self._skip_noted(self.rundown.skip(), "operator")
            self.rundown.rule = None

    def _give_way(self, begin: int, end: int) -> None:
        claimant, now = self._claimant(), self._airing
        if claimant is None or now is None:
            return
        if now.start >= begin:
            self._withdraw(now)
        elif now.end > end:
            moment = self._moment(now, claimant, begin, end)
            if moment is not None:
                self._cut(now, moment)

    def _claimant(self) -> Answer | None:
        """The answer that wants the floor now; only an urgent one takes it from another answer."""
        if self._is_silent or self._is_held:
            return None
        on_air = self.chooser.on_air
        wanted: Waiting | None = self.airtime.urgent()
        if on_air is not None:
            return wanted.answer if wanted and not on_air.answer.urgent else None
        wanted = wanted or self.airtime.best(self._tick)
        if wanted is None:
            self._claim = None
        elif self._claim is None or not _is_same(self._claim[0], wanted.answer):
            self._claim = wanted.answer, self._tick
        return wanted.answer if wanted else None

    def _moment(self, now: Airing, claimant: Answer, begin: int, end: int) -> Moment | None:
        """When in this tick `now` is to be cut for `claimant`; None while it may go on."""
        utterance = now.turn.utterance
        hard = Moment(begin, clause_at(utterance, now.position(begin)), "hard")
        if claimant.urgent or self._barge_in == "at_once":
            return hard
        for index, clause in enumerate(utterance.clauses[:-1]):
            at = now.air_sample(clause.end) - FADE
            if begin - FADE < at < end and clause.end > now.turn.entry:
                return Moment(max(at, begin), index + 1, "clause")
        is_late = self._claim is not None and self._tick - self._claim[1] >= CLAUSE_PATIENCE
        return hard if is_late else None

    def _cut(self, now: Airing, moment: Moment, may_return: bool = True) -> bool:
        """Fade `now` out; True when its sentence counts as said nevertheless."""
        stop = moment.at + FADE
        self.airings = [replace(each, stop=stop) if each == now else each for each in self.airings]
        self._airing, self._free, self._last = None, stop, "cut"
        self.epoch += 1
        turn = now.turn
        position = now.position(stop if moment.kind == "clause" else moment.at)
        self._reached = max(self._reached, position) if turn.sentence is not None else position
        heard = heard_text(turn.utterance, self._reached)
        self._note("cut", kind=moment.kind, sentence=turn.sentence, clause=moment.clause, heard=heard)
        if turn.answer is not None:
            self.refuse(self.chooser.displace(now.planned_end - moment.at, may_return))
        if turn.kind == "notice":
            self.chooser.repeat_notice(self._tick)
        if turn.sentence is None:
            return False
        first, until = self._bounds(turn.utterance)
        counts_as_said = self.rundown.cut(moment.clause, (self._reached - first) / (until - first))
        if counts_as_said:
            self._note("sentence_skipped", sentence=turn.sentence, reason="mostly heard")
        return counts_as_said

    def _withdraw(self, now: Airing, may_return: bool = True) -> None:
        """What was to begin does not."""
        self.airings = [each for each in self.airings if each != now]
        self._airing = None
        self.epoch += 1
        if now.turn.answer is not None:
            self.refuse(self.chooser.displace(now.planned_end - now.start, may_return))

    def _place_next(self, begin: int) -> Airing | None:
        self._end_open(begin)
        turn = None if self._is_silent or self._is_held else self.chooser.next(self._tick, self._last)
        if turn is None:
            return None
        kind = "answer" if turn.answer is not None else turn.kind
        follows = "part" if turn.part else kind
        start = max(self._free + milliseconds(PAUSES.get((self._last, follows), PAUSE)), begin)
        placed = Airing(turn, start, self.epoch)
        self.airings.append(placed)
        return placed

    def _begin(self, now: Airing) -> None:
        turn = now.turn
        if turn.answer is not None:
            if turn.part == 0:
                self._note("answer_started", now.start, comments=list(turn.answer.comments), text=turn.answer.text)
            return
        if turn.sentence is None:
            self._note_sentence("sentence_started", turn, now.start)
            return
        place = self.rundown.place
        rule = self.rundown.begin()
        if rule is not None:
            self._note("resumed", now.start, rule=rule, sentence=turn.sentence, clause=place.clause)
        if not place.is_begun:
            self._reached = turn.entry
            self._note_sentence("sentence_started", turn, now.start)

    def _end(self, now: Airing) -> None:
        turn, last = now.turn, now.end - 1
        self._airing, self._free = None, now.end
        self._last = "answer" if turn.answer is not None else turn.kind
        if turn.answer is None:
            self._note_sentence("sentence_ended", turn, last)
        elif not self.chooser.has_more:
            self._end_answer(turn.answer, last)
        if turn.sentence is not None:
            self.rundown.finish()

    def _end_answer(self, answer: Answer, sample: int | None = None) -> None:
        """What was said of it is what it says."""
        on_air = self.chooser.on_air
        said = answer if on_air is None else grown(on_air, More((), None, True), 0).answer
        self._note("answer_ended", sample, comments=list(said.comments), text=said.text)
        self.chooser.end_answer()

    def _end_open(self, begin: int) -> None:
        """An answer whose rest does not come, or is not wanted any more, ends with what was said."""
        on_air = self.chooser.on_air
        if on_air is None or self.chooser.has_part:
            return
        is_late = begin - self._free >= REST_PATIENCE
        if is_late or not on_air.answer.is_open or self.airtime.urgent() is not None:
            self._end_answer(on_air.answer)

    def _skip_noted(self, sentence: int, reason: str) -> None:
        self._note("sentence_skipped", sentence=sentence, reason=reason)

    def _note_sentence(self, event: str, turn: Turn, sample: int) -> None:
        utterance = turn.utterance
        self._note(event, sample, sentence=turn.sentence, clauses=len(utterance.clauses), text=utterance.text)

    def _note(self, event: str, sample: int | None = None, **fields: Any) -> None:
        tick = self._tick if sample is None else sample // SAMPLES_A_TICK
        self._events.append(Event(event, tick, self.epoch, fields))


def _is_same(one: Answer, other: Answer) -> bool:
    """Whether it is the same answer, which may have grown meanwhile."""
    return one is other or bool(one.comments and one.comments == other.comments)


def _moved(airing: Airing, by: int) -> Airing:
    return replace(airing, start=airing.start + by, stop=None if airing.stop is None else airing.stop + by)
