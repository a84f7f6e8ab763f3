"""Cuts by the thousand on a floor without sound cards or sockets: every sample is asked whose voice it is.

Each utterance's samples all have one value of their own, so a single stale sample is seen.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK, Answer, Clause, Utterance, UtteranceKind, Word
from avatar.live.airtime import Airtime, Waiting
from avatar.live.bridges import Bridges
from avatar.live.choosing import Voices
from avatar.live.floor import Floor
from avatar.live.mixer import mix
from avatar.live.rundown import Rundown
from avatar.live.schedule import Event, spoken_bounds

MOST_WAITING = 3
ALLOWED = SAMPLE_RATE * 60 // 1000
"""Samples after the start of a cut's tick in which the old voice may still fade."""


Mixer = Callable[..., NDArray[np.int16]]


@dataclass
class Cuts:
    """What the fuzzing saw; `stale` counts samples of an old voice later than 60 ms after its cut."""

    cuts: int = 0
    stale: int = 0


def marked(mark: int, clauses: Sequence[int], kind: UtteranceKind = "script") -> Utterance:
    """An utterance whose clauses last so many ms each; its id is the value of its samples."""
    words, spans, text, at = [], [], "", 0
    for number, length in enumerate(clauses):
        count = length * SAMPLE_RATE // 1000
        words.append(Word(f"w{number}", at, at + count, len(text)))
        spans.append(Clause(f"w{number}", at, at + count))
        text += f"w{number} "
        at += count
    return Utterance(str(mark), kind, text.strip(), "en", at, tuple(spans), tuple(words), ())


def flat_samples(utterance: Utterance) -> NDArray[np.int16]:
    return _flat(int(utterance.id), utterance.samples)


@lru_cache(maxsize=64)
def _flat(mark: int, count: int) -> NDArray[np.int16]:
    return np.full(count, mark, np.int16)


class FuzzedRoom:
    """A room whose answers, urgent words and orders come whenever `chance` says."""

    def __init__(self, seed: int, barge_in: str, mixer: Mixer = mix) -> None:
        self.mixer = mixer
        self.chance = random.Random(seed)
        self.marks = 100
        script = [self._utterance(self.chance.randint(1, 5)) for _ in range(self.chance.randint(1, 6))]
        self.script = script
        self.airtime = Airtime()
        voices = Voices(script=dict(enumerate(script)))
        bridges = Bridges(seed, [self._utterance(1, "bridge") for _ in range(3)])
        choice = "at_once" if barge_in == "at_once" else "at_clause"
        self.floor = Floor(Rundown(len(script)), self.airtime, bridges, voices, choice, spoken_bounds)
        self.tick = 0

    def _utterance(self, clauses: int, kind: UtteranceKind = "script") -> Utterance:
        self.marks += 1
        lengths = [self.chance.choice((20, 45, 120, 300, 700, 1500)) for _ in range(clauses)]
        return marked(self.marks, lengths, kind)

    def interrupt(self) -> None:
        """Somebody wants the floor now: an answer or, sometimes, an operator."""
        if len(self.airtime) >= MOST_WAITING:
            return
        is_urgent = self.chance.random() < 0.3
        said = self._utterance(self.chance.randint(1, 3), "answer")
        first, until = spoken_bounds(said)
        answer = Answer((self.marks,), (said,), said.text, "canned", urgent=is_urgent)
        self.airtime.spent = 0
        self.airtime.offer(Waiting(answer, self.tick, self.tick, until - first))

    def step(self) -> tuple[list[Event], NDArray[np.int16]]:
        events = self.floor.advance(self.tick)
        mixed = self.mixer(self.floor.airings, self.tick, flat_samples)
        self.tick += 1
        return events, mixed


