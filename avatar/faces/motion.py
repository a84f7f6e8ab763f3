"""What a living host does unasked: breathing, blinking, glances, sway, nods. Everything follows from seed and tick."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from avatar.faces.contracts import EMOTIONS, TICKS_PER_SECOND, VISEMES, MouthState
from avatar.faces.mouth import shape_of
from avatar.faces.sheet import HALF_OPEN

BREATH_TICKS = 4 * TICKS_PER_SECOND
BREATH_STEPS = 14
"""Shoulders rise by this many quarter units."""
SWAY_STEPS, SWAY_UNIT = 6, 0.5
"""The shoulders go aside by at most so many steps of so many units."""
SHIFT_CELL = 6 * TICKS_PER_SECOND
SWAY_TILT = 1.6
"""The shoulder that the body leans on sinks by this share of the sway over its width."""
BLINK = (1, 2, 4, 4, 3, 3, 2, 1, 1)
"""Lid steps of a blink: three pictures to shut, one shut whole, five to open."""
SOONEST_BLINK, LATEST_BLINK = 2 * TICKS_PER_SECOND, 6 * TICKS_PER_SECOND
GLANCE_CELL = 41
"""Glances begin in every stretch of so many ticks, at a place by chance: 0.8–2.5 s lie between them."""
MOVE_CELL = 70
NOD_TICKS = 13
CLOSED = ("sil", "PP", "FF")


def chance(seed: int, *places: int) -> float:
    """A number from 0 to 1 that depends on nothing but its arguments."""
    value = (seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    for place in places:
        value ^= (place + 0x632BE59BD9B4E019 + (value << 6) + (value >> 2)) & 0xFFFFFFFFFFFFFFFF
        value = (value * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        value ^= value >> 31
    return value / 2**64


def ease(t: float) -> float:
    """From 0 to 1 with rest at both ends."""
    t = min(1.0, max(0.0, t))
    return t * t * t * (t * (6 * t - 15) + 10)


def breath_step(tick: int, seed: int) -> int:
    """How high the shoulders are, 0 to BREATH_STEPS; in is quicker than out."""
    phase = ((tick + int(chance(seed, 1) * BREATH_TICKS)) % BREATH_TICKS) / BREATH_TICKS
    rise = ease(phase / 0.42) if phase < 0.42 else 1 - ease((phase - 0.42) / 0.58)
    return round(rise * BREATH_STEPS)


def _held(tick: int, seed: int, what: int, cell: int, move: int, spread: int) -> float:
    """A value from −1 to 1 that goes to a new place once a cell, within `move` ticks, and stays there."""
    index = tick // cell
    start = index * cell + int(chance(seed, what, index, 7) * spread)
    if tick < start:
        index -= 1
        start = index * cell + int(chance(seed, what, index, 7) * spread)
    before, after = (2 * chance(seed, what, i) - 1 for i in (index - 1, index))
    return before + (after - before) * ease((tick - start) / move)


def head_drift(tick: int, seed: int) -> tuple[float, float, float]:
    """Sway of the head: aside and up in units, degrees. It moves, then rests, and never quite stands still."""
    t = tick / TICKS_PER_SECOND
    phase = chance(seed, 3) * 6.28
    aside = 4.2 * _held(tick, seed, 11, MOVE_CELL, 32, 34) + 0.9 * math.sin(t * 1.13 + phase)
    up = 1.8 * _held(tick, seed, 12, MOVE_CELL, 30, 34) + 0.5 * math.sin(t * 0.83 + 2 * phase)
    turn = 1.5 * _held(tick, seed, 13, MOVE_CELL, 34, 34) + 0.35 * math.sin(t * 0.71 + phase)
    return aside, up, turn + 0.18 * aside


def body_sway(tick: int, seed: int) -> int:
    """Steps that the shoulders are aside: every few seconds the weight shifts, then it rests."""
    return round(2.8 * _held(tick, seed, 14, SHIFT_CELL, 30, 70) / SWAY_UNIT)


def nod(tick: int, stress_tick: int | None) -> float:
    """How far a nod has gone, 0–1: it sets off with the stressed word and is lowest 120 to 160 ms later."""
    if stress_tick is None or not 0 <= tick - stress_tick < NOD_TICKS:
        return 0.0
    t = (tick - stress_tick) / NOD_TICKS
    return ease(t / 0.3) if t < 0.3 else 1 - ease((t - 0.3) / 0.7)


def gaze(tick: int, seed: int) -> tuple[float, float]:
    """Where the iris is, in units: mostly at the viewer, now and then beside; it jumps within two pictures."""
    index = tick // GLANCE_CELL
    start = _glance_start(index, seed)
    if tick < start:
        index -= 1
        start = _glance_start(index, seed)
    (x0, y0), (x1, y1) = _look(index - 1, seed), _look(index, seed)
    share = min(1.0, (tick - start + 1) / 2)
    return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _glance_start(index: int, seed: int) -> int:
    return index * GLANCE_CELL + int(chance(seed, 21, index) * (GLANCE_CELL // 2))


def _look(index: int, seed: int) -> tuple[float, float]:
    away = chance(seed, 22, index) > 0.72
    reach = 2.6 if away else 0.8
    return reach * (2 * chance(seed, 23, index) - 1), 0.55 * reach * (2 * chance(seed, 24, index) - 1)


@dataclass
class Blinking:
    """Blinks lie 2 to 6 s apart, come gladly at the end of a clause and never begin while the lips are pressed."""

    seed: int
    started: int = -1000
    due: int = 0
    count: int = 0
    seen_clause: int | None = None
    last_tick: int = -1

    def step(self, tick: int, mouth: MouthState) -> int:
        """The lid step at a tick: 0 open, 4 shut."""
        if tick < self.last_tick:
            self._reset()
        if self.count == 0:
            self.count, self.due = 1, tick + self._pause()
        self.last_tick = tick
        self._clause(tick, mouth)
        if tick >= self.due and not is_pressed(mouth):
            self.started, self.count = tick, self.count + 1
            self.due = tick + self._pause()
        since = tick - self.started
        return BLINK[since] if 0 <= since < len(BLINK) else 0

    def _clause(self, tick: int, mouth: MouthState) -> None:
        end = mouth.clause_end_tick
        if end is None or end == self.seen_clause or tick < end:
            return
        self.seen_clause = end
        rested = tick - self.started >= SOONEST_BLINK
        if rested and tick - end < TICKS_PER_SECOND and chance(self.seed, 31, end) < 0.75:
            self.due = min(self.due, tick + 1)

    def _pause(self) -> int:
        share = chance(self.seed, 32, self.count)
        return SOONEST_BLINK + 4 + round(share**1.3 * (LATEST_BLINK - SOONEST_BLINK - 30))

    def _reset(self) -> None:
        self.started, self.due, self.count, self.seen_clause = -1000, 0, 0, None


def is_pressed(mouth: MouthState) -> bool:
    """Whether the lips are pressed for p, b or m."""
    return "PP" in (mouth.viseme_a if mouth.mix < 0.9 else "", mouth.viseme_b if mouth.mix > 0.1 else "")


@dataclass
class Feeling:
    """Emotions cross over within a third of a second instead of jumping."""

    weights: dict[str, float] = field(default_factory=dict)
    squint: float = 1.0
    last_tick: int = -1

    def towards(self, tick: int, emotion: str) -> dict[str, float]:
        """Weight of each emotion at a tick; they add up to 1."""
        if not self.weights or tick < self.last_tick or tick - self.last_tick > TICKS_PER_SECOND:
            self.weights = {name: float(name == emotion) for name in EMOTIONS}
        elif tick > self.last_tick:
            step = 1 - 0.80 ** (tick - self.last_tick)
            self.weights = {name: w + (float(name == emotion) - w) * step for name, w in self.weights.items()}
        self.last_tick = tick
        return self.weights

    @property
    def smile(self) -> float:
        """How much of a smile is in the eyes, 0–1."""
        return 0.08 * self.weights["calm"] + 0.40 * self.weights["warm"] + 0.92 * self.weights["delight"]


def mouth_weights(mouth: MouthState, emotions: dict[str, float]) -> tuple[tuple[str, str, int], ...]:
    """(viseme, emotion, sixteenths) of the mouths to lay over each other; the sixteenths add up to 16.

    On its way from one viseme to the next the mouth takes the drawn shape that lies between them: two mouths laid
    over each other would show four lips. Emotions of one viseme are alike enough to be laid over each other.
    """
    name = _between(_spoken(mouth.viseme_a, mouth), _spoken(mouth.viseme_b, mouth), mouth.mix)
    shares = {emotion: weight * 16 for emotion, weight in emotions.items()}
    whole = {emotion: int(share) for emotion, share in shares.items()}
    for emotion in sorted(shares, key=lambda e: whole[e] - shares[e])[: 16 - sum(whole.values())]:
        whole[emotion] += 1
    return tuple((name, emotion, share) for emotion, share in sorted(whole.items()) if share)


def _spoken(viseme: str, mouth: MouthState) -> str:
    return f"{viseme}-half" if viseme in HALF_OPEN and mouth.openness < 0.6 else viseme


def _between(a: str, b: str, mix: float) -> str:
    """The shape nearest to the point between two; closed ones are only taken where they are meant."""
    if a == b or mix <= 0.2:
        return a
    if mix >= 0.8:
        return b
    return _nearest(a, b, round(mix * 8))


@lru_cache(maxsize=4096)
def _nearest(a: str, b: str, eighths: int) -> str:
    share = eighths / 8
    one, other = (_numbers(name) for name in (a, b))
    wanted = [p + (q - p) * share for p, q in zip(one, other, strict=True)]
    open_names = [name for name in (*VISEMES, *(f"{viseme}-half" for viseme in HALF_OPEN)) if name not in CLOSED]
    return min({*open_names, a, b}, key=lambda name: (math.dist(_numbers(name), wanted), name))


def _numbers(name: str) -> tuple[float, ...]:
    """A shape as a point: opening counts most, then width and rounding."""
    shape = shape_of(name)
    return 3.0 * shape.open, 1.6 * shape.width, 1.0 * shape.round, 0.3 * shape.teeth, 0.2 * shape.tongue


def quarter(value: float, steps: float = 4.0) -> float:
    """Rounded to 1/`steps`, so that what stands still to the eye stands still."""
    return float(np.floor(value * steps + 0.5) / steps)
