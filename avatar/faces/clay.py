"""Relief in clay: heights over the picture plane, made of bumps, ridges and limbs, from which the light takes its form.

Heights and lengths are in units of the drawing, y runs down, the viewer looks along −z.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[Any]
"""Rows × columns of float32."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Grid:
    """Sample points of a rectangle: columns at `x` (1, W), rows at `y` (H, 1), `step` units apart."""

    x: Field
    y: Field
    step: float

    @property
    def shape(self) -> tuple[int, int]:
        return self.y.shape[0], self.x.shape[1]

    @property
    def left(self) -> float:
        return float(self.x[0, 0]) - self.step / 2

    @property
    def top(self) -> float:
        return float(self.y[0, 0]) - self.step / 2


def make_grid(left: float, top: float, columns: int, rows: int, step: float) -> Grid:
    """`columns` × `rows` samples from the corner (left, top), each in the middle of its cell."""
    x = (left + (np.arange(columns, dtype=np.float32) + 0.5) * step).astype(np.float32)
    y = (top + (np.arange(rows, dtype=np.float32) + 0.5) * step).astype(np.float32)
    return Grid(x[None, :], y[:, None], step)


def bump(grid: Grid, x: float, y: float, wide: float, tall: float) -> Field:
    """A hill of height 1 with the given spreads."""
    hill = np.zeros(grid.shape, np.float32)
    rows, columns = _near(grid, x, y, 3.6 * wide, 3.6 * tall)
    across = np.exp(-0.5 * ((grid.x[:, columns] - x) / wide) ** 2)
    down = np.exp(-0.5 * ((grid.y[rows] - y) / tall) ** 2)
    hill[rows, columns] = across * down
    return hill


def tilted_bump(grid: Grid, x: float, y: float, wide: float, tall: float, degrees: float) -> Field:
    """A hill whose long side is turned by `degrees`, clockwise on the screen."""
    hill = np.zeros(grid.shape, np.float32)
    reach = 3.6 * max(wide, tall)
    rows, columns = _near(grid, x, y, reach, reach)
    cos, sin = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    right, down = grid.x[:, columns] - x, grid.y[rows] - y
    along, across = (right * cos + down * sin) / wide, (down * cos - right * sin) / tall
    hill[rows, columns] = np.exp(-0.5 * (along * along + across * across))
    return hill


def _near(grid: Grid, x: float, y: float, wide: float, tall: float) -> tuple[slice, slice]:
    """The rows and columns within reach of a point; columns and rows grow, evenly or not."""
    columns, rows = grid.x[0].searchsorted((x - wide, x + wide)), grid.y[:, 0].searchsorted((y - tall, y + tall))
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))


def smooth_step(value: Field | float, low: float, high: float) -> Field:
    """0 below `low`, 1 above `high`, without a corner between."""
    t = np.clip((np.asarray(value, dtype=np.float32) - low) / (high - low), 0.0, 1.0)
    return (t * t * (3.0 - 2.0 * t)).astype(np.float32)


def join(a: Field, b: Field, soft: float) -> Field:
    """The higher of two heights, rounded where they cross over `soft` units."""
    h = np.maximum(soft - np.abs(a - b), 0.0) / soft
    return (np.maximum(a, b) + h * h * soft * 0.25).astype(np.float32)


def spline(points: Sequence[Point], steps: int = 12, closed: bool = False) -> npt.NDArray[np.float32]:
    """A smooth curve through the points (centripetal Catmull-Rom), as (n, 2)."""
    p = np.asarray(points, dtype=np.float64)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0.0, 1.0, steps, endpoint=False)[:, None]
    pieces = []
    for i in range(1, len(p) - 2):
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        k1, k2, k3 = (max(float(np.hypot(*(q - r))) ** 0.5, 1e-4) for q, r in ((b, a), (c, b), (d, c)))
        m1 = (c - b) + k2 * ((b - a) / k1 - (c - a) / (k1 + k2))
        m2 = (c - b) + k2 * ((d - c) / k3 - (d - b) / (k2 + k3))
        pieces.append(
            (2 * t**3 - 3 * t**2 + 1) * b + (t**3 - 2 * t**2 + t) * m1 + (-2 * t**3 + 3 * t**2) * c + (t**3 - t**2) * m2
        )
    whole = np.vstack([*pieces, p[-2:-1]])
    return whole.astype(np.float32)


