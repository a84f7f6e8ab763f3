"""Whole-signal work in the frequency domain: resampling, equalising, K-weighting.

An ad or a spoken line is short enough to be transformed at once, which makes filters
exact, free of phase shift and a few lines long.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

# Coefficients of ITU-R BS.1770-4, table 1 (shelf) and table 2 (high-pass), at 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
# Ten seconds: the slots of an ad come back by the hundred, whole ads seldom, at 12 MB each.
_KEPT_SIZE = 480_000


def fast_length(length: int) -> int:
    """The next length from `length` on that a Fourier transform handles quickly (2^a 3^b 5^c)."""
    best = 1 << max(length - 1, 1).bit_length()
    five = 1
    while five < best:
        three = five
        while three < best:
            quotient = -(-length // three)
            candidate = three * (1 << max(quotient - 1, 0).bit_length())
            best = min(best, candidate) if candidate >= length else best
            three *= 3
        five *= 5
    return best


def resample(samples: Samples, rate: int, new_rate: int) -> Samples:
    """Mono `samples` at another rate, band-limited; the length becomes ceil(n * new_rate / rate)."""
    if rate == new_rate or not samples.size:
        return samples
    common = gcd(rate, new_rate)
    step_in, step_out = rate // common, new_rate // common
    # Silence at the end keeps the circular transform from carrying the end into the beginning.
    blocks = fast_length(-(-(len(samples) + rate // 20) // step_in))
    spectrum = np.fft.rfft(samples, blocks * step_in)
    length_out = blocks * step_out
    made = np.fft.irfft(spectrum[: length_out // 2 + 1], length_out) * (step_out / step_in)
    wanted = -(-len(samples) * new_rate // rate)
    return np.asarray(made[:wanted])


def shape_and_weigh(
    samples: Samples, gain_at: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> tuple[Samples, Samples]:
    """Mono 48 kHz samples through a zero-phase equaliser, and the same K-weighted, for telling how loud they are.

    `gain_at` gives the linear gain for frequencies in Hz, always the same for the same function.
    """
    size = _whole_seconds(len(samples) + 24_000, 48_000)
    spectrum = np.fft.rfft(samples, size)
    spectrum *= _kept_gain(gain_at, size, 48_000).astype(samples.dtype, copy=False)
    shaped = np.fft.irfft(spectrum, size)[: len(samples)]
    spectrum *= _response(size).astype(spectrum.dtype, copy=False)
    return np.asarray(shaped), np.asarray(np.fft.irfft(spectrum, size)[: len(samples)])


def k_weighted(samples: Samples) -> Samples:
    """Mono 48 kHz samples through BS.1770's two filters; in 32 bits when they come so, for half the time."""
    size = _whole_seconds(len(samples) + 24_000, 48_000)
    spectrum = np.fft.rfft(samples, size)
    spectrum *= _response(size).astype(spectrum.dtype, copy=False)
    made = np.fft.irfft(spectrum, size)
    return np.asarray(made[: len(samples)])


def _whole_seconds(length: int, rate: int) -> int:
    """A quick length for a transform, one of few, so that what is worked out for it serves lines of like length."""
    return fast_length(-(-length // rate) * rate)


@lru_cache(maxsize=32)
def _kept_gain(
    gain_at: Callable[[NDArray[np.float64]], NDArray[np.float64]], size: int, rate: int
) -> NDArray[np.float32]:
    frequencies = np.asarray(np.fft.rfftfreq(size, 1.0 / rate), dtype=np.float64)
    return np.asarray(gain_at(frequencies), dtype=np.float32)


def _response(size: int) -> NDArray[np.complex128]:
    return _kept_response(size) if size <= _KEPT_SIZE else _k_response(size)


def _k_response(size: int) -> NDArray[np.complex128]:
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones_like(turn)
    for above, below in (_SHELF, _HIGH_PASS):
        response *= np.polyval(above[::-1], turn) / np.polyval(below[::-1], turn)
    return response


_kept_response = lru_cache(maxsize=24)(_k_response)
