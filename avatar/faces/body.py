"""Neck, shoulders and arms under clothes, in units of the 720 × 1280 frame; x counts from the middle of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Field, Grid, Point, blur, bump, crease, fill, join, limb, noise, smooth_step, spline
from avatar.faces.contracts import Colour, Persona
from avatar.faces.light import Picture, active, add_light, cloth_colour, lay, light_up, multiply, scaled, skin_colour

SIDE = ((44, 548), (47, 586), (64, 604), (104, 619), (158, 634), (204, 655), (234, 692), (249, 744), (257, 812))
LOWER = ((263, 880), (268, 940), (272, 1040))


def both_sides(points: Sequence[Point]) -> list[Point]:
    """Points right of the middle, top to bottom, and the same left, back to the top."""
    return [*points, *[(-x, y) for x, y in reversed(points)]]


def outline(persona: Persona) -> npt.NDArray[Any]:
    """The edge of the clothed body."""
    broad = 1 + 0.045 * persona.face.manly
    side = [(x * (broad if y > 600 else 1.0 + 0.12 * persona.face.manly), y) for x, y in spline([*SIDE, *LOWER])]
    return np.array(both_sides(side), np.float32)


def torso(grid: Grid, persona: Persona) -> Field:
    """The relief of chest, shoulders and hanging arms."""
    manly = persona.face.manly
    broad = 1 + 0.045 * manly
    wide = np.interp(grid.y, [560, 610, 660, 760, 900, 1040], [60, 124, 190, 220, 220, 226]) * broad
    chest = 96 * np.sqrt(np.maximum(1 - np.clip(np.abs(grid.x) / wide, 0, 1) ** 2.6, 0))
    chest = chest * smooth_step(grid.y, 560, 720) - 20
    chest = np.where(np.abs(grid.x) < wide, chest, -60).astype(np.float32)
    whole = chest
    for side in (-1, 1):
        arm = limb(
            grid,
            [
                (side * x * broad, y, z, r)
                for x, y, z, r in ((198, 692, 26, 44), (216, 790, 20, 46), (222, 900, 16, 48), (222, 1060, 18, 50))
            ],
        )
        slope = limb(
            grid,
            [(side * x * broad, y, z, r) for x, y, z, r in ((30, 604, 14, 34), (120, 648, 16, 36), (196, 696, 24, 46))],
        )
        whole = join(join(whole, np.maximum(arm, -60), 30), np.maximum(slope, -60), 30)
        whole += (20 - 9 * manly) * bump(grid, side * (76 + 8 * manly), 788 - 26 * manly, 50, 48)
    return blur(whole, 7.0 / grid.step)


FOLDS: tuple[tuple[tuple[Point, ...], float, float], ...] = (
    (((176, 742), (150, 772), (112, 796)), 4.5, 9),
    (((180, 762), (166, 812), (138, 862), (96, 904)), 5.0, 11),
    (((184, 792), (180, 860), (168, 936), (156, 1010)), 5.0, 12),
    (((96, 846), (104, 900), (98, 1000)), 3.4, 14),
    (((46, 880), (58, 940), (52, 1020)), 2.4, 13),
    (((252, 880), (224, 898), (196, 894)), 4.4, 7),
    (((258, 918), (228, 938), (194, 930)), 5.2, 8),
    (((196, 958), (224, 974), (262, 962)), 4.2, 8),
    (((214, 700), (226, 760), (224, 830)), 2.6, 12),
    (((74, 634), (120, 690), (132, 740)), 2.6, 13),
)
"""Path right of the middle, depth and spread of the folds that hanging cloth throws from armpit, bust and elbow."""


def folds(grid: Grid, persona: Persona, softness: float = 1.0) -> Field:
    """What hanging cloth adds: its folds, other ones on each side, and the small unrest between them."""
    rng = np.random.default_rng(persona.seed + 7)
    z = np.zeros(grid.shape, np.float32)
    for side in (-1, 1):
        for path, deep, spread in FOLDS:
            moved = np.array(path) * (side, 1) + rng.normal(0, 7, (len(path), 2))
            depth = softness * deep * rng.uniform(0.45, 1.35)
            curve = spline([(float(x), float(y)) for x, y in moved], 8)
            z -= depth * crease(grid, curve, spread)
            z += depth * 0.6 * crease(grid, curve + np.array((15.0, 6.0), np.float32), spread * 1.25)
    unrest = noise(grid.shape, 74 / grid.step, persona.seed + 40, 2, 1.7) * 2.4
    return (z + softness * unrest).astype(np.float32)


def neck(grid: Grid, persona: Persona) -> Picture:
    """The skin of neck and upper chest with its hollows and the shade of the head."""
    half = 46 + 12 * persona.face.manly
    z = limb(grid, [(0, 440, 0, half), (0, 560, 0, half), (0, 620, -2, half + 6)])
    chest = 44 * np.exp(-(((grid.x) / 170.0) ** 2)) * smooth_step(grid.y, 560, 640) - 8
    z = join(np.maximum(z, -10), chest.astype(np.float32), 30)
    for side in (-1, 1):
        tendon = [(side * (half - 6), 500), (side * (half - 20), 560), (side * 12, 634)]
        z += 3.2 * crease(grid, spline(tendon), 7)
        z += 4.6 * crease(grid, spline([(side * 16, 640), (side * 62, 630), (side * 130, 612)]), 6)
        z -= 3.4 * crease(grid, spline([(side * 26, 656), (side * 70, 646), (side * 130, 632)]), 7)
    z -= 6 * bump(grid, 0, 640, 11, 9)
    z += (1.2 + 3.0 * persona.face.manly) * bump(grid, 0, 566, 8, 12)
    picture = skin_colour(light_up(z, grid.step, hollows=(4, 12)), persona.skin, grid.step, 0.7)
    shade = 1 - smooth_step(grid.y + 0.14 * np.abs(grid.x) - 0.22 * grid.x, 556, 622)
    multiply(picture, 0.72 * shade * np.ones(grid.shape, np.float32), scaled(persona.skin.mix, 0.80))
    multiply(picture, 0.34 * (1 - smooth_step(grid.y, 530, 596)) * np.ones(grid.shape, np.float32), persona.skin.shade)
    return picture


class Outfit:
    """A body being dressed: pieces of cloth are laid one over the other, each with its own edge and shadow."""

    def __init__(self, grid: Grid, persona: Persona) -> None:
        self.grid, self.persona = grid, persona
        self.heights = torso(grid, persona)
        self.picture = neck(grid, persona)
        half = 46 + 12 * persona.face.manly
        skin = [(half, 470), (half, 590), (half + 60, 618), (170, 640), (120, 760)]
        self.alpha = fill(grid, both_sides(skin), 0.5) * fill(
            grid, np.vstack([outline(persona), [(-half, 470), (half, 470)]]), 0.5
        )

    def cloth(
        self, mask: Field, colour: Colour, extra: Field | float = 0.0, gloss: float = 0.10, contrast: float = 1.0
    ) -> Picture:
        """The body's relief with `extra` on it, lit as cloth of one dye, as far as `mask` will show it."""
        rows, columns = active(mask)
        air = round(30 / self.grid.step)
        rows = slice(max(0, rows.start - air), rows.stop + air)
        columns = slice(max(0, columns.start - air), columns.stop + air)
        relief = (self.heights + extra)[rows, columns]
        lit = light_up(np.ascontiguousarray(relief), self.grid.step, 14.0, (5, 14, 34))
        picture = np.zeros_like(self.picture)
        weave = noise(self.grid.shape, 2.2, self.persona.seed + 60, 1)[rows, columns]
        rough = 0.012 if min(colour) > 200 else 0.030
        picture[rows, columns] = cloth_colour(lit, colour, gloss, contrast) * (1 + rough * weave)[..., None]
        return picture

    def wear(
        self, mask: Field, cloth: Picture, shadow: float = 0.6, drop: tuple[float, float] = (3, 5), soft: float = 6
    ) -> None:
        """Lay cloth where `mask` is 1 with the shadow that its edge throws."""
        shade = self._shade_of(mask, drop, soft)
        multiply(self.picture, shadow * shade * (1 - mask), scaled(self.persona.skin.shade, 0.6))
        lay(self.picture, mask, cloth)
        self.alpha = np.maximum(self.alpha, mask)

    def _shade_of(self, mask: Field, drop: tuple[float, float], soft: float) -> Field:
        import cv2

        shift = np.array([[1, 0, drop[0] / self.grid.step], [0, 1, drop[1] / self.grid.step]], np.float32)
        moved = cv2.warpAffine(mask, shift, (mask.shape[1], mask.shape[0]), borderMode=cv2.BORDER_REPLICATE)
        return blur(moved, soft / self.grid.step)

    def seam(self, points: Sequence[Point], colour: Colour, width: float = 1.6) -> None:
        """A seam: a wide dark stroke, a thin light one beside it."""
        from avatar.faces.clay import line

        path = spline(points)
        multiply(self.picture, 0.55 * line(self.grid, path, width * 1.8, 0.8) * self.alpha, scaled(colour, 0.30))
        add_light(
            self.picture, 0.22 * line(self.grid, path - (0.8, 1.4), width * 0.6, 0.4) * self.alpha, (255, 250, 240)
        )

    def piping(self, points: Sequence[Point], colour: Colour, width: float = 3.2) -> None:
        """A cord along an edge: dark under, the cord, its shine."""
        from avatar.faces.clay import line

        path = spline(points)
        multiply(
            self.picture, 0.5 * line(self.grid, path + np.array((0.8, 1.8), np.float32), width * 1.3, 1.0), (30, 24, 20)
        )
        lay(self.picture, line(self.grid, path, width), scaled(colour, 0.80))
        lay(self.picture, line(self.grid, path - (0.5, 0.7), width * 0.45) * 0.85, scaled(colour, 1.14))

    def rgba(self) -> npt.NDArray[Any]:
        """Height × width × 4 from 0 to 255, colours multiplied by alpha."""
        return np.dstack([np.clip(self.picture, 0, 255) * self.alpha[..., None], self.alpha * 255]).astype(np.float32)
