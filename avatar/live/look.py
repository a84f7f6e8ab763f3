"""What is to be seen in a tick, computed from what sounds: mouth, gesture, caption, overlays. Values only."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLES_A_TICK, TICKS_A_SECOND, Cue, Emotion, Utterance, Viseme
from avatar.faces.contracts import PREPARE_TICKS, Gesture, GestureState, GuestView, MouthState
from avatar.live.schedule import Airing, tick_of

LEAD = SAMPLES_A_TICK // 2
"""Lips move about 20 ms before they are heard; with 40 what is shown runs 25 to 34 ms ahead (row L6-lips)."""

HALF_PICTURE = SAMPLES_A_TICK // 2
BLEND = SAMPLES_A_TICK
REST_TICKS = 4
"""After a cut the mouth comes to rest over this many pictures."""

CLOSURES: frozenset[Viseme] = frozenset(("PP", "FF"))
HOLD_TICKS = 30
RETURN_TICKS = 10
OVERLAY_TICKS = 6 * TICKS_A_SECOND
SPEAKING_LEVEL = 4200.0
"""RMS of int16 samples of a stressed vowel in speech at -16 LUFS."""

GESTURES: dict[str, Gesture] = {
    "point": "point",
    "hold_up": "hold",
    "count": "count",
    "wave": "wave",
    "welcome": "welcome",
}
SamplesOf = Callable[[Utterance], NDArray[np.int16]]


@dataclass(frozen=True)
class Spoken:
    """What the caption shows: words with the marks and spaces that follow them; `now` is the one being said, or −1."""

    words: tuple[str, ...]
    now: int


@dataclass(frozen=True)
class Look:
    """A picture as it is ordered. `product` is which of the room's products is on, from 0.

    `airings` is the schedule around it, `ahead` what is voiced and will be said: a host that is drawn elsewhere has to
    know before. `epoch` is the floor's, older work is void.
    """

    tick: int
    mouth: MouthState
    gesture: GestureState | None = None
    spoken: Spoken | None = None
    asked_by: str = ""
    overlays: tuple[str, ...] = ()
    product: int = 0
    guest: GuestView | None = None
    airings: tuple[Airing, ...] = ()
    ahead: tuple[Utterance, ...] = ()
    epoch: int = 0


def look_at(airings: Sequence[Airing], tick: int, samples_of: SamplesOf) -> Look:
    """The look of `tick`, given what the schedule holds around it."""
    centre = tick * SAMPLES_A_TICK + HALF_PICTURE
    speaking = _speaking(airings, centre + LEAD) or _speaking(airings, centre)
    mouth = _resting(airings, tick)
    if speaking is not None:
        mouth = _mouth(speaking, max(centre + LEAD, speaking.start), samples_of)
    heard = _speaking(airings, centre) or speaking
    if heard is None:
        return Look(tick, mouth)
    answer = heard.turn.answer
    return Look(
        tick,
        mouth,
        _gesture(heard, tick),
        _spoken(heard.turn.utterance, heard.position(centre)),
        answer.asked_by if answer else "",
        _overlays(heard, tick),
    )


def _speaking(airings: Sequence[Airing], sample: int) -> Airing | None:
    return next((each for each in airings if each.stop is None and each.sounds_at(sample)), None)


def _mouth(airing: Airing, sample: int, samples_of: SamplesOf) -> MouthState:
    utterance, at = airing.turn.utterance, airing.position(sample)
    first, second, mix = shapes(utterance, at)
    return MouthState(
        viseme_a=first,
        viseme_b=second,
        mix=mix,
        emotion=_emotion(utterance, at),
        openness=_openness(samples_of(utterance)[max(0, at - HALF_PICTURE) : at + HALF_PICTURE]),
        stress_tick=_last_tick(airing, stresses(utterance), at),
        clause_end_tick=_last_tick(airing, [clause.end for clause in utterance.clauses], at),
    )


def shapes(utterance: Utterance, at: int) -> tuple[Viseme, Viseme, float]:
    """Two shapes and how far the mouth is from the first to the second at sample `at`.

    A closure whose middle lies in this picture is shown whole, however short it is.
    """
    keys = utterance.visemes
    starts = [key.start for key in keys]
    index = bisect_right(starts, at) - 1
    if index < 0:
        return "sil", "sil", 0.0
    for near in range(max(0, index - 1), min(len(keys), index + 2)):
        end = starts[near + 1] if near + 1 < len(keys) else utterance.samples
        middle = (starts[near] + end) // 2
        if keys[near].viseme in CLOSURES and at - HALF_PICTURE <= middle < at + HALF_PICTURE:
            return keys[near].viseme, keys[near].viseme, 0.0
    since = at - starts[index]
    if index and since < BLEND // 2:
        return keys[index - 1].viseme, keys[index].viseme, _eased(0.5 + since / BLEND)
    until = starts[index + 1] - at if index + 1 < len(keys) else BLEND
    if until < BLEND // 2:
        return keys[index].viseme, keys[index + 1].viseme, _eased(0.5 - until / BLEND)
    return keys[index].viseme, keys[index].viseme, 0.0


def _eased(part: float) -> float:
    return 0.5 - 0.5 * math.cos(math.pi * part)


def _resting(airings: Sequence[Airing], tick: int) -> MouthState:
    """A closed mouth; just after a cut, on its way there."""
    cut = max((each for each in airings if each.stop is not None), key=lambda each: each.end, default=None)
    if cut is None or tick - tick_of(cut.end) >= REST_TICKS:
        return MouthState()
    utterance, at = cut.turn.utterance, cut.position(cut.end)
    shape = shapes(utterance, at)[0]
    mix = _eased(min(1.0, max(0.0, (tick - tick_of(cut.end) + 1) / REST_TICKS)))
    return MouthState(viseme_a=shape, viseme_b="sil", mix=mix, emotion=_emotion(utterance, at))


def _openness(samples: NDArray[np.int16]) -> float:
    if not len(samples):
        return 0.4
    level = math.sqrt(float(np.mean(np.square(samples.astype(np.float32))))) / SPEAKING_LEVEL
    return round(min(1.0, max(0.35, math.sqrt(level))), 2)


def _emotion(utterance: Utterance, at: int) -> Emotion:
    marks = [cue for cue in utterance.cues if cue.kind == "emotion" and cue.sample <= at]
    found = max(marks, key=lambda cue: cue.sample, default=None)
    if found is not None and found.value in ("calm", "warm", "delight"):
        return found.value  # type: ignore[return-value]  # one of the three, as just seen
    return utterance.emotion


def stresses(utterance: Utterance) -> tuple[int, ...]:
    """One word per clause is taken for stressed: the longest."""
    found = []
    for clause in utterance.clauses:
        inside = [word for word in utterance.words if clause.start <= word.start < clause.end]
        if inside:
            found.append(max(inside, key=lambda word: word.end - word.start).start)
    return tuple(found)


def _last_tick(airing: Airing, positions: Sequence[int], at: int) -> int | None:
    passed = [position for position in positions if airing.turn.entry <= position <= at]
    return tick_of(airing.air_sample(max(passed))) if passed else None


def _gesture(airing: Airing, tick: int) -> GestureState | None:
    found = None
    for cue in airing.turn.utterance.cues:
        kind, _, number = cue.value.partition(":")
        if cue.kind != "gesture" or kind not in GESTURES or cue.sample < airing.turn.entry:
            continue
        stroke = tick_of(airing.air_sample(cue.sample))
        if stroke - PREPARE_TICKS <= tick <= stroke + HOLD_TICKS + RETURN_TICKS:
            count = int(number) if number.isdigit() else 1
            found = GestureState(GESTURES[kind], stroke, stroke + HOLD_TICKS, count)
    return found


def _spoken(utterance: Utterance, at: int) -> Spoken:
    starts = [0, *(word.character for word in utterance.words[1:]), len(utterance.text)]
    words = tuple(utterance.text[first:last] for first, last in pairwise(starts))
    return Spoken(words, bisect_right([word.start for word in utterance.words], at) - 1)


def _overlays(airing: Airing, tick: int) -> tuple[str, ...]:
    cues: list[Cue] = [cue for cue in airing.turn.utterance.cues if cue.kind == "overlay"]
    shown = []
    for cue in cues:
        begins = tick_of(airing.air_sample(cue.sample))
        if begins <= tick < begins + OVERLAY_TICKS:
            shown.append(cue.value)
    return tuple(dict.fromkeys(shown))
