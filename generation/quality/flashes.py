"""Counts flashes the way WCAG 2.2 (2.3.1) defines a general flash.

A flash is a pair of opposing changes of relative luminance of at least 10 % of the
maximum, the darker image below 0.80, over at least a quarter of the picture. Three of
them within one second are too many. Movement brightens some places while it darkens
others; only where one direction prevails does the picture flash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

CHANGE = 0.10
DARKER_BELOW = 0.80
AREA = 0.25
DOMINANCE = 2.5
_TOGETHER = 3

Cells = npt.NDArray[np.float32]
_Changed = tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
"""Cells that got brighter, cells that got darker."""


@dataclass
class FlashCounter:
    """Takes the luma of coarse cells frame by frame with `see`."""

    changes: list[tuple[int, int]] = field(default_factory=list)
    _frame: int = 0
    _last: Cells | None = None
    _swing: Cells | None = None
    _recent: list[_Changed] = field(default_factory=list)

    def see(self, cells: Cells, step: int = 1) -> None:
        """The next frame, and how many frames it stands for."""
        light: Cells = (np.clip((cells - 16) / 219, 0, 1) ** np.float32(2.2)).astype(np.float32)
        if self._last is not None and self._swing is not None:
            self._follow(light)
        else:
            self._swing = np.zeros_like(light)
        self._last = light
        self._frame += step

    def _follow(self, light: Cells) -> None:
        assert self._last is not None
        assert self._swing is not None
        step = light - self._last
        before = self._swing
        same_way = (step >= 0) == (before >= 0)
        swing = np.where(same_way, before + step, step).astype(np.float32)
        darker = np.where(swing > 0, light - swing, light)
        counts = (np.abs(swing) >= CHANGE) & (darker < DARKER_BELOW)
        fresh = counts & ~(same_way & (np.abs(before) >= CHANGE))
        self._swing = swing
        self._recent = [*self._recent[-(_TOGETHER - 1) :], (fresh & (swing > 0), fresh & (swing < 0))]
        for pairs in ([self._recent[-1]], self._recent):
            direction = _prevailing(pairs)
            if direction:
                self._note(direction)
                self._recent = []
                return

    def _note(self, direction: int) -> None:
        if not self.changes or self.changes[-1][1] != direction:
            self.changes.append((self._frame, direction))

    def most_in_a_second(self, fps: float) -> tuple[int, int | None]:
        """(flashes, first frame) of the worst second; (0, None) where nothing flashes."""
        return most_in_window([frame for frame, _ in self.changes], round(fps))


def _prevailing(pairs: Sequence[_Changed]) -> int:
    """1 where enough of the picture got brighter over these frames, -1 darker, 0 neither or both."""
    brighter, darker = (float(np.logical_or.reduce(sides).mean()) for sides in zip(*pairs, strict=True))
    if brighter >= AREA and brighter >= DOMINANCE * darker:
        return 1
    return -1 if darker >= AREA and darker >= DOMINANCE * brighter else 0


def most_in_window(frames: Sequence[int], window: int) -> tuple[int, int | None]:
    """(pairs of changes, first frame) in the window of frames that holds the most."""
    best, at, left = 0, None, 0
    for right, frame in enumerate(frames):
        while frame - frames[left] > window:
            left += 1
        pairs = (right - left + 1) // 2
        if pairs > best:
            best, at = pairs, frames[left]
    return best, at
