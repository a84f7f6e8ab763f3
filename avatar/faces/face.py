"""The head in its own units: origin between the eyes, y down, crown at −155, chin near 135.

The face is turned a little and never mirrors itself. One drawing serves the whole head and every patch of it: a patch
with another mouth or other lids meets the rest of the face without a seam, because both come from the same relief.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import (
    Field,
    Grid,
    bump,
    crease,
    fill,
    line,
    make_grid,
    smooth_step,
    spline,
    still_noise,
    tilted_bump,
)
from avatar.faces.contracts import FaceShape, Persona
from avatar.faces.light import Picture, add_light, light_up, multiply, skin_colour

TURN = 0.5
"""Share of the largest turn: the near side is on the left, under the light."""
PLAIN = ((0, -141), (34, -138), (62, -126), (82, -100), (91, -64), (93.5, -24), (92, 10), (88.2, 40), (80.8, 64))
SOFT_JAW = ((69.6, 85), (56, 103.5), (38, 119.5), (19, 129), (0, 132.5))
HARD_JAW = ((75, 89), (64, 108), (47, 125), (25, 136), (0, 139))
PROFILE = ((-145, 6), (-136, 34), (-122, 56), (-98, 76), (-60, 90), (-20, 94), (60, 95), (98, 94), (116, 88))
PROFILE_CHIN = ((127, 74), (133, 48), (140, 10))


@dataclass(frozen=True)
class FaceSpace:
    """A grid over the picture of the head, seen through the turn and the dropped jaw."""

    grid: Grid
    shape: FaceShape
    jaw: float = 0.0

    def at(self, depth: float = 0.0) -> Grid:
        """The grid in the face's own coordinates for features `depth` in front of the skin."""
        flat = self.grid.x - TURN * 9.0 * np.clip(1.0 - (self.grid.x / 108.0) ** 2, 0, 1)
        y = self.grid.y - self.jaw * smooth_step(self.grid.y, 58.0, 122.0)
        return Grid((flat - TURN * depth).astype(np.float32), y.astype(np.float32), self.grid.step)

    def place(self, points: npt.ArrayLike, depth: float = 0.0) -> npt.NDArray[Any]:
        """Points of the face where they are seen in the picture."""
        p = np.array(points, dtype=np.float32)
        p[:, 0] += TURN * (9.0 * np.clip(1.0 - (p[:, 0] / 108.0) ** 2, 0, 1) + depth)
        p[:, 1] += self.jaw * smooth_step(p[:, 1], 54.0, 116.0)
        return p


def half_widths(shape: FaceShape) -> npt.NDArray[Any]:
    """(half width, y) along the right edge of the face from the top of the skull to the chin."""
    jaw = [
        ((1 - shape.manly) * soft[0] + shape.manly * hard[0], (1 - shape.manly) * soft[1] + shape.manly * hard[1])
        for soft, hard in zip(SOFT_JAW, HARD_JAW, strict=True)
    ]
    edge = [(x * shape.width, float(y)) for x, y in PLAIN]
    edge += [(x * shape.width * shape.jaw, 85 + (y - 85) * shape.chin if y > 85 else y) for x, y in jaw]
    # The other side's neighbours at both ends keep crown and chin round.
    around = [(-edge[1][0], edge[1][1]), *edge, (-edge[-2][0], edge[-2][1])]
    return spline(around, 10)[10:-10]


def outline(space: FaceSpace) -> npt.NDArray[Any]:
    """The closed edge of the face where it is seen."""
    right = half_widths(space.shape)
    left = right[::-1] * (-1, 1)
    return space.place(np.vstack([right, left]))


def sculpt(space: FaceSpace, smile: float) -> Field:
    """The relief of the face without lips and lids."""
    grid = space.grid
    return _sculpted(grid.left, grid.top, grid.shape, grid.step, space.shape, space.jaw, smile).copy()


@lru_cache(maxsize=4)
def _sculpted(
    left: float, top: float, size: tuple[int, int], step: float, shape: FaceShape, jaw: float, smile: float
) -> Field:
    """Patches that differ only in lids or lips come one after the other and share this."""
    space = FaceSpace(make_grid(left, top, size[1], size[0], step), shape, jaw)
    return (_skull(space) + _planes(space, smile) + _nose(space) + _folds(space, smile)).astype(np.float32)


