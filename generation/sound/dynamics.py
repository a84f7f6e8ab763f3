"""Compressing a voice and holding a mix under its peak limit."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

_HOP_SECONDS = 0.005
# Samples on each side that tell what lies between two of them.
_HALF = 12
# Bounds the memory of working out peaks to a few megabytes.
_AT_ONCE = 1 << 14
# A peak between samples seldom stands more than 3 dB above both of them.
_FAR_BELOW = 0.7


def compressing_gain(samples: Samples, rate: int, threshold_db: float, ratio: float) -> Samples:
    """Gain a sample (linear) that evens out mono `samples`: above `threshold_db` (RMS) level rises only by 1/`ratio`.

    Attack 10 ms, release 120 ms, worked out on 5 ms steps and drawn smooth between them.
    """
    hop = max(int(rate * _HOP_SECONDS), 1)
    count = -(-len(samples) // hop)
    padded = np.pad(samples, (0, count * hop - len(samples)))
    level_db = 10.0 * np.log10(np.maximum((padded.reshape(count, hop) ** 2).mean(axis=1), 1e-12))
    wanted = np.minimum(0.0, (threshold_db - level_db) * (1.0 - 1.0 / ratio))
    smooth = _follow(wanted, _HOP_SECONDS / 0.010, _HOP_SECONDS / 0.120)
    centres = (np.arange(count) + 0.5) * hop
    gain_db = np.interp(np.arange(len(samples)), centres, smooth).astype(samples.dtype, copy=False)
    return np.asarray(np.exp(gain_db * np.asarray(np.log(10.0) / 20.0, dtype=samples.dtype)))


def _follow(wanted: Samples, attack: float, release: float) -> Samples:
    """First-order follower: falls by `attack` of the way each step, rises by `release`."""
    made = np.empty_like(wanted)
    now = 0.0
    for index, goal in enumerate(wanted):
        now += (goal - now) * min(attack if goal < now else release, 1.0)
        made[index] = now
    return made


def limit_peaks(samples: Samples, ceiling: float, rate: int) -> Samples:
    """(n, channels) samples whose true peak (4 times oversampled) stays under `ceiling` (linear).

    Looks 4 ms ahead, falls and rises along a raised cosine, leaves quieter parts untouched:
    nothing changes farther than 8 ms from a peak.
    """
    peaks = oversampled_peaks(samples, heard_from=ceiling * _FAR_BELOW)
    over = np.flatnonzero(peaks > ceiling)
    if not over.size:
        return samples
    reach = max(int(rate * 0.004), 1)
    window = np.hanning(2 * reach + 3)[1:-1]
    window /= window.sum()
    made = samples.copy(order="K")
    for first, last in _clusters(over, 4 * reach):
        start, end = max(first - 2 * reach, 0), min(last + 2 * reach + 1, len(samples))
        needed = np.minimum(1.0, ceiling / np.maximum(peaks[start:end], 1e-9))
        held = np.pad(_running_minimum(needed, reach), reach, mode="edge")
        made[start:end] *= np.minimum(np.convolve(held, window, mode="valid"), 1.0)[:, None]
    return made


def _clusters(indices: NDArray[np.int64], gap: int) -> list[tuple[int, int]]:
    """(first, last) of runs of `indices` that lie less than `gap` apart."""
    breaks = np.flatnonzero(np.diff(indices) > gap)
    firsts = indices[np.concatenate([[0], breaks + 1])]
    lasts = indices[np.concatenate([breaks, [len(indices) - 1]])]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def true_peak_db(samples: Samples) -> float:
    """The true peak of (n, channels) samples in dBTP; -120 for silence."""
    loudest = float(np.abs(samples).max(initial=0.0))
    if loudest < 1e-6:
        return -120.0
    return float(20.0 * np.log10(oversampled_peaks(samples, heard_from=loudest * _FAR_BELOW).max()))


def oversampled_peaks(samples: Samples, heard_from: float = 0.0) -> Samples:
    """Per sample, the largest magnitude over channels of the signal 4 times oversampled from there on.

    Between samples that stay under `heard_from` nothing is worked out.
    """
    loudest = np.abs(samples[:, 0])
    for channel in range(1, samples.shape[1]):
        loudest = np.maximum(loudest, np.abs(samples[:, channel]))
    heard = np.flatnonzero((loudest > heard_from) | (np.append(loudest[1:], 0.0) > heard_from))
    padded = np.pad(samples, ((_HALF - 1, _HALF), (0, 0)))
    for at in range(0, len(heard), _AT_ONCE):
        near = heard[at : at + _AT_ONCE]
        places = near[:, None] + np.arange(2 * _HALF)
        for channel in range(samples.shape[1]):
            between = np.abs(padded[places, channel] @ _between_taps()).max(axis=1)
            loudest[near] = np.maximum(loudest[near], between)
    return loudest


@lru_cache(maxsize=1)
def _between_taps() -> Samples:
    """(2 * _HALF, 3): what a signal is a quarter, a half and three quarters of a sample on."""
    offsets = np.arange(-_HALF + 1, _HALF + 1)[:, None] - np.asarray([0.25, 0.5, 0.75])
    taps = np.sinc(offsets) * np.i0(6.0 * np.sqrt(np.maximum(1.0 - (offsets / _HALF) ** 2, 0.0))) / np.i0(6.0)
    return np.asarray(taps / taps.sum(axis=0))


def _running_minimum(values: Samples, reach: int) -> Samples:
    """Minimum over [i - reach, i + reach], by doubling windows."""
    padded = np.pad(values, reach, mode="edge")
    width = 2 * reach + 1
    made, span = padded, 1
    while span * 2 <= width:
        made = np.minimum(made[: len(made) - span], made[span:])
        span *= 2
    rest = width - span
    return np.minimum(made[: len(values)], made[rest : rest + len(values)])
