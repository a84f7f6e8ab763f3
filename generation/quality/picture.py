"""Watches the small luma frames of an ad: black, still pictures, flashes, bars.

Frames arrive in order, 8-bit luma as decoded (16..235), shorter side `SHORT_SIDE`
pixels. Everything is kept as numbers per frame, so length costs no memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from generation.contracts import Canvas, TextBox
from generation.quality.bars import Bars, find_bars
from generation.quality.flashes import FlashCounter

SHORT_SIDE = 144
CELL = 4
BLACK_LUMA = 20
BLACK_SHARE = 0.98
BLACK_SHARE_UNDER_UNKNOWN_TEXT = 0.95
MOVED_LEVELS = 2.5
MOVED_SHARE = 0.003
BARS_WINDOW = 15

Luma = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Stretch:
    """Frames from `start` to `end` (exclusive)."""

    start: int
    end: int

    @property
    def frames(self) -> int:
        return self.end - self.start


def small_size(width: int, height: int) -> tuple[int, int]:
    """Size of the small frames: multiples of the cell, shorter side about `SHORT_SIDE`."""
    scale = SHORT_SIDE / min(width, height) / CELL
    return max(1, round(width * scale)) * CELL, max(1, round(height * scale)) * CELL


@dataclass
class PictureWatch:
    """Takes frames one by one with `see`; read the findings after the last.

    `texts` are the overlays drawn over the picture: what lies under them is not looked
    at, so that a running caption neither hides a frozen picture nor brightens a black one.
    With a `step` (a divisor of BARS_WINDOW) it is given only every so many-th frame, which
    stands for those up to the next.
    """

    width: int
    height: int
    canvas: Canvas
    texts: Sequence[TextBox] = ()
    step: int = 1
    frames: int = 0
    still: list[Stretch] = field(default_factory=list)
    bars: list[tuple[int, Bars]] = field(default_factory=list)
    flashes: FlashCounter = field(default_factory=FlashCounter)
    _dark: list[bool] = field(default_factory=list)
    _anchor: npt.NDArray[np.float32] | None = None
    _anchor_free: Mask | None = None
    _anchor_frame: int = 0
    _brightest: Luma | None = None
    _covers: dict[tuple[int, ...], tuple[Mask, Mask]] = field(default_factory=dict)

    def see(self, chunk: bytes) -> None:
        """One more frame; a partial one (the decoder died) is left out."""
        if len(chunk) < self.width * self.height:
            return
        luma: Luma = np.frombuffer(chunk, np.uint8).reshape(self.height, self.width)
        free, free_cells = self._cover(self.frames)
        self._dark += [self._is_black(luma, free)] * self.step
        cells = _cells(luma)
        self._watch_motion(cells, free_cells)
        self.flashes.see(cells, self.step)
        self._watch_bars(luma)
        self.frames += self.step

    def finish(self, frames: int | None = None) -> None:
        """Close the stretches that reach the end, which is at `frames` where not every frame was seen."""
        if frames is not None:
            self.frames, self._dark = frames, self._dark[:frames]
        if self.frames > self._anchor_frame:
            self.still.append(Stretch(self._anchor_frame, self.frames))

    def black(self) -> list[Stretch]:
        """Stretches of black, in order."""
        return runs(self._dark)

    def _is_black(self, luma: Luma, free: Mask) -> bool:
        share = float((luma[free] <= BLACK_LUMA).mean()) if free.any() else 0.0
        return share >= (BLACK_SHARE if self.texts else BLACK_SHARE_UNDER_UNKNOWN_TEXT)

    def _watch_motion(self, cells: npt.NDArray[np.float32], free: Mask) -> None:
        if self._anchor is None or self._anchor_free is None:
            self._anchor, self._anchor_free = cells, free
            return
        moved = np.count_nonzero((np.abs(cells - self._anchor) > MOVED_LEVELS) & free & self._anchor_free)
        if moved > max(4, MOVED_SHARE * cells.size):
            self.still.append(Stretch(self._anchor_frame, self.frames))
            self._anchor, self._anchor_free, self._anchor_frame = cells, free, self.frames

    def _watch_bars(self, luma: Luma) -> None:
        if self._brightest is None:
            self._brightest = luma.copy()
        else:
            np.maximum(self._brightest, luma, out=self._brightest)
        end = self.frames + self.step
        if end % BARS_WINDOW == 0:
            found = find_bars(self._brightest)
            if found is not None:
                self.bars.append((end - BARS_WINDOW, found))
            self._brightest = None

    def _cover(self, frame: int) -> tuple[Mask, Mask]:
        """Pixels and cells no overlay lies on at a frame."""
        shown = tuple(
            index
            for index, box in enumerate(self.texts)
            if box.kind != "card" and box.start_frame <= frame < box.end_frame
        )
        if shown not in self._covers:
            self._covers[shown] = self._draw_cover([self.texts[index] for index in shown])
        return self._covers[shown]

    def _draw_cover(self, boxes: Sequence[TextBox]) -> tuple[Mask, Mask]:
        free: Mask = np.ones((self.height, self.width), np.bool_)
        across, down = self.width / self.canvas.width, self.height / self.canvas.height
        for box in boxes:
            left, top = int(box.left * across) - 2, int(box.top * down) - 2
            right, bottom = int(box.right * across) + 3, int(box.bottom * down) + 3
            free[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = False
        cells: Mask = np.asarray(free.reshape(self.height // CELL, CELL, self.width // CELL, CELL).all(axis=(1, 3)))
        return free, cells


def _cells(luma: Luma) -> npt.NDArray[np.float32]:
    height, width = luma.shape
    blocks = luma.reshape(height // CELL, CELL, width // CELL, CELL)
    sums = blocks.sum(axis=(1, 3), dtype=np.uint32)
    return (sums / np.float32(CELL * CELL)).astype(np.float32)


def runs(flags: Sequence[bool]) -> list[Stretch]:
    """Stretches of True, in order."""
    found: list[Stretch] = []
    start: int | None = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            found.append(Stretch(start, index))
            start = None
    return found
