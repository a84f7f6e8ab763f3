"""Eyes: a ball that the iris moves on, and lids of skin around it that shut over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Field, Grid, bump, crease, fill, line, make_grid, noise, smooth_step
from avatar.faces.contracts import Persona
from avatar.faces.face import FaceSpace
from avatar.faces.light import Picture, add_light, lay, mixed, multiply, scaled

HALF = 22.0
IRIS = 10.7
DEPTH = 4.0


@dataclass(frozen=True)
class Lid:
    """How far the lids are shut (0–1) and how much a smile lifts the lower one (0–1)."""

    shut: float = 0.0
    squint: float = 0.3


@dataclass(frozen=True)
class EyeEdges:
    """Both lid edges of one eye from the inner to the outer corner, in the face's units."""

    x: npt.NDArray[Any]
    top: npt.NDArray[Any]
    low: npt.NDArray[Any]
    fold: npt.NDArray[Any]

    def opening(self) -> npt.NDArray[Any]:
        """The closed shape in which the ball shows."""
        return np.vstack([np.stack([self.x, self.top], 1), np.stack([self.x, self.low], 1)[::-1]])


def edges_of(persona: Persona, side: int, lid: Lid) -> EyeEdges:
    """Where the lids of the eye at `side` (−1 left in the picture) lie."""
    look = persona.eyes
    e = np.linspace(-1, 1, 61).astype(np.float32)
    x = side * (look.apart + HALF * look.width * e)
    base = 2.0 - look.tilt * (e + 1) / 2
    high = (10.8 - 1.4 * lid.squint) * look.height
    deep = (6.9 - 2.7 * lid.squint) * look.height
    open_top = base - high * np.maximum(1 - np.abs(e + 0.06) ** 2.25, 0) ** 0.82
    open_low = base + deep * np.maximum(1 - np.abs(e - 0.10) ** 2.1, 0) ** 0.9
    ends = smooth_step(np.abs(e), 0.93, 1.0)
    open_top, open_low = open_top * (1 - ends) + base * ends, open_low * (1 - ends) + base * ends
    shut_line = base + (5.2 - 1.2 * lid.squint) * look.height * (1 - e**2)
    top = open_top + (shut_line - open_top) * lid.shut
    low = open_low + (shut_line + 0.4 - open_low) * lid.shut * 0.9
    low = np.maximum(low, top)
    away = (look.crease * (1 - 0.35 * e**2) + 1.2) * (1 + 0.9 * lid.shut)
    fold = top - away * smooth_step(e, -1.25, -0.4) - 0.4
    return EyeEdges(x, top, low, fold.astype(np.float32))


def iris_centre(persona: Persona, side: int) -> tuple[float, float]:
    """Where the iris rests, in the face's units; the upper lid covers a fifth of it."""
    look = persona.eyes
    base = 2.0 - look.tilt / 2
    return side * (look.apart - 0.6) + 0.6, base - (10.8 * look.height - 6.7)


def lid_heights(space: FaceSpace, persona: Persona, lid: Lid) -> Field:
    """What lids add to the relief of the face: the fold, the rounding towards the lashes, the bag below."""
    z = np.zeros(space.grid.shape, np.float32)
    for side in (-1, 1):
        edge = edges_of(persona, side, lid)
        fold = np.stack([edge.x, edge.fold], 1)[3:]
        if persona.eyes.crease > 0.5:
            z -= 2.0 * crease(space.grid, space.place(fold, DEPTH), 1.5)
        plate = np.stack([edge.x, (edge.fold + edge.top) / 2], 1)
        z += 1.5 * crease(space.grid, space.place(plate, DEPTH), 2.6)
        rim = np.stack([edge.x, edge.low + 1.8], 1)
        z += 1.2 * crease(space.grid, space.place(rim, DEPTH), 1.7)
        bag = np.stack([edge.x, edge.low + 6.2], 1)[6:-8]
        deep = 0.5 + 1.0 * persona.face.age + 0.9 * lid.squint
        z -= deep * crease(space.grid, space.place(bag, DEPTH), 2.4)
    return z


