"""Hair as strands: sheaves between two guide curves, and ringlets; drawn opaque, the light runs along each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Grid, Point, fill, spline
from avatar.faces.contracts import HairLook
from avatar.faces.light import mixed, scaled

Canvas = npt.NDArray[Any]
"""Height × width × 4, colours multiplied by alpha: an opaque stroke blends all four channels alike."""
Curve = npt.NDArray[Any]
TONES = 96


@dataclass(frozen=True)
class Sheaf:
    """Strands between `inner` and `outer`; `band` is where along them the light lies (0–1), `side` which way they face.

    `roots` and `tips` shorten the strands by chance, `wave` bends them (units), `coarse` is their width in units.
    """

    inner: Sequence[Point]
    outer: Sequence[Point]
    count: int
    band: float = 0.25
    brightness: float = 0.0
    wave: float = 1.2
    coarse: float = 1.35
    roots: float = 0.02
    tips: float = 0.10
    shine: float = 1.0


def tones_of(look: HairLook) -> list[tuple[int, int, int]]:
    """Tones from the darkest depth to the shine."""
    stops = np.array([0, 0.30, 0.62, 0.86, 1.0])
    colours = np.array(
        [scaled(look.dark, 0.55), look.dark, look.base, look.shine, mixed(look.shine, (255, 244, 228), 0.45)],
        np.float64,
    )
    fine = np.linspace(0, 1, TONES)
    table = np.stack([np.interp(fine, stops, colours[:, channel]) for channel in range(3)], 1)
    return [(round(r), round(g), round(b)) for r, g, b in table]


def draw_sheaf(canvas: Canvas, grid: Grid, sheaf: Sheaf, look: HairLook, seed: int) -> None:
    """Draw the strands of one sheaf, deep ones first."""
    rng = np.random.default_rng(seed)
    tones = tones_of(look)
    inner, outer = _resampled(spline(sheaf.inner)), _resampled(spline(sheaf.outer))
    even = np.linspace(0, 1, len(inner))
    order = rng.permutation(sheaf.count)
    for rank, index in enumerate(order):
        u = (index + rng.uniform(0, 1)) / sheaf.count
        depth = rank / max(sheaf.count - 1, 1)
        s = np.clip(even + rng.uniform(-0.5, 0.5) / len(even), 0, 1)
        path = _at(inner, even, s) * (1 - u) + _at(outer, even, s) * u
        path = path + _bend(s, u, sheaf.wave, rng, path)
        first = int(rng.uniform(0, sheaf.roots) * len(s))
        last = len(s) - int(rng.uniform(0, sheaf.tips) * len(s))
        value = _values(s, u, sheaf, depth, rng)
        _stroke(canvas, grid, path[first:last], value[first:last], tones, sheaf.coarse * rng.uniform(0.55, 1.1))


def _resampled(path: Curve, count: int = 40) -> Curve:
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])], 1).astype(np.float32)


def _at(path: Curve, even: npt.NDArray, s: npt.NDArray) -> Curve:
    return np.stack([np.interp(s, even, path[:, 0]), np.interp(s, even, path[:, 1])], 1).astype(np.float32)


def _bend(s: npt.NDArray, u: float, wave: float, rng: np.random.Generator, path: Curve) -> Curve:
    """Strands lean together in locks: the bend is nearly the same for neighbours, and grows towards the tips."""
    lock = np.sin(s * 5.0 + u * 34.0) * 0.8 + np.sin(s * 11.0 + u * 71.0 + rng.uniform(0, 0.9)) * 0.45
    push = (lock + rng.normal(0, 0.35)) * wave * np.minimum(s * 2.2, 1.0)
    tangent = np.gradient(path, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T)[:, None], 1e-3)
    return (push[:, None] * np.stack([-tangent[:, 1], tangent[:, 0]], 1)).astype(np.float32)


def _values(s: npt.NDArray, u: float, sheaf: Sheaf, depth: float, rng: np.random.Generator) -> npt.NDArray:
    """How bright a strand is along its length: rounded across the sheaf, a band of light, deep ones dim."""
    across = np.sin(np.pi * np.clip(0.10 + 0.84 * u, 0, 1)) ** 0.8
    lock = 0.5 + 0.5 * np.sin(u * 41.0 + 3.0 * np.sin(u * 17.0) + s * 2.0)
    place = sheaf.band + 0.04 * np.sin(u * 9.0) + rng.normal(0, 0.035)
    band = np.exp(-(((s - place) / rng.uniform(0.07, 0.13)) ** 2)) + 0.45 * np.exp(-(((s - place - 0.33) / 0.16) ** 2))
    value = 0.17 + 0.20 * across + 0.12 * lock + (0.20 + 0.34 * lock) * band * sheaf.shine * (0.4 + 0.6 * across)
    return np.clip((value + sheaf.brightness + rng.normal(0, 0.045)) * (0.55 + 0.45 * depth), 0, 1)


def _stroke(
    canvas: Canvas, grid: Grid, path: Curve, value: npt.NDArray, tones: Sequence[tuple[int, int, int]], width: float
) -> None:
    import cv2

    if len(path) < 3:
        return
    points = ((path - (grid.left, grid.top)) / grid.step - 0.5) * 16
    points = np.round(points).astype(np.int32).tolist()
    shades = (value * (TONES - 1)).astype(np.int32).tolist()
    thick = width / grid.step
    for i in range(len(points) - 1):
        end = min(1.0, (len(points) - 1 - i) / 5)
        red, green, blue = tones[shades[i]]
        cv2.line(canvas, points[i], points[i + 1], (red, green, blue, 255), max(1, round(thick * end)), cv2.LINE_AA, 4)


def draw_mass(canvas: Canvas, grid: Grid, outline: npt.ArrayLike, look: HairLook, tone: float = 0.16) -> None:
    """The dark body of the hair under the strands."""
    mask = fill(grid, outline)[..., None]
    red, green, blue = tones_of(look)[int(tone * (TONES - 1))]
    canvas[:] = canvas * (1 - mask) + mask * np.array((red, green, blue, 255), np.float32)


def draw_ringlets(
    canvas: Canvas, grid: Grid, places: Sequence[tuple[float, float, float, float]], look: HairLook, seed: int
) -> None:
    """Small coils at (x, y, radius, brightness): a dark one, a toned one a little higher, a lit arc."""
    rng = np.random.default_rng(seed)
    tones = tones_of(look)
    turn = np.linspace(0, 1, 13)
    for x, y, radius, bright in places:
        start, way = rng.uniform(0, 6.283), rng.choice((-1.0, 1.0))
        angle = start + way * turn * rng.uniform(5.5, 8.5)
        reach = radius * (1.0 - 0.55 * turn)
        drift = np.stack([turn * rng.uniform(-2, 2), turn * rng.uniform(0, 4)], 1)
        coil = np.stack([x + np.cos(angle) * reach, y + np.sin(angle) * reach * 0.85], 1) + drift
        _stroke(
            canvas,
            grid,
            coil + np.array((0.5, 1.2), np.float32),
            np.full(13, max(0.0, 0.10 + bright * 0.12)),
            tones,
            3.0,
        )
        lift = 0.5 - 0.5 * np.sin(angle) * 1.0 - 0.25 * np.cos(angle)
        _stroke(canvas, grid, coil, np.clip(0.14 + bright * (0.22 + 0.55 * lift), 0, 1), tones, 1.7)


def draw_loose(canvas: Canvas, grid: Grid, sheaf: Sheaf, look: HairLook, seed: int) -> None:
    """A few hairs that left their lock, thin and half clear."""
    top = np.zeros_like(canvas)
    draw_sheaf(top, grid, sheaf, look, seed)
    clear = (top * np.float32(0.5)).astype(np.float32)
    canvas[:] = np.clip(canvas * (1 - clear[..., 3:] / 255.0) + clear, 0, 255)


def draw_strokes(
    canvas: Canvas,
    grid: Grid,
    roots: npt.NDArray,
    heading: npt.NDArray,
    bright: npt.NDArray,
    look: HairLook,
    width: float,
) -> None:
    """Short hairs from (n, 2) roots along (n, 2) headings, each of its own brightness."""
    tones = tones_of(look)
    for root, way, value in zip(roots, heading, bright, strict=True):
        bow = np.array((-way[1], way[0])) * 0.12
        path = np.stack([root, root + way * 0.4 + bow, root + way * 0.75 + bow, root + way]).astype(np.float32)
        _stroke(canvas, grid, path, np.clip(value + np.array([0.0, 0.05, 0.06, 0.0]), 0, 1), tones, width)
