"""The mouth from five numbers a viseme: open, width, round, upper teeth, tongue; and a smile on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Field, Grid, bump, fill, line, smooth_step
from avatar.faces.contracts import Colour, Emotion, Persona
from avatar.faces.face import FaceSpace
from avatar.faces.light import Picture, add_light, lay, light_up, mixed, multiply, ramp, scaled

LINE = 86.0
HALF_WIDTH = 33.0
JAW_DROP = 9.0
SMILES: dict[Emotion, float] = {"calm": 0.12, "warm": 0.55, "delight": 1.0}


@dataclass(frozen=True)
class MouthShape:
    """A viseme as numbers from 0 to about 1; `pressed` narrows closed lips, `tucked` draws the lower one in."""

    open: float
    width: float
    round: float
    teeth: float
    tongue: float
    pressed: float = 0.0
    tucked: float = 0.0


SHAPES: dict[str, MouthShape] = {
    "sil": MouthShape(0, 1, 0, 0, 0),
    "PP": MouthShape(0, 0.93, 0.1, 0, 0, pressed=1),
    "FF": MouthShape(0.17, 0.96, 0, 1, 0, tucked=1),
    "TH": MouthShape(0.26, 0.98, 0, 1, 1),
    "DD": MouthShape(0.30, 0.98, 0, 1, 0.7),
    "KK": MouthShape(0.34, 0.97, 0, 0.8, 0.2),
    "CH": MouthShape(0.32, 0.76, 0.7, 0.9, 0),
    "SS": MouthShape(0.20, 1.06, 0, 1, 0),
    "NN": MouthShape(0.26, 0.98, 0, 0.9, 0.8),
    "RR": MouthShape(0.30, 0.82, 0.5, 0.5, 0.3),
    "AA": MouthShape(0.92, 0.93, 0.26, 0.8, 0.3),
    "E": MouthShape(0.52, 1.06, 0.12, 0.95, 0.3),
    "I": MouthShape(0.34, 1.16, 0, 1, 0.2),
    "O": MouthShape(0.66, 0.72, 0.8, 0.25, 0.1),
    "U": MouthShape(0.26, 0.56, 1, 0, 0),
}


def shape_of(name: str) -> MouthShape:
    """The shape of a viseme; "AA-half" is AA spoken softly."""
    viseme, _, half = name.partition("-")
    shape = SHAPES[viseme]
    return replace(shape, open=shape.open * 0.55, width=shape.width * 0.6 + 0.4) if half else shape


@dataclass(frozen=True)
class Lips:
    """Edges of both lips over the width −1…1 of the mouth, in units of the head before the turn.

    `half` is half the width of the opening, `half_out` of the lips around it: rounded lips close as a ring.
    """

    across: npt.NDArray[Any]
    outer_top: npt.NDArray[Any]
    inner_top: npt.NDArray[Any]
    inner_low: npt.NDArray[Any]
    outer_low: npt.NDArray[Any]
    half: float
    half_out: float

    def whole(self) -> npt.NDArray[Any]:
        """The closed shape of both lips."""
        return _between(self.across * self.half_out, self.outer_top, self.outer_low)

    def opening(self) -> npt.NDArray[Any]:
        """The closed shape of the hole."""
        return _between(self.across * self.half, self.inner_top, self.inner_low)


def _between(x: npt.NDArray, top: npt.NDArray, low: npt.NDArray) -> npt.NDArray[Any]:
    return np.vstack([np.stack([x, top], 1), np.stack([x, low], 1)[::-1]]).astype(np.float32)


def lips_of(shape: MouthShape, smile: float, fullness: float) -> Lips:
    """The edges of the lips for a viseme and a smile."""
    u = np.linspace(-1, 1, 97).astype(np.float32)
    ring = shape.round * min(1.0, shape.open / 0.2)
    half = HALF_WIDTH * shape.width + 5.0 * smile * (1 - 0.7 * shape.round) - 3.5 * ring
    flat = 1 - 0.75 * shape.round
    line = LINE - 10.0 * smile * flat * np.abs(u) ** 2.0 + 2.0 * smile * (1 - u * u)
    gap = 25.0 * shape.open
    bow = np.maximum(1 - np.abs(u) ** (2.4 - 0.4 * shape.round), 0) ** (0.85 - 0.38 * shape.round)
    dip = 0.9 * np.exp(-((u / 0.16) ** 2)) - 0.6 * np.exp(-(((abs(u) - 0.3) / 0.2) ** 2))
    inner_top = line - 0.30 * gap * bow + dip * (1 - 0.5 * ring)
    inner_low = line + 0.70 * gap * bow if shape.open >= 0.05 else inner_top.copy()
    thin = (1 - 0.18 * smile) * fullness * (1 + 0.22 * shape.round) * (1 - 0.42 * shape.pressed)
    peak = 0.30 * (1 - 0.25 * shape.round)
    cupid = 0.90 + 0.18 * np.exp(-(((np.abs(u) - peak) / 0.20) ** 2)) - 0.10 * np.exp(-((u / 0.12) ** 2))
    top = 7.8 * thin * cupid * np.maximum(1 - np.abs(u) ** 2.3, 0) ** (0.88 - 0.36 * shape.round)
    low = 12.0 * thin * np.maximum(1 - np.abs(u) ** 2.7, 0) ** (0.80 - 0.28 * shape.round)
    low *= (1 - 0.55 * shape.tucked) * (1 - 0.08 * shape.open)
    under = line + (0.70 * gap * bow if shape.open >= 0.05 else 0.0)
    return Lips(u, inner_top - top, inner_top, inner_low, under + low, half, half + 5.0 * ring)


def jaw_of(shape: MouthShape) -> float:
    """Units by which the chin hangs lower."""
    return JAW_DROP * shape.open


def around_lips(space: FaceSpace, lips: Lips) -> tuple[slice, slice]:
    """The rows and columns that a mouth can change: a small part of the face, which saves most of the work."""
    wide, grid = lips.half_out + 26.0, space.grid
    top, low = float(lips.outer_top.min()) - 14.0, float(lips.outer_low.max()) + 16.0
    rows, columns = grid.y[:, 0].searchsorted((top, low)), grid.x[0].searchsorted((8.0 - wide, 8.0 + wide))
    return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))


def _part_of(space: FaceSpace, where: tuple[slice, slice]) -> FaceSpace:
    grid = space.grid
    return FaceSpace(Grid(grid.x[:, where[1]], grid.y[where[0]], grid.step), space.shape, space.jaw)


def add_lips(space: FaceSpace, heights: Field, lips: Lips) -> None:
    """Add the relief of the lips to the face's, in place."""
    where = around_lips(space, lips)
    if heights[where].size:
        heights[where] += _lip_heights(_part_of(space, where), lips)


