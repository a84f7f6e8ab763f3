"""How far the music steps back while somebody speaks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

# The envelope is worked out on this grid and drawn smooth between its points.
GRID_RATE = 100
ATTACK_SECONDS, HOLD_SECONDS, RELEASE_SECONDS = 0.16, 0.12, 0.45
_SHORTEST_GAP_SECONDS = 0.5

Stretch = tuple[float, float]


def speech_stretches(samples: Samples, rate: int, at_seconds: float) -> list[Stretch]:
    """When `samples` (mono, placed at `at_seconds`) carry sound, in seconds; short gaps are bridged."""
    hop = rate // 50
    count = len(samples) // hop
    level = np.abs(samples[: count * hop]).reshape(count, hop).max(axis=1) if count else np.zeros(0)
    heard = np.flatnonzero(level > 0.01)
    stretches: list[Stretch] = []
    for index in heard:
        start, end = at_seconds + index / 50, at_seconds + (index + 1) / 50
        if stretches and start - stretches[-1][1] < _SHORTEST_GAP_SECONDS:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in order, those less than half a second apart as one: music that pumps up for
    the breath between two lines is worse than music that stays low."""
    made: list[Stretch] = []
    for start, end in sorted(stretches):
        if made and start - made[-1][1] < _SHORTEST_GAP_SECONDS:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def duck_gain(stretches: Sequence[Stretch], seconds: float, depth_db: float) -> Samples:
    """Linear gain on GRID_RATE points: 1.0 where nobody speaks, -`depth_db` where somebody does."""
    return np.asarray(10.0 ** (-depth_db * duck_amount(stretches, seconds) / 20.0))


def duck_amount(stretches: Sequence[Stretch], seconds: float) -> Samples:
    """How far the music steps back on GRID_RATE points, 0.0 to 1.0.

    Falls over ATTACK_SECONDS before a stretch begins, holds, rises over RELEASE_SECONDS.
    """
    times = np.arange(int(np.ceil(seconds * GRID_RATE)) + 1) / GRID_RATE
    amount = np.zeros_like(times)
    for start, end in merged(stretches):
        falling = (times - (start - ATTACK_SECONDS)) / ATTACK_SECONDS
        rising = (end + HOLD_SECONDS + RELEASE_SECONDS - times) / RELEASE_SECONDS
        amount = np.maximum(amount, np.clip(np.minimum(falling, rising), 0.0, 1.0))
    return np.asarray(amount * amount * (3.0 - 2.0 * amount))


def at_sample_rate(gain: Samples, length: int, rate: int) -> Samples:
    """A grid gain drawn out to `length` samples."""
    return np.interp(np.arange(length) / rate, np.arange(len(gain)) / GRID_RATE, gain)
