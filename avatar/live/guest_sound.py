"""A guest's voice on the room's clock: steered to a steady buffer, matched to the host's level, kept below the top."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK
from avatar.live.guest_line import SampleRing

Floats = NDArray[np.float32]
MOST_STEERING = 0.005
"""A clock of a phone is off by a hundredth of that; more would be heard as a voice out of tune."""

LEAST_LEVEL = SAMPLE_RATE * 80 // 1000
MOST_LEVEL = SAMPLE_RATE * 200 // 1000
LEVEL_STEP = SAMPLE_RATE * 20 // 1000
"""80 ms are kept ahead: a tick takes 40, a packet brings 20. Each gap adds 20, up to 200, where a network stutters."""

OVERFULL = SAMPLE_RATE * 300 // 1000
EDGE = SAMPLE_RATE * 5 // 1000
AROUND = 3
"""Samples around a position that the interpolation looks at: one before, two after."""

WANTED_RMS = 32768 * 10 ** (-20 / 20)
"""-20 dB of full scale while speaking: how loud our hosts speak."""
SPEECH_RMS = 32768 * 10 ** (-45 / 20)
MOST_GAIN, LEAST_GAIN = 10 ** (12 / 20), 10 ** (-12 / 20)
GAIN_STEP = 10 ** (3 / 20 / 25)
"""3 dB a second: faster is heard as pumping."""

CEILING = 32768 * 10 ** (-1.5 / 20)
RELEASE = 10 ** (6 / 20 / 25)
ATTACK = 96


STIFFNESS = 0.06
"""A clock that is off by a third of a percent moves the level by a twentieth."""


class Steering:
    """How much faster or slower the buffer is read than it is written, from its level alone."""

    def __init__(self, wanted: int = LEAST_LEVEL) -> None:
        self.wanted = wanted
        self._mean: float | None = None

    def ratio(self, level: float) -> float:
        """Samples read for one that sounds, in 1 ± 0.005; `level` in samples, once a tick."""
        self._mean = level if self._mean is None else self._mean + 0.04 * (level - self._mean)
        return 1.0 + max(-MOST_STEERING, min(MOST_STEERING, STIFFNESS * (self._mean - self.wanted) / self.wanted))

    def begin(self) -> None:
        """The buffer was filled anew."""
        self._mean = None


class SteeredVoice:
    """1920 samples a tick out of a ring that somebody else's clock fills. Gaps are silence with soft edges."""

    def __init__(self, ring: SampleRing) -> None:
        self._ring = ring
        self.steering = Steering()
        self.gaps = 0
        self._kept: Floats = np.zeros(AROUND, np.float32)
        self._phase = 1.0
        self._is_filling = True

    def begin(self) -> None:
        """A guest comes: nothing of who spoke before is left."""
        self._ring.skip_to(0)
        self._refill()

    def next(self) -> Floats:
        """What sounds in the next tick, float32 in the range of int16."""
        if self._ring.level > OVERFULL:
            self._ring.skip_to(self.steering.wanted)
        if self._is_filling and self._ring.level < self.steering.wanted:
            return np.zeros(SAMPLES_A_TICK, np.float32)
        rises, self._is_filling = self._is_filling, False
        ratio = self.steering.ratio(self._ring.level)
        last = self._phase + ratio * (SAMPLES_A_TICK - 1)
        needed = int(last) + AROUND - len(self._kept)
        if self._ring.level < needed:
            return self._fall()
        piece = np.concatenate([self._kept, self._ring.read(needed).astype(np.float32)])
        sound = interpolated(piece, self._phase + ratio * np.arange(SAMPLES_A_TICK))
        following = last + ratio
        used = int(following) - 1
        self._kept, self._phase = piece[used:], following - used
        if rises:
            sound[:EDGE] *= np.linspace(0, 1, EDGE, dtype=np.float32)
        return sound

    def _fall(self) -> Floats:
        """The buffer ran dry: what is left, faded out; then it is filled again, a little higher than before."""
        left = np.concatenate([self._kept[1:], self._ring.read(SAMPLES_A_TICK).astype(np.float32)])[:SAMPLES_A_TICK]
        edge = min(EDGE, len(left))
        left[len(left) - edge :] *= np.linspace(1, 0, edge, dtype=np.float32)
        self.gaps += 1
        self.steering.wanted = min(MOST_LEVEL, self.steering.wanted + LEVEL_STEP)
        self._refill()
        return np.pad(left, (0, SAMPLES_A_TICK - len(left)))

    def _refill(self) -> None:
        self._kept, self._phase, self._is_filling = np.zeros(AROUND, np.float32), 1.0, True
        self.steering.begin()


def interpolated(samples: Floats, positions: NDArray[np.floating]) -> Floats:
    """`samples` at fractional `positions` (at least 1, at most len - 3), by Catmull and Rom's cubic."""
    whole = positions.astype(np.int64)
    part = (positions - whole).astype(np.float32)
    a, b, c, d = (samples[whole + offset] for offset in (-1, 0, 1, 2))
    curved: Floats = b + 0.5 * part * (c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a)))
    return curved


class Leveller:
    """Brings a voice to the host's loudness within ± 12 dB; noise between words moves nothing."""

    def __init__(self) -> None:
        self.gain = 1.0

    def apply(self, sound: Floats) -> Floats:
        """One tick of the voice."""
        before = self.gain
        level = math.sqrt(float(np.mean(np.square(sound)))) if len(sound) else 0.0
        if level > SPEECH_RMS:
            wanted = max(LEAST_GAIN, min(MOST_GAIN, WANTED_RMS / level))
            self.gain = max(before / GAIN_STEP, min(before * GAIN_STEP, wanted))
        return sound * np.linspace(before, self.gain, len(sound), dtype=np.float32)


class Limiter:
    """Keeps the sum of two voices below -1.5 dB of full scale: down at once, up again by 6 dB a second."""

    def __init__(self) -> None:
        self._gain = 1.0

    def apply(self, mixed: Floats) -> NDArray[np.int16]:
        """One tick as it goes on air."""
        peak = float(np.abs(mixed).max()) if len(mixed) else 0.0
        wanted = min(1.0, self._gain * RELEASE, CEILING / max(peak, 1.0))
        gains = np.full(len(mixed), wanted, np.float32)
        edge = min(ATTACK, len(mixed))
        gains[:edge] = np.linspace(self._gain, wanted, edge, dtype=np.float32)
        self._gain = wanted
        return np.clip(np.rint(mixed * gains), -CEILING, CEILING).astype(np.int16)