def _skull(space: FaceSpace) -> Field:
    shape, g = space.shape, space.at()
    edge = half_widths(shape)
    wide = np.interp(g.y, edge[:, 1], edge[:, 0], left=1.0, right=1.0)
    reach = 85 + (np.array([y for _, y in edge[-1:]]) - 85)
    end = float(reach[0])
    side = spline([*PROFILE, *[(y + end - 133.0, z) for y, z in PROFILE_CHIN]], 8)
    deep = np.interp(g.y, side[:, 0], side[:, 1])
    out = np.clip(np.abs(g.x) / np.maximum(wide, 1.0), 0.0, 1.0)
    round_off = np.sqrt(np.maximum(1.0 - out**2.6, 0.0))
    return (deep * (0.25 + 0.75 * round_off) * smooth_step(round_off, -0.2, 0.55)).astype(np.float32)


def _planes(space: FaceSpace, smile: float) -> Field:
    """Sockets, brow ridge, cheekbones, muzzle and chin."""
    shape, skin, eye = space.shape, space.at(), space.at(4)
    manly, cheek = shape.manly, shape.cheek
    z = np.zeros(space.grid.shape, np.float32)
    for side in (-1, 1):
        z -= 8.5 * bump(eye, side * 43, -3, 24, 14) + 6.0 * bump(eye, side * 22, -4, 8, 11)
        z += 8.0 * bump(eye, side * 44, 0, 15.5, 11.5)
        z += (3.0 + 4.5 * manly) * tilted_bump(eye, side * 40, -33, 30, 7.5, side * 6)
        z += 6.0 * cheek * tilted_bump(skin, side * 60, 27, 25, 13, -side * 18)
        z += (2.0 + 5.5 * smile) * bump(skin, side * 47, 44 - 5 * smile, 17, 14)
        z -= (2.0 + 3.0 * manly) * bump(skin, side * 70, 66, 16, 24)
        z -= 5.0 * bump(skin, side * 86, -50, 14, 24)
        z += 2.5 * manly * bump(skin, side * 27, 124, 12, 10)
    z += 5.0 * bump(skin, 0, -84, 44, 28) + 7.5 * bump(skin, 0, 80, 30, 24)
    chin = 122 + 3 * manly
    z += 8.0 * bump(skin, 0, chin, 19 + 5 * manly, 11) - 5.5 * bump(skin, 0, 105, 20, 5.5)
    return z


def _nose(space: FaceSpace) -> Field:
    shape, g = space.shape, space.at(9)
    wing = shape.nose
    long = shape.nose_length
    y = g.y / long
    narrow = np.interp(y, [-40, -22, 0, 22, 42, 52], [13, 9.2, 7.4, 7.8, 8.8, 9.5]) * (0.72 + wing / 62)
    rise = np.interp(y, [-46, -32, -14, 10, 30, 42, 52], [0, 2.5, 6.5, 11.5, 17, 19.5, 18])
    ridge = rise * np.exp(-0.5 * (g.x / narrow) ** 2)
    z = ridge + 8.0 * bump(g, 0, 43.0 * long, 7.6, 7.6)
    for side in (-1, 1):
        z += 9.5 * bump(g, side * (wing - 3.8), 46.6 * long, 4.9, 5.6)
        z -= 1.2 * tilted_bump(g, side * (wing + 3.4), 45 * long, 2.0, 5.5, side * 12)
    foot = 53.0 * long + 2.0 * np.exp(-((g.x / 5.5) ** 2)) - 0.0065 * g.x**2
    under = 1.0 / (1.0 + np.exp(np.clip((g.y - foot) / 2.1, -30, 30)))
    return (z * under).astype(np.float32)


def _folds(space: FaceSpace, smile: float) -> Field:
    """The line from nose to mouth, deeper with a smile and with years, and the groove under the nose."""
    shape, mouth = space.shape, space.at(5)
    z = -1.3 * tilted_bump(mouth, 0, 64, 2.8, 6.0, 0)
    for side in (-1, 1):
        z += 0.8 * bump(mouth, side * 5.6, 65, 2.2, 7)
        path = [(side * 22, 47), (side * 33, 57), (side * (42 + 3 * smile), 70), (side * (45 + 4 * smile), 84)]
        deep = 0.2 + 1.2 * smile + 1.2 * shape.age
        z -= deep * crease(space.grid, space.place(spline(path), 5), 3.4)
    return np.asarray(z, np.float32)


