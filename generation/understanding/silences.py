"""Where a file's sound pauses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generation.understanding.cuts import runs
from generation.understanding.normalising import SILENCE_RATE

_BLOCK = SILENCE_RATE // 50
_INAUDIBLE_DB = -60.0
_UNDER_SPEECH_DB = 30.0
_SHORTEST_BLOCKS = 10


@dataclass(frozen=True)
class SoundMap:
    """Whether anything can be heard, and pauses of 0.2 s or more as frame ranges at 30 fps."""

    is_audible: bool
    silences: tuple[tuple[int, int], ...] = ()


def map_silences(raw: Path) -> SoundMap:
    """Read 16 kHz mono s16le samples; a pause lies 30 dB under the loud moments, or under -50 dBFS."""
    samples = np.fromfile(raw, dtype="<i2") if raw.is_file() else np.zeros(0, dtype="<i2")
    blocks = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    if not len(blocks):
        return SoundMap(False)
    power = (blocks.astype(np.float32) ** 2).mean(axis=1) / 32768.0**2
    level = 10.0 * np.log10(np.maximum(power, 1e-12))
    if float(level.max()) < _INAUDIBLE_DB:
        return SoundMap(False)
    floor = max(float(np.percentile(level, 95)) - _UNDER_SPEECH_DB, -50.0)
    pauses = [run for run in runs(level < floor) if run.frames >= _SHORTEST_BLOCKS]
    return SoundMap(True, tuple((run.start * 30 // 50, run.end * 30 // 50) for run in pauses))
