"""The samples of utterances: read from their files, the last few kept, silence at both ends measured."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE, Utterance
from core.errors import InputError

KEPT = 8
MOST_BOUNDS = 4000
QUIET = 160
"""Samples below this (-46 dB of full scale) count as silence."""

LEAD = SAMPLE_RATE // 200
TAIL = SAMPLE_RATE * 30 // 1000

Samples = NDArray[np.int16]


class Takes:
    """Samples by utterance. `admit` may run in another thread than `samples` and `bounds`."""

    def __init__(self) -> None:
        self.lost: set[str] = set()
        self._bounds: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._kept: OrderedDict[str, Samples] = OrderedDict()

    def admit(self, utterance: Utterance) -> None:
        """Measure a new utterance. InputError when its file is missing or is not what it says."""
        if utterance.id not in self._bounds:
            self._bounds[utterance.id] = audible(self._read(utterance))
        if len(self._bounds) > MOST_BOUNDS:
            self._bounds.popitem(last=False)

    def bounds(self, utterance: Utterance) -> tuple[int, int]:
        """First and last sample (end exclusive) with sound, a breath left at both ends."""
        self.admit(utterance)
        return self._bounds[utterance.id]

    def samples(self, utterance: Utterance) -> Samples:
        """All of them; the last few utterances stay in memory. Those whose file is gone are silent, and `lost`."""
        found = self._kept.get(utterance.id)
        if found is None:
            found = self._kept[utterance.id] = self._read_or_hush(utterance)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(utterance.id)
        return found

    def take_lost(self) -> set[str]:
        """Ids of utterances whose samples are gone; each is told once."""
        lost, self.lost = self.lost, set()
        return lost

    def _read_or_hush(self, utterance: Utterance) -> Samples:
        try:
            return self._read(utterance)
        except InputError:
            self.lost.add(utterance.id)
            return np.zeros(utterance.samples, np.int16)

    def _read(self, utterance: Utterance) -> Samples:
        path = utterance.path or Path()
        try:
            samples: Samples = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise InputError(utterance.id, f"its samples cannot be read: {error}") from error
        if samples.ndim != 1 or samples.dtype != np.int16 or len(samples) != utterance.samples:
            raise InputError(utterance.id, "its file does not hold the samples it promises")
        return samples


def audible(samples: Samples) -> tuple[int, int]:
    """Where sound begins and ends in mono int16 `samples`; the whole where there is none."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return 0, len(samples)
    return max(0, int(loud[0]) - LEAD), min(len(samples), int(loud[-1]) + 1 + TAIL)
