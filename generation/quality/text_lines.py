"""Lines of bright type in a picture: found by their strokes, joined from their letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BRIGHT = 150
STANDS_OUT = 45
MOST_PARTS = 300
MOST_LINES = 40
STROKE_SHARE = 0.026
"""Widest stroke looked for, as a share of the short side: bold type of 10 % has strokes of 1.5 %."""
LETTER_GAP = 0.38
"""Gap between letters of a line as a share of their height; a plate's rim is wider than that."""

Luma = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Line:
    """Bright type: its rectangle (right and bottom exclusive) and of how many parts it was joined."""

    left: int
    top: int
    right: int
    bottom: int
    parts: int = 1

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left


def find_lines(low: Luma, high: Luma, short_side: int) -> list[Line]:
    """Lines of text that is bright in every frame (`low`) on ground that never is (`high`)."""
    import cv2

    bright = ((low >= BRIGHT) & (strokes(low, short_side) >= STANDS_OUT)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    limits = (short_side * 0.008, short_side * 0.2)
    boxes = [
        Line(int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, area in stats[1:]
        if limits[0] <= max(w, h) <= limits[1] and h >= 3 and area >= 4
    ]
    lines = _joined(boxes)
    smallest = short_side * 0.018
    return [
        line
        for line in lines
        if line.height >= smallest and line.width >= 1.2 * line.height and _stands_out(high, bright, line)
    ][:MOST_LINES]


def strokes(luma: Luma, short_side: int) -> Luma:
    """What is bright and narrow, as strokes of type are, with broad light taken away (white top-hat)."""
    import cv2

    size = max(5, round(short_side * STROKE_SHARE)) | 1
    return np.asarray(cv2.morphologyEx(luma, cv2.MORPH_TOPHAT, np.ones((size, size), np.uint8)))


def _stands_out(high: Luma, bright: npt.NDArray[np.uint8], line: Line) -> bool:
    region = (slice(line.top, line.bottom), slice(line.left, line.right))
    ground = ~widened(bright[region].astype(np.bool_), 1)
    return bool(ground.mean() > 0.1 and np.percentile(high[region][ground], 50) <= 235 - STANDS_OUT)


def widened(mask: Mask, by: int) -> Mask:
    import cv2

    size = 2 * by + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8))).astype(np.bool_)


def _joined(boxes: Sequence[Line]) -> list[Line]:
    """Parts of glyphs and glyphs side by side, joined into lines."""
    waiting = sorted(boxes, key=lambda each: -each.height)[:MOST_PARTS]
    lines: list[Line] = []
    while waiting:
        line = waiting.pop(0)
        near = [each for each in waiting if _belong(line, each)]
        while near:
            waiting = [each for each in waiting if each not in near]
            for each in near:
                line = _union(line, each)
            near = [each for each in waiting if _belong(line, each)]
        lines.append(line)
    return sorted(lines, key=lambda each: (each.top, each.left))


def _belong(a: Line, b: Line) -> bool:
    tall = max(a.height, b.height)
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    gap = max(a.left, b.left) - min(a.right, b.right)
    return overlap >= 0.5 * min(a.height, b.height) and gap <= LETTER_GAP * tall


def _union(a: Line, b: Line) -> Line:
    left, top = min(a.left, b.left), min(a.top, b.top)
    return Line(left, top, max(a.right, b.right), max(a.bottom, b.bottom), a.parts + b.parts)
