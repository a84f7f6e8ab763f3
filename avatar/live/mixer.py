"""The 1920 samples of a tick from what the schedule says sounds in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLES_A_TICK, Utterance
from avatar.live.schedule import FADE, Airing

Samples = NDArray[np.int16]
RISE = 96
"""A turn that begins inside its utterance rises over 2 ms: a clause cut out of running speech may begin loud."""


def _ramp(length: int) -> NDArray[np.float32]:
    """Raised cosine from 1 down to 0."""
    return (0.5 + 0.5 * np.cos(np.pi * (np.arange(length, dtype=np.float32) + 0.5) / length)).astype(np.float32)


_FALLING = _ramp(FADE)
_RISING = _ramp(RISE)[::-1]


def mix(airings: Sequence[Airing], tick: int, samples_of: Callable[[Utterance], Samples]) -> Samples:
    """Mono int16, exactly 1920 of them. What an airing's `stop` cut off is not in it."""
    begin = tick * SAMPLES_A_TICK
    mixed = np.zeros(SAMPLES_A_TICK, np.float32)
    for airing in airings:
        first, last = max(begin, airing.start), min(begin + SAMPLES_A_TICK, airing.end)
        if first < last:
            mixed[first - begin : last - begin] += _stretch(airing, first, last, samples_of)
    return np.clip(np.rint(mixed), -32768, 32767).astype(np.int16)


def _stretch(airing: Airing, first: int, last: int, samples_of: Callable[[Utterance], Samples]) -> NDArray[np.float32]:
    at = airing.position(first)
    piece = samples_of(airing.turn.utterance)[at : at + last - first].astype(np.float32)
    if airing.turn.entry and first < airing.start + RISE:
        offset = first - airing.start
        length = min(RISE - offset, len(piece))
        piece[:length] *= _RISING[offset : offset + length]
    if airing.stop is not None and last > airing.stop - FADE:
        skipped = max(0, airing.stop - FADE - first)
        offset = first + skipped - (airing.stop - FADE)
        piece[skipped:] *= _FALLING[offset : offset + len(piece) - skipped]
    return piece
