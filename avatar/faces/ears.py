"""Ears: a rim, a shell and a lobe, seen where the hair leaves them free."""

from __future__ import annotations

import numpy as np

from avatar.faces.clay import Field, crease, fill, spline
from avatar.faces.contracts import Persona
from avatar.faces.face import FaceSpace
from avatar.faces.light import Picture, light_up, multiply, skin_colour

EDGE = ((86, -12), (95, -21), (105, -20), (110, -8), (108, 10), (102, 27), (96, 41), (89, 45), (84, 38))
RIM = ((91, -6), (97, -15), (104, -12), (105, -1), (102, 14), (97, 27))
SHELL = ((92, 3), (96, -3), (99, 3), (97, 14), (92, 22))


def draw_ears(space: FaceSpace, picture: Picture, alpha: Field, persona: Persona) -> tuple[Picture, Field]:
    """Ears laid behind the face: what the face covers stays."""
    whole = np.zeros(space.grid.shape, np.float32)
    heights = np.zeros(space.grid.shape, np.float32)
    wide = persona.face.width
    for side in (-1, 1):
        near = 1.0 if side < 0 else 0.9
        edge = space.place([(side * (88 + (x - 88) * near) * wide, y) for x, y in spline(EDGE, closed=True)])
        mask = fill(space.grid, edge, 0.3)
        whole = np.maximum(whole, mask)
        heights += 9.0 * fill(space.grid, edge, 4.0)
        heights += 3.2 * crease(space.grid, space.place([(side * x * wide, y) for x, y in spline(RIM)]), 2.6)
        heights -= 4.6 * crease(space.grid, space.place([(side * (x - 2.6) * wide, y) for x, y in spline(RIM)]), 2.8)
        heights -= 5.0 * crease(space.grid, space.place([(side * x * wide, y) for x, y in spline(SHELL)]), 3.6)
    ears = skin_colour(
        light_up(heights + 40 * whole, space.grid.step, hollows=(3, 7)), persona.skin, space.grid.step, 0.7
    )
    multiply(ears, 0.22 * whole, persona.skin.blush)
    multiply(
        ears, 0.5 * fill(space.grid, space.place([(-84, -60), (84, -60), (84, 60), (-84, 60)]), 7.0), persona.skin.mix
    )
    share = (whole * (1 - alpha) / np.maximum(whole * (1 - alpha) + alpha, 1e-3))[..., None]
    return picture * (1 - share) + ears * share, np.maximum(alpha, alpha + (1 - alpha) * whole)
