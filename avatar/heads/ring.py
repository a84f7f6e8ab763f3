"""Drawn mouths in memory that the worker and one room share: written by one, read by the other, never waited for.

A slot belongs to a tick and an epoch. What a cut made void stays where it is: nobody asks for its epoch again.
"""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SLOTS = 32
"""1.28 s: the second that is drawn ahead, and what may lie between writing and reading."""

AHEAD_TICKS = 25
MOUTH = (128, 256, 3)
"""The lower half of a face of 256 × 256, RGB."""

_HEAD_BYTES = 64
_EPOCH, _POSITION = 0, 1
_WRITES, _OF_EPOCH, _OF_TICK, _KIND = 0, 1, 2, 3
_DRAWN, _CLOSED = 1, 2
_MOUTH_BYTES = int(np.prod(MOUTH))
_BYTES = _HEAD_BYTES + SLOTS * 4 * 8 + SLOTS * _MOUTH_BYTES

Mouth = NDArray[np.uint8]


@dataclass(frozen=True)
class Taken:
    """What is there for a tick: `is_there` at all, and a mouth, None where it is closed."""

    is_there: bool
    mouth: Mouth | None = None


class Ring:
    """One room's slots. `make` in the room, `open` in the worker with the descriptor that was handed over."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._memory = mmap.mmap(fd, _BYTES)
        self._head = np.frombuffer(self._memory, np.int64, _HEAD_BYTES // 8)
        self._slots = np.frombuffer(self._memory, np.int64, SLOTS * 4, _HEAD_BYTES).reshape(SLOTS, 4)
        at = _HEAD_BYTES + SLOTS * 4 * 8
        self._mouths = np.frombuffer(self._memory, np.uint8, SLOTS * _MOUTH_BYTES, at).reshape(SLOTS, *MOUTH)

    @classmethod
    def make(cls) -> Ring:
        """Memory without a name: it is gone with the last process that holds it."""
        fd = os.memfd_create("head-ring")
        os.ftruncate(fd, _BYTES)
        ring = cls(fd)
        ring._slots[:, _OF_TICK] = -1
        return ring

    @classmethod
    def open(cls, fd: int) -> Ring:
        """The ring behind a descriptor; ValueError when it is no ring."""
        if os.fstat(fd).st_size != _BYTES:
            raise ValueError("this memory is no ring of mouths")
        return cls(fd)

    @property
    def epoch(self) -> int:
        """What the room's epoch is: older work is void."""
        return int(self._head[_EPOCH])

    @property
    def position(self) -> int:
        """The tick that the room is at."""
        return int(self._head[_POSITION])

    def tell(self, epoch: int, position: int) -> None:
        """The room's word on where it is."""
        self._head[_POSITION] = position
        self._head[_EPOCH] = epoch

    def offer(self, epoch: int, tick: int, mouth: Mouth | None) -> bool:
        """Put in what `tick` shows, None for a closed mouth; False when the room's epoch has gone on."""
        if epoch < self.epoch:
            return False
        slot = tick % SLOTS
        mark = self._slots[slot]
        mark[_WRITES] += 1
        mark[_OF_EPOCH], mark[_OF_TICK] = epoch, tick
        mark[_KIND] = _CLOSED if mouth is None else _DRAWN
        if mouth is not None:
            self._mouths[slot] = mouth
        mark[_WRITES] += 1
        return True

    def take(self, epoch: int, tick: int) -> Taken:
        """What is there for `tick` in this epoch; a slot that is being written is not there yet."""
        slot = tick % SLOTS
        writes, of_epoch, of_tick, kind = (int(each) for each in self._slots[slot])
        if writes % 2 or of_epoch != epoch or of_tick != tick:
            return Taken(False)
        mouth = self._mouths[slot].copy() if kind == _DRAWN else None
        return Taken(True, mouth) if int(self._slots[slot][_WRITES]) == writes else Taken(False)

    def close(self) -> None:
        """Let go of the memory and its descriptor."""
        del self._head, self._slots, self._mouths
        self._memory.close()
        os.close(self.fd)