def skin_picture(space: FaceSpace, heights: Field, persona: Persona) -> Picture:
    """The lit skin with blush, stubble and pores; lips and lids are laid over it by their own modules."""
    step = space.grid.step
    pores = still_noise(space.grid, 2.4, persona.seed) * (0.07 + 0.05 * persona.face.manly)
    lit = light_up(heights + pores, step)
    picture = skin_colour(lit, persona.skin, step)
    _warm_up(space, picture, persona)
    _nostrils(space, picture, persona)
    if persona.skin.stubble:
        _stubble(space, picture, persona)
    return picture


def _warm_up(space: FaceSpace, picture: Picture, persona: Persona) -> None:
    skin, eye, nose = space.at(), space.at(4), space.at(8)
    tones = persona.skin
    weight = tones.blush_weight
    for side in (-1, 1):
        multiply(picture, weight * tilted_bump(skin, side * 57, 35, 20, 14, -side * 20), tones.blush)
        inner = (0.15 + 0.12 * persona.face.manly) * bump(eye, side * 21, -5, 6, 9)
        multiply(picture, inner + 0.20 * bump(eye, side * 45, -15, 19, 5.5), tones.shade)
        multiply(picture, 0.10 * bump(eye, side * 40, 15, 15, 5), tones.shade)
    _nose_marks(space, picture, persona)
    multiply(picture, weight * 0.45 * bump(nose, 0, 44, 12, 7), tones.blush)
    multiply(picture, weight * 0.30 * bump(skin, 0, 124, 16, 9), tones.blush)
    # The nose keeps the light from the skin under its far side.
    multiply(picture, 0.30 * tilted_bump(skin, 16, 57, 14, 5.5, 16), tones.shade)
    multiply(picture, 0.20 * bump(skin, 74, 40, 22, 60), tones.mix)


def _nose_marks(space: FaceSpace, picture: Picture, persona: Persona) -> None:
    """The crease around each wing, and the light on bridge and tip."""
    wing, long, tones = persona.face.nose, persona.face.nose_length, persona.skin
    for side in (-1, 1):
        arc = [
            (side * (wing - 1.0), 39.5 * long),
            (side * (wing + 2.2), 44.0 * long),
            (side * (wing + 1.2), 50.0 * long),
        ]
        mark = line(space.grid, space.place(spline(arc), 8), 1.6, 1.1)
        multiply(picture, (0.60 if side > 0 else 0.42) * mark, tones.shade)
    nose = space.at(8)
    add_light(picture, 0.16 * bump(nose, -2.2, 40 * long, 3.4, 3.0) + 0.10 * bump(nose, -1.4, 8, 2.6, 17), tones.light)


def _nostrils(space: FaceSpace, picture: Picture, persona: Persona) -> None:
    place, long = persona.face.nose * 0.49, persona.face.nose_length
    for side in (-1, 1):
        path = [(-4.6, 1.3), (-2.5, -1.1), (1.5, -1.7), (4.4, -0.2), (3.0, 1.5), (-1.5, 1.9)]
        spot = [(side * place + side * x * 0.95, 52.6 * long + y) for x, y in path]
        mask = fill(space.grid, space.place(spline(spot, closed=True), 8), 0.7)
        red, green, blue = (round(colour * 0.42) for colour in persona.skin.shade)
        multiply(picture, 0.80 * mask, (red, green, blue))


def _stubble(space: FaceSpace, picture: Picture, persona: Persona) -> None:
    """A shade of beard: short dark dots over a cool tone, thin towards cheek and lip."""
    g = space.at()
    beard = smooth_step(g.y, 40, 92) * (1 - 0.85 * bump(g, 0, 60, 9, 12)) + 0.9 * bump(g, 0, 66, 26, 6)
    cheek = smooth_step(np.abs(g.x) * 0.55 + g.y, 76, 104)
    zone = np.clip(beard, 0, 1) * np.maximum(cheek, 0.8 * bump(g, 0, 67, 30, 9))
    dots = np.clip(still_noise(space.grid, 0.7, persona.seed + 5, 1) * 1.3 - 0.2, 0, 1)
    amount = persona.skin.stubble * zone.astype(np.float32)
    multiply(picture, amount * 0.36, (134, 118, 116))
    multiply(picture, amount * dots * 0.34, (84, 66, 60))
