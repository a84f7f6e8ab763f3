"""The outline of a sound for pages to draw."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np

from generation.sound.program import decode_sound

_RATE = 8_000


def waveform(path: Path, buckets: int) -> list[float]:
    """`buckets` peaks in 0..1, the loudest being 1.0 (all 0.0 for silence), evenly over the file."""
    if buckets < 1:
        raise ValueError("a waveform has at least one bucket")
    samples = np.abs(decode_sound(path, channels=1, rate=_RATE)[:, 0])
    edges = np.linspace(0, len(samples), buckets + 1).astype(int)
    peaks = [float(samples[a:b].max(initial=0.0)) for a, b in itertools.pairwise(edges)]
    loudest = max(peaks)
    return [round(peak / loudest, 4) if loudest > 1e-4 else 0.0 for peak in peaks]
