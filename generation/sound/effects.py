"""Two small sounds of our own: a soft whoosh towards a cut, a pop when the price appears."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLE_RATE

Samples = NDArray[np.float64]


def whoosh(seed: int = 7, seconds: float = 0.42) -> Samples:
    """(n, 2) noise whose band climbs from 400 Hz to 3 kHz and passes from left to right; peak 1.0.

    Its loudest moment lies at two thirds, which is what should meet the cut.
    """
    size = int(seconds * SAMPLE_RATE)
    time = np.arange(size) / size
    noise = np.random.default_rng(seed).standard_normal(size)
    low, high = (_band(noise, centre) for centre in (550.0, 2200.0))
    moving = low * (1.0 - time) + high * time
    swell = np.sin(np.pi * time**1.7) ** 2
    mono = moving * swell
    pan = time * np.pi / 2
    stereo = np.stack([mono * np.cos(pan * 0.6 + 0.3), mono * np.sin(pan * 0.6 + 0.3)], axis=1)
    return np.asarray(stereo / np.abs(stereo).max())


def pop(seconds: float = 0.16) -> Samples:
    """(n, 2) a rounded knock whose pitch falls from 620 to 180 Hz; peak 1.0."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = 180.0 + 440.0 * np.exp(-time / 0.022)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE)
    mono = tone * np.exp(-time / 0.035) * np.minimum(1.0, time / 0.002)
    return np.repeat((mono / np.abs(mono).max())[:, None], 2, axis=1)


def _band(noise: Samples, centre: float) -> Samples:
    frequencies = np.maximum(np.fft.rfftfreq(len(noise), 1.0 / SAMPLE_RATE), 1.0)
    shape = np.exp(-((np.log2(frequencies / centre) / 0.8) ** 2))
    return np.asarray(np.fft.irfft(np.fft.rfft(noise) * shape, len(noise)))