def paint_lids(space: FaceSpace, picture: Picture, persona: Persona, lid: Lid) -> Field:
    """Lay lid tones and lashes over the skin; returns the opening's coverage, where the ball shows."""
    grid = space.grid
    whole = np.zeros(grid.shape, np.float32)
    for side in (-1, 1):
        edge = edges_of(persona, side, lid)
        _lid_tones(space, picture, persona, edge)
        opening = fill(grid, space.place(edge.opening(), DEPTH), 0.22) if lid.shut < 0.97 else whole * 0
        whole = np.maximum(whole, opening)
    return whole


def _lid_tones(space: FaceSpace, picture: Picture, persona: Persona, edge: EyeEdges) -> None:
    grid, shade = space.grid, persona.skin.shade
    plate = np.vstack([np.stack([edge.x, edge.fold], 1), np.stack([edge.x, edge.top], 1)[::-1]])
    multiply(picture, 0.26 * fill(grid, space.place(plate, DEPTH), 1.0), mixed(shade, persona.skin.mix, 0.3))
    fold = space.place(np.stack([edge.x, edge.fold], 1)[4:], DEPTH)
    if persona.eyes.crease > 0.5:
        multiply(picture, 0.50 * line(grid, fold, 0.9, 0.5), scaled(shade, 0.8))
    rim = space.place(np.stack([edge.x, edge.low + 0.7], 1)[4:-2], DEPTH)
    lay(picture, 0.38 * line(grid, rim, 1.2, 0.35), mixed(persona.skin.lit, (232, 150, 138), 0.45))
    below = space.place(np.stack([edge.x, edge.low + 1.9], 1)[20:], DEPTH)
    multiply(picture, 0.34 * line(grid, below, 0.9, 0.6), scaled(shade, 0.7))


def paint_lashes(space: FaceSpace, picture: Picture, cover: Field, persona: Persona, lid: Lid) -> Field:
    """Lash lines and lashes over skin and ball; returns the coverage with the lashes added."""
    dark = mixed(persona.hair.dark, (14, 10, 10), 0.55)
    total = np.zeros(space.grid.shape, np.float32)
    for side in (-1, 1):
        edge = edges_of(persona, side, lid)
        total = np.maximum(total, fill(space.grid, space.place(_wedge(edge, persona), DEPTH), 0.2))
        total = np.maximum(total, _lashes(space, edge, persona, side, lid))
    lay(picture, total, dark)
    return np.maximum(cover, total)


def _wedge(edge: EyeEdges, persona: Persona) -> npt.NDArray[Any]:
    """The line of the upper lashes: thin at the nose, a wedge outside."""
    e = np.linspace(0, 1, len(edge.x))
    thick = (0.7 + 2.1 * e**1.3) * (0.35 + 0.65 * persona.eyes.lashes)
    thick[-6:] *= (0.9, 0.75, 0.6, 0.45, 0.3, 0.1)
    low = np.stack([edge.x, edge.top + 0.35], 1)
    high = np.stack([edge.x, edge.top - thick], 1)
    return np.vstack([high, low[::-1]])


def _lashes(space: FaceSpace, edge: EyeEdges, persona: Persona, side: int, lid: Lid) -> Field:
    mask = np.zeros(space.grid.shape, np.float32)
    rng = np.random.default_rng(persona.seed * 7 + side + 1)
    count = round(26 * persona.eyes.lashes)
    down = lid.shut
    for place in np.linspace(0.22, 0.985, max(count, 3)):
        index = place * (len(edge.x) - 1)
        root_x = float(np.interp(index, range(len(edge.x)), edge.x))
        root_y = float(np.interp(index, range(len(edge.x)), edge.top))
        long = (1.6 + 3.6 * place**2) * persona.eyes.lashes * rng.uniform(0.75, 1.15)
        lean = side * (0.10 + 0.85 * place)
        rise = -1.0 + 1.75 * down
        tip = (root_x + lean * long * 0.9, root_y + rise * long * (1 - 0.35 * place))
        middle = (root_x + lean * long * 0.60, root_y + rise * long * 0.30)
        path = space.place([(root_x, root_y), middle, tip], DEPTH)
        mask = np.maximum(mask, line(space.grid, path[:2], 0.75) * 0.9)
        mask = np.maximum(mask, line(space.grid, path[1:], 0.42) * 0.8)
    return mask


