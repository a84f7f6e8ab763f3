"""The head put together: the whole face, the patches for mouths and lids, and the small pictures that move on it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Field, Grid, blur, bump, fill, smooth_step
from avatar.faces.contracts import Emotion, Persona
from avatar.faces.ears import draw_ears
from avatar.faces.eyes import Lid, lid_heights, paint_lashes, paint_lids, shadow_on_ball
from avatar.faces.face import FaceSpace, outline, sculpt, skin_picture
from avatar.faces.light import multiply
from avatar.faces.mouth import SMILES, add_lips, jaw_of, lips_of, paint_mouth, shape_of

Rgba = npt.NDArray[Any]
"""Height × width × 4 from 0 to 255, colours already multiplied by alpha."""


def draw_face(grid: Grid, persona: Persona, viseme: str, emotion: Emotion, lid: Lid, ears: bool = False) -> Rgba:
    """The face in the stretch of `grid`, with holes where the balls of the eyes show."""
    shape, smile = shape_of(viseme), SMILES[emotion]
    space = FaceSpace(grid, persona.face, jaw_of(shape))
    lips = lips_of(shape, smile, persona.face.lips)
    heights = sculpt(space, smile)
    bottom, top = float(grid.y[-1, 0]), float(grid.y[0, 0])
    if bottom > 50:
        add_lips(space, heights, lips)
    has_eyes = top < 20 and bottom > -30
    if has_eyes:
        heights += lid_heights(space, persona, lid)
    picture = skin_picture(space, heights, persona)
    if bottom > 50:
        paint_mouth(space, picture, heights, lips, shape, persona)
    alpha = fill(grid, outline(space), 0.3)
    _edge_shade(picture, alpha, persona, grid)
    if has_eyes:
        alpha = _with_eyes(space, picture, alpha, persona, lid)
    if ears:
        picture, alpha = draw_ears(space, picture, alpha, persona)
    return np.dstack([np.clip(picture, 0, 255) * alpha[..., None], alpha * 255]).astype(np.float32)


def _edge_shade(picture: npt.NDArray[Any], alpha: Field, persona: Persona, grid: Grid) -> None:
    """The skin turns away at its edge: a thin warm shade, none under the light."""
    soft = blur(alpha, 5.0 / grid.step)
    edge = np.clip(1.0 - soft, 0, 1) * smooth_step(grid.x + 0.6 * grid.y, -60, 70)
    multiply(picture, edge * 0.55, persona.skin.mix)


def _with_eyes(space: FaceSpace, picture: npt.NDArray, alpha: Field, persona: Persona, lid: Lid) -> Field:
    """Cut the openings out; in them only the lid's shadow and the lashes cover the ball."""
    opening = paint_lids(space, picture, persona, lid)
    shadow = shadow_on_ball(space, persona, lid)
    covered = np.maximum(1.0 - opening, shadow * opening)
    dark = np.array((46, 26, 24), np.float32)
    share = np.clip(opening * shadow / np.maximum(covered, 1e-3), 0, 1)[..., None]
    picture[:] = picture * (1 - share) + dark * share
    covered = paint_lashes(space, picture, covered, persona, lid)
    return alpha * covered


def hair_shadow(grid: Grid, persona: Persona, mask: Field) -> Field:
    """The shade that a hair mask (its coverage over the face) throws on the forehead, 0–1."""
    import cv2

    shift = np.array([[1, 0, 3.0 / grid.step], [0, 1, 7.0 / grid.step]], np.float32)
    moved = cv2.warpAffine(mask, shift, (mask.shape[1], mask.shape[0]))
    return np.clip(blur(moved, 6.0 / grid.step) + 0.3 * bump(grid, 0, -120, 80, 14), 0, 1)