def _lip_heights(space: FaceSpace, lips: Lips) -> Field:
    g = flat_grid(space)
    inner, outer = np.clip(g.x / lips.half, -1, 1), np.clip(g.x / lips.half_out, -1, 1)
    outer_top, outer_low = (np.interp(outer, lips.across, edge) for edge in (lips.outer_top, lips.outer_low))
    inner_top, inner_low = (np.interp(inner, lips.across, edge) for edge in (lips.inner_top, lips.inner_low))
    taper = np.maximum(1 - outer**6, 0) * (np.abs(g.x) < lips.half_out)
    upper = (g.y - outer_top) / np.maximum(inner_top - outer_top, 0.8)
    lower = (outer_low - g.y) / np.maximum(outer_low - inner_low, 0.8)
    z = 4.4 * _pad(upper, 0.62) * taper + 5.6 * _pad(lower, 0.52) * taper
    between = smooth_step(g.y - inner_top, -0.8, 0.6) * smooth_step(inner_low - g.y, -0.8, 0.6) * taper
    closed = np.maximum(inner_low - inner_top, 0) < 0.5
    z = z - 2.6 * between * closed - 7.0 * between * ~closed
    for side in (-1, 1):
        corner = float(np.interp(side, lips.across, lips.inner_top))
        z -= 2.0 * bump(g, side * (lips.half_out + 1.5), corner, 4.0, 4.2)
        z += 1.4 * bump(g, side * (lips.half_out + 8.0), corner + 3, 5.0, 7.0)
    return z.astype(np.float32)


