"""Finds black bars above and below, or left and right of, a picture that does not fill its canvas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

BAR_LUMA = 24
CONTENT_LUMA = 34
MIN_THICKNESS = 0.025
MAX_THICKNESS = 0.46
EDGE_SHARE = 0.4
DARK_SHARE = 0.8


@dataclass(frozen=True)
class Bars:
    """Thickness of the two bars as shares of the side they eat into."""

    kind: Literal["letterbox", "pillarbox"]
    first: float
    second: float


def find_bars(brightest: npt.NDArray[np.uint8]) -> Bars | None:
    """Bars in the brightest luma each pixel had over a stretch of frames.

    A bar is dark at all times and ends in a straight line, where a good part of the
    picture starts at once. A product lit on black ground is as dark at the rim, but its
    outline is no ruler: that is what tells the two apart.
    """
    sides: tuple[Literal["letterbox", "pillarbox"], ...] = ("letterbox", "pillarbox")
    for kind, lines in zip(sides, (brightest, brightest.T), strict=True):
        first = _thickness(lines)
        if not first:
            continue
        second = _thickness(lines[::-1])
        if second:
            return Bars(kind, first / len(lines), second / len(lines))
    return None


def _thickness(lines: npt.NDArray[np.uint8]) -> int:
    """How many lines from the first on belong to a bar; 0 for none."""
    total = len(lines)
    deepest = int(total * MAX_THICKNESS)
    dark = lines[: deepest + 3] <= BAR_LUMA
    if dark[0].mean() < DARK_SHARE:
        return 0
    starts = dark[:-2] & (lines[2 : deepest + 3] >= CONTENT_LUMA)
    covered = np.cumsum(dark[:-2].mean(axis=1)) / np.arange(1, len(starts) + 1)
    edges = np.flatnonzero((starts.mean(axis=1) >= EDGE_SHARE) & (covered >= DARK_SHARE))
    edges = edges[edges + 1 >= total * MIN_THICKNESS]
    return int(edges[0]) + 1 if edges.size else 0
