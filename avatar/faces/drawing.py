"""Drawing a sheet: each part in its own stretch of the drawing, finer than needed and then shrunk."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces import layout as places
from avatar.faces.clay import Field, Grid, smooth_step
from avatar.faces.clothes import draw_body
from avatar.faces.contracts import EMOTIONS, Persona, Rect
from avatar.faces.eyes import Lid, draw_ball, draw_brow, draw_iris, iris_centre
from avatar.faces.face import FaceSpace
from avatar.faces.hair import draw_hair, hair_mask
from avatar.faces.hands import HAND_SCALE, PICTURES, draw_hand, draw_sleeve
from avatar.faces.head import draw_face, hair_shadow
from avatar.faces.jewellery import draw_jewellery
from avatar.faces.layout import Layout
from avatar.faces.light import multiply
from avatar.faces.planes import Bytes, Sprite, empty_yuv, frame_of, paste, sprite_of, straight
from avatar.faces.props import draw_props
from avatar.faces.rooms import DESK, draw_desk, draw_room
from avatar.faces.sheet import LID_STEPS, SQUINTS, LayerSheet, mouth_names

SAMPLES = 2
LEAN = -0.016
COVERING_HAIR = ("long", "bob")
"""Hair that hides the ears."""


Mouths = tuple[tuple[str, str], ...]


def draw_sheet(persona: Persona, layout: Layout, key: str, mouths: Mouths = ()) -> LayerSheet:
    """Every layer of a persona for one frame size; `mouths` are (viseme, emotion), all of them where none are named."""
    import cv2

    cv2.setNumThreads(1)
    sprites = {"body": _body(persona, layout)}
    sprites |= _head(persona, layout, mouths or tuple(mouth_names()))
    sprites |= _hands(persona, layout) if not mouths else {}
    points = {f"iris.{side}": _iris_place(persona, layout, side) for side in (-1, 1)}
    return LayerSheet(persona, layout, _room(persona, layout), sprites, points, key)


def shrink(picture: npt.NDArray[Any], size: tuple[int, int]) -> npt.NDArray[Any]:
    """To width × height pixels, each the mean of its samples."""
    import cv2

    return cv2.resize(np.asarray(picture, np.float32), size, interpolation=cv2.INTER_AREA)


def _room(persona: Persona, layout: Layout) -> Bytes:
    """The background is out of focus: half the samples show all of it; the desk is sharp."""
    import cv2

    whole = Rect(0, 0, layout.width, layout.height)
    coarse = Layout(layout.width // 2, layout.height // 2)
    grid = coarse.frame_grid(Rect(0, 0, coarse.width, coarse.height))
    picture = cv2.resize(
        draw_room(grid, persona, coarse.scale), (whole.width, whole.height), interpolation=cv2.INTER_LINEAR
    )
    grain = np.random.default_rng(persona.seed).normal(0, 1.1, picture.shape[:2]).astype(np.float32)
    picture += grain[..., None]
    top = round(layout.place(0, DESK)[1] / 2) * 2
    desk_grid = layout.frame_grid(Rect(0, top, layout.width, layout.height - top))
    picture[top:] = draw_desk(desk_grid, persona)
    yuv = empty_yuv(layout.width, layout.height)
    opaque = np.dstack([picture, np.full(picture.shape[:2], 255, np.float32)])
    paste(frame_of(yuv), sprite_of(opaque), whole)
    return yuv


def _body(persona: Persona, layout: Layout) -> Sprite:
    import cv2

    rect = layout.box(*places.BODY_BOX)
    grid = layout.frame_grid(rect, SAMPLES)
    centred = Grid(grid.x - 360.0, grid.y, grid.step)
    drawn = shrink(draw_body(centred, persona), (rect.width, rect.height))
    # One shoulder a little lower than the other: nobody stands square.
    lean = np.array([[1, 0, 0], [LEAN, 1, -LEAN * rect.width / 2]], np.float32)
    return sprite_of(cv2.warpAffine(drawn, lean, (rect.width, rect.height)), rect.x, rect.y)


def _head(persona: Persona, layout: Layout, mouths: Mouths) -> dict[str, Sprite]:
    hair_grid = layout.head_grid(places.HAIR_BACK_BOX, SAMPLES)
    hair = draw_hair(hair_grid, persona)
    low = layout.head_size(places.HAIR_FRONT_BOX)
    front = hair.front[: low[1] * SAMPLES]
    shade = _forehead_shade(persona, layout, hair_mask(hair.front), hair_grid)
    behind = _low_only(_unseen_cut(hair.back, hair.front), persona, hair_grid)
    sprites = {
        "hair.back": sprite_of(shrink(behind, layout.head_size(places.HAIR_BACK_BOX))).trimmed(),
        "hair.front": sprite_of(shrink(front, low)).trimmed(),
        "props": draw_props(persona, layout),
    }
    sprites |= _faces(persona, layout, shade, mouths) | _eyes(persona, layout) | draw_jewellery(persona, layout)
    return sprites


def _unseen_cut(back: Bytes, front: Bytes) -> Bytes:
    """Both hair layers swing together, so what the front one hides need not be moved on air."""
    import cv2

    hidden = cv2.erode((front[..., 3] > 252).astype(np.uint8), np.ones((9, 9), np.uint8))
    seen = back.copy()
    seen[hidden > 0] = 0
    return seen


def _low_only(back: Bytes, persona: Persona, grid: Grid) -> Bytes:
    """Long hair shows behind the head only beside the cheeks and below, where it swings free of them."""
    if persona.hair.kind == "long":
        ears, cheeks = (int((y - grid.top) / grid.step) for y in (-36.0, 30.0))
        back[:ears] = 0
        # The outer edge up there is the front hair's alone: two edges would show a step.
        back[ears:cheeks, np.abs(grid.x[0] - 3.0) > 104.0] = 0
    return back


def _forehead_shade(persona: Persona, layout: Layout, mask: Field, hair_grid: Grid) -> Field:
    """How much the hair darkens each pixel of the face's canvas."""
    import cv2

    width, height = layout.head_size(places.FACE_BOX)
    grid = layout.head_grid(places.FACE_BOX, 1)
    shift = ((grid.left - hair_grid.left) / hair_grid.step, (grid.top - hair_grid.top) / hair_grid.step)
    matrix = np.array([[SAMPLES, 0, shift[0]], [0, SAMPLES, shift[1]]], np.float32)
    on_face = cv2.warpAffine(mask, matrix, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return hair_shadow(grid, persona, on_face) * 0.58


def _faces(persona: Persona, layout: Layout, shade: Field, mouths: Mouths) -> dict[str, Sprite]:
    whole = Rect(0, 0, *layout.head_size(places.FACE_BOX))
    ears = persona.hair.kind not in COVERING_HAIR
    plain = _stretch(persona, layout, whole, shade, "sil", "warm", Lid(0, SQUINTS[1]), ears)
    sprites = {"face": sprite_of(plain)}
    rect = layout.on_face(places.MOUTH_BOX)
    for viseme, emotion in mouths:
        patch = _stretch(persona, layout, rect, shade, viseme, emotion, Lid())
        sprites[f"mouth.{viseme}.{emotion}"] = sprite_of(_melted(patch, plain, rect), rect.x, rect.y)
    rect = layout.on_face(places.EYES_BOX)
    for i, shut in enumerate(LID_STEPS if len(mouths) > 1 else LID_STEPS[:1]):
        for j, squint in enumerate(SQUINTS):
            patch = _stretch(persona, layout, rect, shade, "sil", "warm", Lid(shut, squint))
            sprites[f"lids.{i}.{j}"] = sprite_of(_melted(patch, plain, rect), rect.x, rect.y)
    return sprites


def _stretch(
    persona: Persona, layout: Layout, rect: Rect, shade: Field, viseme: str, emotion: str, lid: Lid, ears: bool = False
) -> npt.NDArray[Any]:
    """A stretch of the face, drawn with a margin because light and hollows look beyond its edge."""
    margin = 0 if rect.x == 0 else 2 * round(5 * layout.head_scale)
    wide = Rect(rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin)
    feeling = next(name for name in EMOTIONS if name == emotion)
    fine = draw_face(layout.face_grid(wide, SAMPLES), persona, viseme, feeling, lid, ears)
    picture = shrink(fine, (wide.width, wide.height))[margin : margin + rect.height, margin : margin + rect.width]
    colours = picture[..., :3]
    multiply(colours, shade[rect.y : rect.bottom, rect.x : rect.right], persona.skin.shade)
    return picture


def _melted(patch: npt.NDArray[Any], plain: npt.NDArray[Any], rect: Rect) -> npt.NDArray[Any]:
    """The patch melts into the plain face at its edge; below the chin there is nothing to melt into."""
    soft = max(2.0, min(rect.width, rect.height) / 14)
    y, x = np.mgrid[0 : rect.height, 0 : rect.width].astype(np.float32)
    edge = np.minimum(np.minimum(x, rect.width - 1 - x), y)
    if rect.bottom < plain.shape[0] - 4:
        edge = np.minimum(edge, rect.height - 1 - y)
    share = smooth_step(edge, 0, soft)[..., None]
    return plain[rect.y : rect.bottom, rect.x : rect.right] * (1 - share) + patch * share


def _eyes(persona: Persona, layout: Layout) -> dict[str, Sprite]:
    rect = layout.on_face(places.EYES_BOX)
    grid = layout.face_grid(rect, SAMPLES)
    space = FaceSpace(grid, persona.face)
    left = (grid.x < 2.0)[..., None]
    white = np.where(left, draw_ball(space, persona, -1), draw_ball(space, persona, 1))
    opaque = np.dstack([white, np.full(grid.shape, 255, np.float32)])
    size = max(2, round(26 * layout.head_scale / 2) * 2)
    iris = straight(shrink(draw_iris(persona, layout.head_scale), (size, size)))
    sprites = {"balls": sprite_of(shrink(opaque, (rect.width, rect.height)), rect.x, rect.y), "iris": sprite_of(iris)}
    for side, box in places.BROW_BOXES.items():
        rect = layout.on_face(box)
        space = FaceSpace(layout.face_grid(rect, SAMPLES + 1), persona.face)
        brow = straight(draw_brow(persona, side, space))
        sprites[f"brow.{side}"] = sprite_of(shrink(brow, (rect.width, rect.height)), rect.x, rect.y)
    return sprites


def _iris_place(persona: Persona, layout: Layout, side: int) -> tuple[float, float]:
    """The resting centre of an iris in pixels of the face's canvas."""
    space = FaceSpace(layout.head_grid(places.FACE_BOX, 1), persona.face)
    x, y = space.place([iris_centre(persona, side)], 4.0)[0]
    k = layout.head_scale
    return float((x - places.FACE_BOX[0]) * k), float((y - places.FACE_BOX[1]) * k)


def _hands(persona: Persona, layout: Layout) -> dict[str, Sprite]:
    sprites = {"sleeve": _sprite_like(draw_sleeve(persona, layout.scale, SAMPLES), SAMPLES)}
    melting = draw_sleeve(persona, layout.scale, SAMPLES, (-120, 10))
    sprites["sleeve.raised"] = _sprite_like(melting, SAMPLES)
    for side in (-1, 1):
        for picture in PICTURES if side > 0 else ("open",):
            drawn = draw_hand(picture, side, persona, layout.scale * HAND_SCALE, SAMPLES)
            sprites[f"hand.{picture}.{side}"] = _sprite_like(drawn.back, SAMPLES)
            if drawn.front is not None:
                sprites[f"hand.{picture}.{side}.front"] = _sprite_like(drawn.front, SAMPLES)
    return sprites


def _sprite_like(fine: npt.NDArray[Any], samples: int) -> Sprite:
    return sprite_of(shrink(fine, (fine.shape[1] // samples, fine.shape[0] // samples))).trimmed()