def shadow_on_ball(space: FaceSpace, persona: Persona, lid: Lid) -> Field:
    """How dark the upper lid makes the ball under it, 0–1, and the wet line along the lower lid."""
    dark = np.zeros(space.grid.shape, np.float32)
    for side in (-1, 1):
        edge = edges_of(persona, side, lid)
        path = space.place(np.stack([edge.x, edge.top - 0.5], 1), DEPTH)
        dark = np.maximum(dark, np.clip(line(space.grid, path, 4.4, 1.9), 0, 1) * 0.62)
        ends = space.place([(edge.x[0], edge.top[0]), (edge.x[4], edge.top[4])], DEPTH)
        dark = np.maximum(dark, line(space.grid, ends, 3.0, 1.2) * 0.25)
    return dark


def draw_ball(space: FaceSpace, persona: Persona, side: int) -> Picture:
    """The white with its rounding, the tear duct and a few veins' warmth; never pure white."""
    g = space.at(DEPTH)
    cx = side * persona.eyes.apart
    out = (np.abs(g.x - cx) / 24.0) ** 2 + ((g.y - 1) / 17.0) ** 2
    white = np.zeros((*space.grid.shape, 3), np.float32) + np.array((236, 230, 224), np.float32)
    multiply(white, np.clip(out, 0, 1) * 0.75, (168, 146, 140))
    multiply(white, smooth_step((g.x - cx), 0, 24) * 0.22 * np.ones_like(out), (150, 140, 146))
    duct = bump(g, cx - side * HALF * persona.eyes.width * 0.93, 2.6, 3.0, 2.6)
    lay(white, np.clip(duct * 1.1, 0, 0.85), (205, 128, 118))
    return white


def draw_iris(persona: Persona, scale: float, samples: int = 4) -> npt.NDArray[Any]:
    """The iris as RGBA (0–255, straight), 26 units square at `scale` pixels a unit, before shrinking by `samples`."""
    size = max(8, round(26 * scale) * samples)
    g = make_grid(-13, -13, size, size, 26 / size)
    radius = np.sqrt(g.x**2 + g.y**2)
    angle = np.arctan2(g.y + 0 * g.x, g.x + 0 * g.y)
    picture = _iris_tones(persona, g, radius, angle)
    _lights(picture, g)
    alpha = smooth_step(IRIS + 0.35 - radius, 0.0, 0.9)
    return np.dstack([np.clip(picture, 0, 255), alpha * 255]).astype(np.float32)


def _iris_tones(persona: Persona, g: Grid, radius: Field, angle: Field) -> Picture:
    look = persona.eyes
    rng = np.random.default_rng(persona.seed + 31)
    rays = sum(np.sin(angle * n + rng.uniform(0, 6.28)) * a for n, a in ((23, 0.5), (37, 0.4), (46, 0.5), (61, 0.3)))
    rays = np.asarray(rays) * smooth_step(radius, 3.6, 6.5) + noise(radius.shape, radius.shape[0] / 14, 3, 2) * 0.5
    picture = np.zeros((*radius.shape, 3), np.float32) + np.array(look.iris, np.float32)
    glow = np.clip(0.28 + 0.50 * g.y / IRIS + 0.20 * rays, 0, 1) * smooth_step(IRIS + 0.2 - radius, 0, 2.4)
    lay(picture, glow.astype(np.float32), look.iris_lit)
    collar = np.exp(-(((radius - 5.4) / 1.3) ** 2)) * 0.30
    lay(picture, collar.astype(np.float32), scaled(look.iris_lit, 1.12))
    multiply(picture, smooth_step(radius, 8.3, IRIS + 0.2) * 0.78, scaled(look.iris, 0.30))
    lay(picture, smooth_step(4.75 - radius, -0.4, 0.5), (13, 9, 10))
    return picture


