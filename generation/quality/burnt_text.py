"""Finds captions in the pixels of an ad nobody kept a record of.

A caption stands still, bright and sharp, while the picture behind it moves; words
printed on things in the picture move with them. Only what is found that way is judged,
and only by its place: a caption on a still background, or in dark type, goes unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from generation.quality.text_lines import BRIGHT, Line, Luma, Mask, find_lines, strokes, widened

SHORT_SIDE = 360
EVERY = 5
LOOKS = 5
STEADY_LEVELS = 4
MOVING_LEVELS = 4
OUTLINE_LUMA = 85
WHITE_LUMA = 215
LEAST_PARTS = 4


@dataclass(frozen=True)
class BurntLine:
    """A line of burnt-in text: frames it was seen in, rectangle in pixels of the full picture."""

    start_frame: int
    end_frame: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass
class BurntTextWatch:
    """Takes every `EVERY`-th frame's luma, shorter side `SHORT_SIDE`, with `see`."""

    width: int
    height: int
    full_width: int
    lines: list[BurntLine] = field(default_factory=list)
    _looks: list[Luma] = field(default_factory=list)
    _seen: int = 0

    def see(self, chunk: bytes) -> None:
        if len(chunk) < self.width * self.height:
            return
        self._looks.append(np.frombuffer(chunk, np.uint8).reshape(self.height, self.width))
        self._seen += 1
        if len(self._looks) == LOOKS:
            self._search()
            # Half of the looks stay, so that a caption is never cut in two by our windows.
            self._looks = self._looks[LOOKS // 2 :]

    def _search(self) -> None:
        stack = np.stack(self._looks)
        low, high = stack.min(axis=0), stack.max(axis=0)
        first = (self._seen - LOOKS) * EVERY
        scale = self.full_width / self.width
        for line in find_lines(low, high, SHORT_SIDE):
            if self._is_overlay(low, high, line):
                corners = (round(each * scale) for each in (line.left, line.top, line.right, line.bottom))
                self.lines.append(BurntLine(first, self._seen * EVERY, *corners))

    def _is_overlay(self, low: Luma, high: Luma, line: Line) -> bool:
        is_type = SHORT_SIDE * 0.028 <= line.height <= SHORT_SIDE * 0.14 and line.width >= 2.2 * line.height
        if not is_type or line.parts < LEAST_PARTS:
            return False
        reach = line.height // 2
        around = (
            slice(max(0, line.top - reach), line.bottom + reach),
            slice(max(0, line.left - reach), line.right + reach),
        )
        glyphs = (low[around] >= BRIGHT) & (strokes(low, SHORT_SIDE)[around] >= 60)
        return _is_painted(low[around], high[around], glyphs) and _has_ink(glyphs, line, around)


def _is_painted(low: Luma, high: Luma, glyphs: Mask) -> bool:
    """Whether glyphs stand while what is round them moves; an outline or plate, dark at all times, is good evidence."""
    outline = widened(glyphs, 2) & ~widened(glyphs, 1)
    ground = ~widened(glyphs, 4)
    if glyphs.sum() < 20 or not outline.any() or not ground.any():
        return False
    changed = high.astype(np.int16) - low
    # The rim of a letter mixes with what moves behind it; its brightest pixels are paint.
    paint = glyphs & (low >= np.percentile(low[glyphs], 50))
    steady, wavering = float(np.median(changed[paint])), float(np.percentile(changed[paint], 90))
    if steady > STEADY_LEVELS:
        return False
    moved = float(np.mean(changed[ground]))
    has_outline = float(np.median(high[outline])) <= OUTLINE_LUMA
    is_white = float(np.median(low[paint])) >= WHITE_LUMA and wavering <= 2 * STEADY_LEVELS
    return moved >= MOVING_LEVELS if has_outline else is_white and moved >= 5 * MOVING_LEVELS


def _has_ink(glyphs: Mask, line: Line, around: tuple[slice, slice]) -> bool:
    """Type covers a quarter to three fifths of its line; specks cover less, blobs more."""
    top, left = line.top - around[0].start, line.left - around[1].start
    inside = glyphs[top : top + line.height, left : left + line.width]
    return 0.24 <= float(inside.mean()) <= 0.62