def fuzz_cuts(count: int, seed: int = 1, mixer: Mixer = mix) -> Cuts:
    """`count` cuts: double, nested, at boundaries, in pauses, before speech starts. `mixer` is what is tried."""
    seen = Cuts()
    while seen.cuts < count:
        seed += 1
        room = FuzzedRoom(seed, "at_once" if seed % 2 else "at_clause", mixer)
        _fuzz_room(room, seen, min(count, seen.cuts + 40))
    return seen


def _fuzz_room(room: FuzzedRoom, seen: Cuts, until: int) -> None:
    line: list[NDArray[np.int16]] = []
    cuts: list[tuple[Event, int]] = []
    for _ in range(4000):
        if seen.cuts + len(cuts) >= until:
            break
        if room.chance.random() < 0.12:
            room.interrupt()
        before = _speaking(room)
        events, mixed = room.step()
        line.append(mixed)
        cuts += [(event, before) for event in events if event.event == "cut"]
    whole = np.concatenate([*line, np.zeros(4 * SAMPLES_A_TICK, np.int16)])
    for event, mark in cuts:
        seen.cuts += 1
        begin = event.tick * SAMPLES_A_TICK
        window = whole[begin : begin + 4 * SAMPLES_A_TICK]
        old = np.flatnonzero((window > 0) & _fading(window, mark))
        seen.stale += int((old >= ALLOWED).sum())


def _speaking(room: FuzzedRoom) -> int:
    speaker = room.floor.on_air(room.tick * SAMPLES_A_TICK)
    return int(speaker.turn.utterance.id) if speaker is not None else 0


def _fading(window: NDArray[np.int16], mark: int) -> NDArray[np.bool_]:
    """Where the old voice sounds, at whatever level: up to its mark from the cut on, until it is silent once."""
    silent = np.flatnonzero(window == 0)
    sounding = np.ones(len(window), np.bool_)
    if len(silent):
        sounding[silent[0] :] = False
    return sounding & (window <= mark) if mark else np.zeros(len(window), np.bool_)


@dataclass
class Resumes:
    """What the fuzzing of scripts and interruptions saw."""

    rooms: int = 0
    cuts: int = 0
    resumed: int = 0
    faults: list[str] = field(default_factory=list)


def fuzz_resumes(rooms: int, seed: int = 1) -> Resumes:
    """`rooms` scripts by chance, each interrupted by chance and then left alone until it came round."""
    seen = Resumes()
    for number in range(rooms):
        room = FuzzedRoom(seed + number, "at_once" if number % 2 else "at_clause")
        events: list[Event] = []
        for step in range(1500):
            if step < 500 and room.chance.random() < 0.04:
                room.interrupt()
            events += room.floor.advance(room.tick)
            room.tick += 1
        seen.rooms += 1
        seen.cuts += sum(event.event == "cut" for event in events)
        seen.resumed += sum(event.event == "resumed" for event in events)
        seen.faults += [f"room {number}: {fault}" for fault in resume_faults(events, len(room.script))]
    return seen


def resume_faults(events: Sequence[Event], count: int) -> list[str]:
    """Where a broadcast broke a rule: order, every sentence ended or skipped, re-entry at the clause that was cut."""
    faults: list[str] = []
    expected, is_open, cut = 0, False, None
    for event in events:
        sentence = event.fields.get("sentence")
        if event.event == "sentence_started" and sentence is not None:
            if is_open or sentence != expected:
                faults.append(f"tick {event.tick}: sentence {sentence} begins, {expected} was due")
            is_open = True
        elif event.event == "cut" and sentence is not None:
            cut = event
        elif event.event == "resumed" and event.fields["rule"] == "clause":
            if cut is None or (cut.fields["sentence"], cut.fields["clause"]) != (sentence, event.fields["clause"]):
                faults.append(f"tick {event.tick}: re-entry elsewhere than at the cut")
        elif event.event == "sentence_skipped" or (event.event == "sentence_ended" and sentence is not None):
            if sentence != expected:
                faults.append(f"tick {event.tick}: sentence {sentence} is over, {expected} was due")
            is_open, cut, expected = False, None, (expected + 1) % count
    return faults
