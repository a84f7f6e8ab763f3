"""How far the mouth moves from the sound: openness against loudness, by cross-correlation. Pure.

The mouth opens for vowels and vowels are loud, so that both curves rise and fall together. Measured
on espeak-ng: the true lag plus a bias of some +12 ms (English) and -4 ms (Mandarin).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE, VisemeKey
from avatar.speech.visemes import openness_at

HOP = SAMPLE_RATE // 100
_SMOOTHING = 6
"""60 ms, about how a drawn mouth glides from shape to shape."""
_REACH = 30
_FLOOR = 3.0
"""Loudness counts from three decades under full scale on: what is quieter is silence."""


@dataclass(frozen=True)
class LipLag:
    """`seconds` by which the mouth comes after the sound (negative: before it), and how well the curves agree."""

    seconds: float
    agreement: float


def lip_lag(samples: NDArray[np.int16], keys: Sequence[VisemeKey], shift: int = 0) -> LipLag:
    """The lag of `keys` behind mono 48 kHz `samples`; `shift` moves the keys later, in samples, to plant an error.

    Sentences of less than two seconds say little: lay several in a row.
    """

    def openness(places: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.asarray(openness_at(keys, (int(place) - shift for place in places)))
        window = np.hanning(_SMOOTHING + 3)[1:-1]
        return np.convolve(found, window / window.sum(), mode="same")

    return lag_of(openness, samples)


def lag_of(openness: Callable[[NDArray[np.float64]], NDArray[np.float64]], samples: NDArray[np.int16]) -> LipLag:
    """The lag of a mouth whose `openness` at given samples is known, every 10 ms asked at once."""
    count = len(samples) // HOP
    places = np.asarray((np.arange(count) + 0.5) * HOP, dtype=np.float64)
    return _best_lag(np.asarray(openness(places)), _loudness(samples, count))


def _loudness(samples: NDArray[np.int16], count: int) -> NDArray[np.float64]:
    table = samples[: count * HOP].astype(np.float64).reshape(count, HOP) / 32768.0
    rms = np.sqrt((table**2).mean(axis=1))
    return np.asarray(np.maximum(np.log10(np.maximum(rms, 1e-9)) + _FLOOR, 0.0))


def _best_lag(openness: NDArray[np.float64], loudness: NDArray[np.float64]) -> LipLag:
    scores = [_agreement(openness, loudness, lag) for lag in range(-_REACH, _REACH + 1)]
    top = int(np.argmax(scores))
    offset = 0.0
    if 0 < top < len(scores) - 1:
        before, at, after = scores[top - 1 : top + 2]
        bend = before - 2 * at + after
        offset = 0.5 * (before - after) / bend if bend else 0.0
    return LipLag(round((top - _REACH + offset) * HOP / SAMPLE_RATE, 4), round(float(scores[top]), 3))


def _agreement(openness: NDArray[np.float64], loudness: NDArray[np.float64], lag: int) -> float:
    """Correlation of the mouth `lag` hops later with the sound."""
    if lag >= 0:
        mouth, sound = openness[lag:], loudness[: len(loudness) - lag]
    else:
        mouth, sound = openness[:lag], loudness[-lag:]
    if mouth.std() == 0.0 or sound.std() == 0.0:
        return 0.0
    return float(np.corrcoef(mouth, sound)[0, 1])