def to_samples(grid: Grid, points: npt.ArrayLike, bits: int = 4) -> npt.NDArray[np.int32]:
    """Points of the drawing as fixed-point sample places for cv2."""
    p = np.asarray(points, dtype=np.float64)
    p = (p - (grid.left, grid.top)) / grid.step - 0.5
    return np.round(np.clip(p, -8000, 8000) * (1 << bits)).astype(np.int32)


def fill(grid: Grid, outline: npt.ArrayLike, soft: float = 0.0) -> Field:
    """Coverage 0–1 of a filled outline, its edge blurred by `soft` units."""
    import cv2

    points = to_samples(grid, outline)
    rows, columns, mask = _stretch_of(grid, points, 2 + 3.2 * soft / grid.step)
    if mask.size:
        cv2.fillPoly(mask, [points - (columns.start * 16, rows.start * 16)], 255, cv2.LINE_AA, 4)
    return _placed(grid, rows, columns, mask, soft / grid.step, 1.0)


def line(grid: Grid, points: npt.ArrayLike, width: float, soft: float = 0.0) -> Field:
    """Coverage 0–1 of a line `width` units wide, blurred by `soft` units."""
    import cv2

    path = to_samples(grid, points)
    thick = max(1, round(width / grid.step))
    rows, columns, mask = _stretch_of(grid, path, thick + 2 + 3.2 * soft / grid.step)
    if mask.size:
        cv2.polylines(mask, [path - (columns.start * 16, rows.start * 16)], False, 255, thick, cv2.LINE_AA, 4)
    return _placed(grid, rows, columns, mask, soft / grid.step, min(1.0, width / grid.step))


def _stretch_of(grid: Grid, points: npt.NDArray[np.int32], air: float) -> tuple[slice, slice, npt.NDArray[np.uint8]]:
    """The rows and columns that a drawing through `points` can reach, and an empty mask of their size."""
    low, high = points.min(axis=0) / 16 - air, points.max(axis=0) / 16 + air
    columns = slice(int(np.clip(low[0], 0, grid.shape[1])), int(np.clip(np.ceil(high[0]), 0, grid.shape[1])))
    rows = slice(int(np.clip(low[1], 0, grid.shape[0])), int(np.clip(np.ceil(high[1]), 0, grid.shape[0])))
    size = (max(0, rows.stop - rows.start), max(0, columns.stop - columns.start))
    return rows, columns, np.zeros(size if min(size) else (0, 0), np.uint8)


def _placed(grid: Grid, rows: slice, columns: slice, mask: npt.NDArray[np.uint8], soft: float, share: float) -> Field:
    whole = np.zeros(grid.shape, np.float32)
    if mask.size:
        covered = mask.astype(np.float32) * (share / 255.0)
        whole[rows, columns] = blur(covered, soft) if soft else covered
    return whole


def crease(grid: Grid, points: npt.ArrayLike, spread: float) -> Field:
    """A ridge of height about 1 along a line, falling off over `spread` units."""
    drawn = line(grid, points, max(spread, grid.step), spread * 0.8)
    top = float(drawn.max())
    return drawn / top if top > 1e-3 else drawn


