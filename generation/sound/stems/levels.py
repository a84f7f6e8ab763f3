"""Loudness of spliced ads, from the power each stem notes per video frame.

BS.1770 measures blocks of 400 ms every 100 ms; at 30 fps that is 12 frames every 3. A
stem notes one power a frame, so an ad's blocks are sums of its stems' frames, whatever
slots they reach across.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLES_PER_FRAME
from generation.sound.loudness import gated_lufs
from generation.sound.spectrum import k_weighted

Samples = NDArray[np.float64]

_BLOCK_FRAMES, _STEP_FRAMES = 12, 3


@dataclass(frozen=True)
class Levels:
    """What a stem measures decoded: K-weighted power per video frame in dB, and its true peak in dBTP."""

    power_db: tuple[float, ...]
    true_peak: float

    @property
    def power(self) -> Samples:
        """(frames,) summed over channels, 1.0 being a full-scale square wave in one."""
        return np.asarray(10.0 ** (np.asarray(self.power_db) / 10.0))

    def to_json(self) -> dict[str, Any]:
        return {"power_db": list(self.power_db), "true_peak": self.true_peak}

    @staticmethod
    def from_json(payload: Mapping[str, Any]) -> Levels:
        """Back from `to_json`; KeyError or TypeError for anything else."""
        return Levels(tuple(float(value) for value in payload["power_db"]), float(payload["true_peak"]))


def frame_power(samples: NDArray[Any]) -> Samples:
    """(frames,) K-weighted power of (frames * 1600, channels) samples, summed over channels."""
    weighted = [k_weighted(samples[:, channel]) for channel in range(samples.shape[1])]
    return frame_squares(np.asarray(weighted).T) / SAMPLES_PER_FRAME


def frame_squares(samples: NDArray[Any]) -> Samples:
    """(frames,) sums of squares of (frames * 1600, channels) samples."""
    made = np.zeros(len(samples) // SAMPLES_PER_FRAME)
    for channel in range(samples.shape[1]):
        by_frame = samples[:, channel].reshape(-1, SAMPLES_PER_FRAME)
        made += np.einsum("fs,fs->f", by_frame, by_frame)
    return made


def as_decibels(power: Samples) -> tuple[float, ...]:
    """Powers as a sidecar keeps them: dB to two places, silence as -120."""
    return tuple(np.round(10.0 * np.log10(np.maximum(power, 1e-12)), 2).tolist())


def loudness_of(stems: Sequence[Levels]) -> tuple[float, float]:
    """(integrated LUFS, true peak in dBTP) of the ad spliced of `stems`, in order."""
    power = np.concatenate([stem.power for stem in stems])
    return gated_lufs(_block_means(power)[::_STEP_FRAMES]), max(stem.true_peak for stem in stems)


def _block_means(power: Samples) -> Samples:
    if len(power) < _BLOCK_FRAMES:
        power = np.pad(power, (0, _BLOCK_FRAMES - len(power)))
    total = np.concatenate([[0.0], np.cumsum(power)])
    return np.asarray((total[_BLOCK_FRAMES:] - total[:-_BLOCK_FRAMES]) / _BLOCK_FRAMES)


def lufs_among_its_like(power: Samples) -> float:
    """How loud an ad of stems of this `power` per frame is.

    Blocks run on from its end into its beginning, as into a neighbour.
    """
    blocks = _block_means(np.concatenate([power, power[: _BLOCK_FRAMES - 1]]))
    return gated_lufs(blocks)