def _lights(picture: Picture, g: Grid) -> None:
    """Soft window light up left and a weak answer down right."""
    wide = np.abs((g.x + 3.6) * 0.92 + (g.y + 3.4) * 0.18) ** 3 / 2.3**3 + np.abs(g.y + 3.5) ** 3 / 2.7**3
    lay(picture, (0.96 * smooth_step(1.15 - wide, 0.0, 0.5)).astype(np.float32), (255, 253, 248))
    weak = ((g.x - 3.9) / 1.9) ** 2 + ((g.y - 4.8) / 1.3) ** 2
    add_light(picture, (0.42 * smooth_step(1.2 - weak, 0.0, 1.0)).astype(np.float32), (255, 240, 220))
    sky = np.exp(-(((g.x + 1.0) / 7.0) ** 2) - ((g.y + 8.0) / 3.0) ** 2)
    add_light(picture, (0.20 * sky).astype(np.float32), (214, 228, 240))


def draw_brow(persona: Persona, side: int, space: FaceSpace) -> npt.NDArray[Any]:
    """One brow as RGBA (0–255, straight alpha): a soft base and hairs that turn with the arch."""
    look, grid = persona.brows, space.grid
    path = brow_path(persona, side)
    base = _brow_base(space, path, look.thickness)
    hairs = _brow_hairs(space, path, persona, side)
    alpha = np.clip(np.maximum(base * 0.62, hairs), 0, 1)
    picture = np.zeros((*grid.shape, 3), np.float32) + np.array(look.colour, np.float32)
    add_light(picture, hairs * 0.05, (255, 230, 200))
    return np.dstack([picture, alpha * 255]).astype(np.float32)


def brow_path(persona: Persona, side: int) -> npt.NDArray[Any]:
    """The middle of the brow from its inner to its outer end, in the face's units."""
    arch = persona.brows.arch
    t = np.linspace(0, 1, 41)
    x = persona.eyes.apart - 24.5 + 51 * t
    peak = np.where(
        t < 0.64,
        np.sin(t / 0.64 * np.pi / 2),
        np.maximum(np.cos((t - 0.64) / 0.36 * np.pi / 2), 0) ** 0.9 * 1.25 - 0.25,
    )
    y = persona.brows.drop - 29.5 - arch * peak - 1.0 * t
    return np.stack([side * x, y], 1).astype(np.float32)


def _widths(thickness: float) -> npt.NDArray[np.float64]:
    t = np.linspace(0, 1, 41)
    return (
        thickness
        * np.minimum(0.62 + 1.2 * t, 1.0)
        * np.where(t < 0.5, 1.0, 1.0 - 0.86 * np.maximum((t - 0.5) / 0.5, 0) ** 1.4)
    )


def _brow_base(space: FaceSpace, path: npt.NDArray[Any], thickness: float) -> Field:
    half = _widths(thickness)[:, None] / 2 * np.array([[0.0, 1.0]])
    shape = np.vstack([path - half, (path + half)[::-1]])
    start = float(np.abs(path[0, 0]))
    fade = smooth_step(np.abs(space.at(DEPTH).x), start - 1, start + 14)
    return fill(space.grid, space.place(shape, DEPTH), 1.3) * (0.10 + 0.90 * fade)


def _brow_hairs(space: FaceSpace, path: npt.NDArray[Any], persona: Persona, side: int) -> Field:
    rng = np.random.default_rng(persona.seed * 3 + side + 5)
    thick = _widths(persona.brows.thickness)
    hairs = np.zeros(space.grid.shape, np.float32)
    for _ in range(190):
        t = rng.uniform(0, 0.97)
        index = int(t * 40)
        along = path[min(index + 1, 40)] - path[max(index - 1, 0)]
        along = along / max(float(np.hypot(*along)), 1e-3)
        offset = rng.uniform(-0.5, 0.5) * thick[index]
        up = np.array([0.0, -1.0]) * (1.0 - t) * (0.75 + offset / thick[index]) * 0.75
        fall = np.array([0.0, 1.0]) * max(0.0, -offset / thick[index]) * 0.5
        heading = along + up + fall
        root = path[index] + (0, offset)
        long = rng.uniform(5.0, 8.0) * (1 - 0.35 * t) * min(1.0, persona.brows.thickness / 6)
        tip = root + heading / max(float(np.hypot(*heading)), 1e-3) * long
        stroke = line(space.grid, space.place([root, (root + tip) / 2 + (0, -0.3), tip], DEPTH), 0.55)
        weight = rng.uniform(0.40, 0.90) * min(1.0, 0.12 + 3.2 * t)
        hairs = np.maximum(hairs, stroke * weight)
    return hairs
