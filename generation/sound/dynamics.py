"""Compressing a voice and holding a mix under its peak limit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.sound.spectrum import fast_length

Samples = NDArray[np.float64]

_HOP_SECONDS = 0.005


def compress(samples: Samples, rate: int, threshold_db: float, ratio: float) -> Samples:
    """Even out mono `samples`: above `threshold_db` (RMS) level rises only by 1/`ratio`.

    Attack 10 ms, release 120 ms, worked out on 5 ms steps and drawn smooth between them.
    """
    hop = max(int(rate * _HOP_SECONDS), 1)
    count = -(-len(samples) // hop)
    padded = np.pad(samples, (0, count * hop - len(samples)))
    level_db = 10.0 * np.log10(np.maximum((padded.reshape(count, hop) ** 2).mean(axis=1), 1e-12))
    wanted = np.minimum(0.0, (threshold_db - level_db) * (1.0 - 1.0 / ratio))
    smooth = _follow(wanted, _HOP_SECONDS / 0.010, _HOP_SECONDS / 0.120)
    centres = (np.arange(count) + 0.5) * hop
    gain_db = np.interp(np.arange(len(samples)), centres, smooth)
    return np.asarray(samples * 10.0 ** (gain_db / 20.0))


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

    Looks 4 ms ahead, falls and rises along a raised cosine, leaves quieter parts untouched.
    """
    peaks = oversampled_peaks(samples)
    if peaks.max(initial=0.0) <= ceiling:
        return samples
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    reach = max(int(rate * 0.004), 1)
    held = _running_minimum(needed, reach)
    window = np.hanning(2 * reach + 3)[1:-1]
    window /= window.sum()
    padded = np.pad(held, reach, mode="edge")
    gain = np.minimum(_convolve(padded, window), 1.0)
    return np.asarray(samples * gain[:, None])


def oversampled_peaks(samples: Samples) -> Samples:
    """Per sample, the largest magnitude over channels of the signal 4 times oversampled from there on."""
    count, channels = samples.shape
    size = fast_length(count + 4096)
    loudest = np.zeros(count)
    for channel in range(channels):
        spectrum = np.fft.rfft(samples[:, channel], size)
        fine = np.fft.irfft(spectrum, size * 4)[: count * 4] * 4.0
        loudest = np.maximum(loudest, np.abs(fine).reshape(count, 4).max(axis=1))
    return loudest


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


def _convolve(values: Samples, window: Samples) -> Samples:
    size = fast_length(len(values) + len(window))
    made = np.fft.irfft(np.fft.rfft(values, size) * np.fft.rfft(window, size), size)
    return np.asarray(made[len(window) - 1 : len(values)])
