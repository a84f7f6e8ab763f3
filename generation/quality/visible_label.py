"""Finds the visible AI label in the pixels of any ad, ours or not, and measures it.

GB 45438-2025 wants it from the first frame for two seconds, its glyphs at least 5 % of
the shorter side high. We look where it is put, near the top left, for bright text that
stands still on darker ground, and compare its shape with the words a label may have:
another title, or the empty boxes of a missing font, is not taken for a label.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from generation.quality.label_words import Word, best_match
from generation.quality.text_lines import BRIGHT, STANDS_OUT, Line, Luma, Mask, find_lines, strokes, widened

FIRST_LOOK = 12
EVERY_FRAME_UNTIL = 76
THEN_EVERY = 15
MARGIN = 6
EDGE_PX = 2
EDGE_SHARE = 0.3


@dataclass(frozen=True)
class VisibleLabel:
    """A label as measured: frames [0, to_frame), glyph height in pixels, contrast ratio, words as recognised."""

    to_frame: int
    glyph_px: int
    contrast: float
    words: str
    likeness: float


def corner_size(width: int, height: int) -> tuple[int, int]:
    """Size in pixels of the corner that is searched, from the top left; even, as chroma wants it."""
    is_wide = width > height
    across, down = (0.45, 0.45) if is_wide else (0.72, 0.40)
    return int(width * across) & ~1, int(height * down) & ~1


def sampled_frames(frame: int) -> bool:
    """Whether the corner of a frame is looked at; `SELECT` says the same to ffmpeg."""
    return frame < EVERY_FRAME_UNTIL or frame % THEN_EVERY == 0


SELECT = f"select='lt(n,{EVERY_FRAME_UNTIL})+not(mod(n,{THEN_EVERY}))'"


@dataclass
class LabelWatch:
    """Takes the luma of the corner, sampled frame by sampled frame, with `see`."""

    width: int
    height: int
    short_side: int
    _first: list[Luma] = field(default_factory=list)
    _looked: bool = False
    _glyphs: Mask | None = None
    _ground: Mask | None = None
    _line: Line | None = None
    _word: Word | None = None
    _glyph_px: int = 0
    _contrast: float = 99.0
    _frame: int = -1
    _gone: bool = False
    _to_frame: int = 0

    def see(self, chunk: bytes) -> None:
        if len(chunk) < self.width * self.height:
            return
        luma: Luma = np.frombuffer(chunk, np.uint8).reshape(self.height, self.width)
        if self._looked:
            self._track(luma)
            return
        self._first.append(luma)
        if len(self._first) == FIRST_LOOK:
            self._look()

    def finish(self, frames: int) -> VisibleLabel | None:
        """The label, or None where none shows from frame 0; `frames` is the length of the ad."""
        if not self._looked and self._first:
            self._look()
        if self._word is None or self._to_frame == 0:
            return None
        return VisibleLabel(
            min(self._to_frame, frames), self._glyph_px, round(self._contrast, 2), self._word.text,
            round(self._word.likeness, 2),
        )  # fmt: skip

    def _look(self) -> None:
        self._looked = True
        stack = np.stack(self._first)
        self._first = []
        low, high = stack.min(axis=0), stack.max(axis=0)
        narrow = strokes(low, self.short_side)
        found = [(best_match(_crop(narrow, line)), line) for line in find_lines(low, high, self.short_side)]
        matches = [(word, line) for word, line in found if word is not None]
        if matches:
            word, line = max(matches, key=lambda pair: pair[0].likeness)
            self._measure(low, high, line, word)
        for luma in stack:
            self._track(luma)

    def _measure(self, low: Luma, high: Luma, line: Line, word: Word) -> None:
        """Cut the line to its words; remember which of its pixels are glyphs and which ground."""
        left, top = line.left - MARGIN, line.top - MARGIN
        tight = Line(
            max(0, left + word.left), max(0, top + word.top - EDGE_PX), left + word.right, top + word.bottom + EDGE_PX
        )
        glyphs, ground = _patch(low, tight) >= BRIGHT, ~widened(_patch(low, tight) >= BRIGHT * 0.6, 1)
        if not glyphs.any() or not ground.any():
            return
        dark = float(np.median(_patch(high, tight)[ground]))
        # A glyph's first and last rows are half covered: they count, as they do for the type's own measure.
        edge = dark + EDGE_SHARE * (float(np.median(_patch(low, tight)[glyphs])) - dark)
        rows = np.flatnonzero((_patch(low, tight) >= edge).any(axis=1))
        self._glyph_px = round((rows[-1] - rows[0] + 1) * word.glyph_share)
        self._line, self._word, self._glyphs, self._ground = tight, word, glyphs, ground

    def _track(self, luma: Luma) -> None:
        self._frame = _next_sample(self._frame)
        if self._gone or self._line is None or self._glyphs is None or self._ground is None:
            return
        patch = _patch(luma, self._line)
        text, ground = float(np.median(patch[self._glyphs])), float(np.median(patch[self._ground]))
        lit = float((patch[self._glyphs] >= BRIGHT * 0.85).mean())
        if lit < 0.8 or text - ground < STANDS_OUT:
            self._gone = True
            return
        self._contrast = min(self._contrast, luma_contrast(text, ground))
        self._to_frame = _next_sample(self._frame) if self._frame >= EVERY_FRAME_UNTIL else self._frame + 1


def _next_sample(frame: int) -> int:
    frame += 1
    while not sampled_frames(frame):
        frame += 1
    return frame


def _crop(luma: Luma, line: Line) -> Luma:
    padded = np.pad(luma, MARGIN, mode="edge")
    return padded[line.top : line.bottom + 2 * MARGIN, line.left : line.right + 2 * MARGIN]


def _patch(luma: Luma, line: Line) -> Luma:
    return luma[line.top : line.bottom, line.left : line.right]


def luma_contrast(text: float, ground: float) -> float:
    """WCAG contrast of two greys given as video luma (16..235)."""
    light = [min(1.0, max(0.0, (value - 16) / 219)) ** 2.2 for value in (text, ground)]
    return (max(light) + 0.05) / (min(light) + 0.05)
