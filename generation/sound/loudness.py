"""Integrated loudness after ITU-R BS.1770-4, for setting gains.

Verdicts on finished files come from ffmpeg's ebur128; this one decides the gain before
there is a file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.sound.spectrum import k_weighted

Samples = NDArray[np.float64]

RATE = 48_000
SILENT_LUFS = -120.0
_BLOCK, _STEP = RATE * 4 // 10, RATE // 10
_ABSOLUTE_GATE, _RELATIVE_GATE = -70.0, -10.0


def integrated_lufs(samples: NDArray[Any]) -> float:
    """Loudness of (n,) or (n, channels) 48 kHz samples; SILENT_LUFS when all is below the gate.

    A mono take counts once, as it does for a meter fed with one channel.
    """
    table = samples.reshape(len(samples), -1)
    if len(table) < _BLOCK:
        table = np.pad(table, ((0, _BLOCK - len(table)), (0, 0)))
    return lufs_of_power(np.sum([k_weighted(table[:, channel]) ** 2 for channel in range(table.shape[1])], axis=0))


def lufs_of_power(power: Samples) -> float:
    """Loudness of K-weighted samples squared; SILENT_LUFS when all is below the gate."""
    if len(power) < _BLOCK:
        power = np.pad(power, (0, _BLOCK - len(power)))
    return gated_lufs(_block_means(power))


def gated_lufs(blocks: Samples) -> float:
    """Loudness of the mean powers of 400 ms blocks; SILENT_LUFS when all lie below the gate."""
    loud = blocks[as_lufs(blocks) > _ABSOLUTE_GATE]
    if not loud.size:
        return SILENT_LUFS
    gated = loud[as_lufs(loud) > float(as_lufs(loud.mean())) + _RELATIVE_GATE]
    return float(as_lufs(gated.mean()))


def _block_means(power: Samples) -> Samples:
    total = np.concatenate([[0.0], np.cumsum(power, dtype=np.float64)])
    starts = np.arange(0, len(power) - _BLOCK + 1, _STEP)
    return np.asarray((total[starts + _BLOCK] - total[starts]) / _BLOCK)


def as_lufs(power: NDArray[np.float64] | np.floating) -> NDArray[np.float64]:
    """BS.1770's loudness of K-weighted power."""
    return np.asarray(-0.691 + 10.0 * np.log10(np.maximum(power, 1e-12)))


def decibels(gain_db: float) -> float:
    """A gain in dB as a factor."""
    return float(10.0 ** (gain_db / 20.0))