def blur(field: Field, samples: float) -> Field:
    """Gaussian blur; wide ones are taken at a coarser sampling, which the eye cannot tell."""
    import cv2

    if samples < 0.3:
        return field
    shrink = 4 if samples > 16 else 2 if samples > 6 else 1
    height, width = field.shape[:2]
    if shrink == 1 or min(height, width) < 8 * shrink:
        return cv2.GaussianBlur(field, (0, 0), samples, borderType=cv2.BORDER_REPLICATE)
    small = cv2.resize(field, (width // shrink, height // shrink), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), samples / shrink, borderType=cv2.BORDER_REPLICATE)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def limb(grid: Grid, points: Sequence[tuple[float, float, float, float]]) -> Field:
    """The height of a round limb through (x, y, z, radius); −1000 beside it."""
    top = np.full(grid.shape, -1000.0, np.float32)
    for a, b in pairwise(points):
        part = _around(grid, a, b)
        x, y = grid.x[:, part[1]], grid.y[part[0]]
        if x.size and y.size:
            top[part] = np.maximum(top[part], _bone(x, y, a, b))
    return top


def _around(grid: Grid, a: tuple[float, ...], b: tuple[float, ...]) -> tuple[slice, slice]:
    """The samples that a bone from `a` to `b` can reach."""
    reach = max(a[3], b[3]) + grid.step
    left, right = min(a[0], b[0]) - reach - grid.left, max(a[0], b[0]) + reach - grid.left
    top, bottom = min(a[1], b[1]) - reach - grid.top, max(a[1], b[1]) + reach - grid.top
    rows = slice(max(0, int(top / grid.step)), max(0, int(bottom / grid.step) + 1))
    return rows, slice(max(0, int(left / grid.step)), max(0, int(right / grid.step) + 1))


def _bone(x: Field, y: Field, a: tuple[float, ...], b: tuple[float, ...]) -> Field:
    (x0, y0, z0, r0), (x1, y1, z1, r1) = a, b
    dx, dy = x1 - x0, y1 - y0
    t = np.clip(((x - x0) * dx + (y - y0) * dy) / max(dx * dx + dy * dy, 1e-6), 0.0, 1.0)
    away = (x - x0 - t * dx) ** 2 + (y - y0 - t * dy) ** 2
    inside = (r0 + t * (r1 - r0)) ** 2 - away
    height = np.where(inside > 0, np.sqrt(np.maximum(inside, 0.0)) + z0 + t * (z1 - z0), -1000.0)
    return height.astype(np.float32)


def noise(shape: tuple[int, int], cell: float, seed: int, octaves: int = 3, stretch: float = 1.0) -> Field:
    """Cloudy noise around 0 with spots `cell` samples wide (`stretch` times as tall), about −1 to 1."""
    import cv2

    rng = np.random.default_rng(seed)
    total = np.zeros(shape, np.float32)
    for octave in range(octaves):
        wide = max(2, int(shape[1] * 2**octave / cell) + 2)
        tall = max(2, int(shape[0] * 2**octave / (cell * stretch)) + 2)
        spots = rng.standard_normal((min(tall, shape[0]), min(wide, shape[1]))).astype(np.float32)
        total += cv2.resize(spots, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC) * 0.5**octave
    return total * 0.6


@lru_cache(maxsize=16)
def _sheet(step: float, cell: float, seed: int, octaves: int) -> Field:
    """Noise over the whole head, so that every patch of it shows the same pores."""
    return noise((round(420 / step), round(340 / step)), cell / step, seed, octaves)


def still_noise(grid: Grid, cell: float, seed: int, octaves: int = 2) -> Field:
    """Noise that stays where it is in the drawing of a head, whichever stretch of it is drawn."""
    sheet = _sheet(round(grid.step, 5), cell, seed, octaves)
    row, column = round((grid.top + 210) / grid.step), round((grid.left + 170) / grid.step)
    rows, columns = np.arange(grid.shape[0]) + row, np.arange(grid.shape[1]) + column
    return sheet[np.clip(rows, 0, sheet.shape[0] - 1)[:, None], np.clip(columns, 0, sheet.shape[1] - 1)[None, :]]