def _pad(t: Field, top: float) -> Field:
    """A cushion over 0…1 whose highest point is at `top`."""
    t = np.clip(t, 0, 1)
    rise = np.sin(np.clip(t / top, 0, 1) * np.pi / 2)
    fall = np.cos(np.clip((t - top) / (1 - top), 0, 1) * np.pi / 2) ** 0.7
    return (rise * fall).astype(np.float32)


def flat_grid(space: FaceSpace) -> Grid:
    """The face's own coordinates at the mouth, without the jaw: the lips carry their own opening."""
    g = space.at(5)
    return Grid(g.x, space.grid.y, g.step)


def place_lips(space: FaceSpace, outline: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Lip edges where they are seen."""
    return FaceSpace(space.grid, space.shape).place(outline, 5)


def paint_mouth(
    space: FaceSpace, picture: Picture, heights: Field, lips: Lips, shape: MouthShape, persona: Persona
) -> None:
    """Lay lips, the opening, teeth and tongue over the skin."""
    where = around_lips(space, lips)
    if heights[where].size:
        _paint(_part_of(space, where), picture[where], heights[where], lips, shape, persona)


def _paint(space: FaceSpace, picture: Picture, heights: Field, lips: Lips, shape: MouthShape, persona: Persona) -> None:
    grid, tones, g = space.grid, persona.skin, flat_grid(space)
    lit = light_up(heights, grid.step, 34.0, (2, 5))
    both = fill(grid, place_lips(space, lips.whole()), 0.6)
    middle = np.interp(np.clip(g.x / lips.half, -1, 1), lips.across, (lips.inner_top + lips.inner_low) / 2)
    upper = smooth_step(middle - g.y, -0.6, 0.6)
    value = np.clip((0.90 * lit.key + 0.2 * lit.fill + 0.10) * (0.55 + 0.45 * lit.hollow), 0, 1)
    colours = ramp(lip_tones(tones.lip, tones.shade), value)
    colours *= (1 + 0.018 * np.sin(g.x * 2.1 + 0.6 * np.sin(g.x)))[..., None]
    add_light(colours, lit.shine * 0.34, tones.light)
    multiply(colours, upper * 0.20, (214, 190, 188))
    lay(picture, np.clip(both, 0, 1) * tones.lip_weight, colours)
    _corners(space, picture, lips, persona)
    if shape.open > 0.05:
        _inside(space, picture, lips, shape)
    else:
        _closed_line(space, picture, lips, persona)


def lip_tones(lip: Colour, shade: Colour) -> tuple[Colour, ...]:
    """Tones of the lips from their line to their light."""
    return mixed(scaled(lip, 0.36), shade, 0.3), scaled(lip, 0.74), lip, mixed(lip, (255, 226, 214), 0.42)


def _corners(space: FaceSpace, picture: Picture, lips: Lips, persona: Persona) -> None:
    g = flat_grid(space)
    corner = float(lips.inner_top[0])
    dark = scaled(persona.skin.shade, 0.8)
    for side in (-1, 1):
        multiply(picture, 0.30 * bump(g, side * (lips.half_out - 0.6), corner + 0.3, 2.2, 1.3), dark)
    low = float(lips.outer_low.max())
    multiply(picture, 0.24 * bump(g, 2, low + 3.2, lips.half * 0.48, 2.8), persona.skin.shade)


def _closed_line(space: FaceSpace, picture: Picture, lips: Lips, persona: Persona) -> None:
    path = place_lips(space, np.stack([lips.across * lips.half, lips.inner_top], 1)[1:-1])
    dark = mixed(scaled(persona.skin.lip, 0.30), (30, 8, 10), 0.4)
    inner = path[10:-10]
    multiply(picture, 0.30 * line(space.grid, path, 1.0, 0.6), dark)
    multiply(picture, 0.48 * line(space.grid, inner, 1.0, 0.5), dark)
    multiply(picture, 0.22 * line(space.grid, inner, 1.8, 1.4), persona.skin.shade)


def _inside(space: FaceSpace, picture: Picture, lips: Lips, shape: MouthShape) -> None:
    grid, g = space.grid, flat_grid(space)
    hole = fill(grid, place_lips(space, lips.opening()), 0.35)
    u = np.clip(g.x / lips.half, -1, 1)
    top = np.interp(u, lips.across, lips.inner_top)
    low = np.interp(u, lips.across, lips.inner_low)
    deep = np.zeros((*grid.shape, 3), np.float32) + np.array((58, 16, 18), np.float32)
    multiply(deep, smooth_step(low - g.y, 1.0, 9.0), (92, 70, 74))
    if shape.tongue or shape.open > 0.4:
        _tongue(deep, g, top, low, shape)
    _teeth(deep, g, lips, shape)
    if shape.tongue > 0.9:
        _tongue(deep, g, top, low, shape)
    shadow = 1 - 0.52 * np.exp(-np.maximum(g.y - top, 0) / 2.2)
    ends = 1 - 0.65 * np.abs(u) ** 3.2
    deep *= (shadow * ends)[..., None].astype(np.float32)
    lay(picture, hole, deep)


def _tongue(deep: Picture, g: Grid, top: Field, low: Field, shape: MouthShape) -> None:
    """Its back rises from the lower lip; its tip comes up to the teeth with `tongue`."""
    reach = (low - top).max()
    lift = reach * (0.36 + 0.30 * shape.tongue)
    crown = low.max() - lift * np.sqrt(np.maximum(1 - (g.x / (17 + 5 * shape.width)) ** 2, 0))
    mask = smooth_step(g.y - crown, -0.6, 1.2)
    tone = np.zeros_like(deep) + np.array((188, 92, 92), np.float32)
    multiply(tone, 0.5 * np.exp(-((g.x / 2.2) ** 2)) * np.ones_like(mask), (150, 92, 96))
    multiply(tone, smooth_step(g.y - crown, 1.0, max(4.0, float(lift))) * 0.5, (120, 70, 74))
    add_light(tone, 0.22 * np.exp(-(((g.y - crown - 2.2) / 1.4) ** 2)).astype(np.float32), (255, 226, 222))
    lay(deep, mask, tone)


def _teeth(deep: Picture, g: Grid, lips: Lips, shape: MouthShape) -> None:
    """The upper row hangs from the skull, so the lip uncovers it; the lower row shows in wide open mouths."""
    seams = np.array([0, 8.2, 15.0, 21.8, 27.5, 33], np.float32)
    near = np.min(np.abs(np.abs(g.x)[..., None] - seams), axis=-1)
    scallop = 0.9 * np.exp(-((near / 1.5) ** 2)) + 0.9 * smooth_step(np.abs(g.x), 7.6, 9.0) * (np.abs(g.x) < 15)
    centre = float(np.interp(0.0, lips.across, lips.inner_top))
    # A tongue at the teeth keeps the jaws a little apart, so that it is seen under them.
    shown = min(8.4 * shape.teeth, 25.0 * shape.open * (0.60 if shape.tongue > 0.5 else 1.3))
    edge = centre + 0.4 + shown - 0.0042 * g.x**2 - scallop
    bone = np.zeros_like(deep) + np.array((247, 239, 228), np.float32)
    multiply(bone, 0.30 * np.exp(-((near / 0.55) ** 2)) * np.ones(deep.shape[:2], np.float32), (176, 150, 136))
    multiply(bone, np.clip((np.abs(g.x) / 30.0) ** 2, 0, 0.75) * np.ones(deep.shape[:2], np.float32), (168, 138, 124))
    add_light(bone, 0.5 * np.exp(-(((g.y - edge + 3.6) / 1.5) ** 2)) * (near > 1.0) * 0.5, (255, 255, 255))
    if shape.teeth > 0.05:
        lay(deep, smooth_step(edge - g.y, -0.5, 0.5), bone)
    if shape.open < 0.6 and shape.teeth >= 0.8 and shape.tongue < 0.5:
        lower = edge + 1.2 + 3.0 * shape.open
        lay(deep, smooth_step(g.y - lower, -0.5, 0.5) * 0.78, bone * 0.86)
