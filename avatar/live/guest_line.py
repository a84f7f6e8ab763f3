"""Memory that the engine and the co-stream process share: the guest's voice and picture in, the programme back out.

Samples are mono int16 at 48 kHz. Every ring has one writer and one reader; only counters are shared, and each has
one writer, so that nobody waits for anybody.
"""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatar.contracts import SAMPLE_RATE

Samples = NDArray[np.int16]
RING_SAMPLES = 2 * SAMPLE_RATE
COUNTERS = 64
PICTURES = 3
_VOICE, _BACK, _MONITOR, _PICTURE = 0, 8, 16, 24
"""Places of the counters, a cache line apart: two processes that count do not slow each other down."""


@dataclass(frozen=True)
class WindowSize:
    """The guest's window in pixels; both even."""

    width: int
    height: int

    @property
    def picture_bytes(self) -> int:
        return self.width * self.height * 3 // 2


def window_of(width: int, height: int) -> WindowSize:
    """The window in a frame of so many pixels, as `avatar.faces.guest_window` draws it."""
    from avatar.faces.guest_window import window_box
    from avatar.faces.layout import Layout

    box = window_box(Layout(width, height))
    return WindowSize(box.width, box.height)


class SampleRing:
    """A ring of samples. Who reads keeps its own place; a reader that was lapped goes on with what is new."""

    def __init__(self, samples: Samples, counter: NDArray[np.int64]) -> None:
        self._samples, self._counter = samples, counter
        self.place = int(counter[0])

    def write(self, samples: Samples) -> None:
        """Append at most a ring's length."""
        at = int(self._counter[0]) % len(self._samples)
        first = min(len(samples), len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: len(samples) - first] = samples[first:]
        self._counter[0] += len(samples)

    def reader(self) -> SampleRing:
        """The same ring for one reader more, who begins with what is written next."""
        return SampleRing(self._samples, self._counter)

    @property
    def level(self) -> int:
        """Samples that wait for the reader."""
        return int(self._counter[0]) - self.place

    def read(self, count: int) -> Samples:
        """The next samples, at most `count`."""
        if self.level > len(self._samples):
            self.skip_to(0)
        count = min(count, self.level)
        at = self.place % len(self._samples)
        taken = np.concatenate([self._samples[at : at + count], self._samples[: max(0, at + count - RING_SAMPLES)]])
        self.place += count
        return taken

    def skip_to(self, level: int) -> None:
        """Leave out all but the newest `level` samples."""
        self.place = max(self.place, int(self._counter[0]) - level)


class PictureSlot:
    """The newest picture as I420 in one of three places: the one being read is not the one being written."""

    def __init__(self, places: NDArray[np.uint8], counter: NDArray[np.int64], size: WindowSize) -> None:
        self._places, self._counter, self.size = places, counter, size
        self._seen = int(counter[0])

    def put(self, yuv: NDArray[np.uint8]) -> None:
        """`yuv` is uint8[height * 3 / 2, width]."""
        following = int(self._counter[0]) + 1
        self._places[following % PICTURES] = yuv.reshape(-1)
        self._counter[0] = following

    def take(self) -> NDArray[np.uint8] | None:
        """A copy of the newest picture; None when there is none since the last call."""
        newest = int(self._counter[0])
        if newest == self._seen:
            return None
        self._seen = newest
        return self._places[newest % PICTURES].reshape(self.size.height * 3 // 2, self.size.width).copy()


class GuestLine:
    """Both ends of the memory behind the file descriptor `memory`; `voice` and `picture` come from the guest,
    `back` is the programme without the guest's voice, `monitor` the programme as it goes into the delay."""

    def __init__(self, memory: int, size: WindowSize) -> None:
        self._map = mmap.mmap(memory, line_bytes(size))
        whole: Any = np.frombuffer(self._map, np.uint8)
        counters = whole[: COUNTERS * 8].view(np.int64)
        rings = whole[COUNTERS * 8 : COUNTERS * 8 + 3 * 2 * RING_SAMPLES].view(np.int16).reshape(3, RING_SAMPLES)
        places = whole[COUNTERS * 8 + 3 * 2 * RING_SAMPLES :].reshape(PICTURES, size.picture_bytes)
        self.voice = SampleRing(rings[0], counters[_VOICE:])
        self.back = SampleRing(rings[1], counters[_BACK:])
        self.monitor = SampleRing(rings[2], counters[_MONITOR:])
        self.picture = PictureSlot(places, counters[_PICTURE:], size)
        self.size = size


def line_bytes(size: WindowSize) -> int:
    return COUNTERS * 8 + 3 * 2 * RING_SAMPLES + PICTURES * size.picture_bytes


def make_line_memory(size: WindowSize) -> int:
    """A file descriptor of memory without a name, for both processes; the caller closes it."""
    memory = os.memfd_create("guest-line")
    os.ftruncate(memory, line_bytes(size))
    return memory
