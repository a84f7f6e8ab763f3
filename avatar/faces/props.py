"""What stands on the desk: a thing of the room, and the product with its shadow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import bump
from avatar.faces.contracts import Persona, Rect
from avatar.faces.layout import Layout
from avatar.faces.light import multiply, scaled
from avatar.faces.planes import Sprite, sprite_of
from avatar.faces.rooms import draw_cup, turned, turned_mask
from core.errors import InputError

PROPS_BOX = (480.0, 900.0, 720.0, 1050.0)
PRODUCT_FOOT = 1012.0
PRODUCT_ROOM = (250.0, 210.0)
"""Largest width and height of the product on the desk, in units of the drawing."""
HELD_ROOM = (150.0, 270.0)
CARD_ROOM = (250.0, 190.0)
Picture = npt.NDArray[np.uint8]


def draw_props(persona: Persona, layout: Layout) -> Sprite:
    """The thing that stands beside the product: a cup, a bowl, a small vase."""
    from avatar.faces.drawing import shrink

    rect = layout.box(*PROPS_BOX)
    grid = layout.frame_grid(rect, 2)
    picture = np.zeros((*grid.shape, 3), np.float32)
    alpha = np.clip(0.85 * bump(grid, 582, 1018, 74, 9), 0, 0.6).astype(np.float32)
    kind = persona.room.kind
    if kind in ("tea", "studio"):
        draw_cup(picture, alpha, grid, 574, 1022, (236, 232, 224), (176, 150, 60) if kind == "tea" else (92, 58, 36))
    elif kind == "kitchen":
        bowl = [(0, 26), (4, 30), (18, 50), (40, 62), (46, 63)]
        turned(picture, grid, 582, 1024, bowl, persona.room.accent, 0.4)
        alpha = np.maximum(alpha, turned_mask(grid, 582, 1024, bowl))
    else:
        return _without_alpha(rect)
    rgba = np.dstack([np.clip(picture, 0, 255) * np.clip(alpha, 0, 1)[..., None], np.clip(alpha, 0, 1) * 255])
    return sprite_of(shrink(rgba, (rect.width, rect.height)), rect.x, rect.y)


def _without_alpha(rect: Rect) -> Sprite:
    return sprite_of(np.zeros((rect.height, rect.width, 4), np.float32), rect.x, rect.y)


def read_product(picture: Path | Picture | None) -> Picture | None:
    """The product's picture as RGBA, trimmed to what is seen of it; InputError where it is no picture."""
    if picture is None:
        return None
    if isinstance(picture, Path):
        from PIL import Image, UnidentifiedImageError

        try:
            with Image.open(picture) as opened:
                picture = np.asarray(opened.convert("RGBA"))
        except (OSError, UnidentifiedImageError) as error:
            raise InputError("product.picture", f"{picture.name} is not a picture", "picture_bad") from error
    rgba = np.asarray(picture, np.uint8)
    if rgba.ndim != 3 or rgba.shape[2] not in (3, 4) or min(rgba.shape[:2]) < 8:
        raise InputError("product.picture", "needs at least 8 × 8 pixels in RGB or RGBA", "picture_bad")
    if rgba.shape[2] == 3:
        rgba = np.dstack([rgba, np.full(rgba.shape[:2], 255, np.uint8)])
    rows, columns = np.nonzero(rgba[..., 3] > 16)
    if not len(rows):
        raise InputError("product.picture", "is empty: every pixel is clear", "picture_bad")
    return np.ascontiguousarray(rgba[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1])


def is_cut_out(product: Picture) -> bool:
    """Whether the product stands free of its ground, so that it can stand on the desk."""
    return bool((product[..., 3] < 128).mean() > 0.04)


def is_slim(product: Picture) -> bool:
    """Whether a hand can close around it."""
    return is_cut_out(product) and product.shape[1] < 0.62 * product.shape[0]


def product_sprite(product: Picture, room: tuple[float, float], layout: Layout, most: float = 2.0) -> Sprite:
    """The product scaled into `room` (units of the drawing); a photograph with its ground gets a card's rounded frame."""
    import cv2

    height, width = product.shape[:2]
    scale = min(room[0] * layout.scale / width, room[1] * layout.scale / height)
    size = (max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2))
    straight = product.astype(np.float32)
    straight[..., :3] *= straight[..., 3:] / 255.0
    small = cv2.resize(straight, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    small = np.clip(small, 0, 255)
    return sprite_of(small if is_cut_out(product) else _as_card(small, layout))


def _as_card(rgba: npt.NDArray[Any], layout: Layout) -> npt.NDArray[np.float32]:
    """A white border with round corners."""
    height, width = rgba.shape[:2]
    border, radius = max(2, round(7 * layout.scale)), 14 * layout.scale
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx = np.maximum(np.maximum(radius - x, x - width + 1 + radius), 0)
    dy = np.maximum(np.maximum(radius - y, y - height + 1 + radius), 0)
    cover = np.clip(radius + 0.5 - np.hypot(dx, dy), 0, 1)
    inner = (x >= border) & (x < width - border) & (y >= border) & (y < height - border)
    colours = np.where(inner[..., None], rgba[..., :3], np.float32((250, 249, 246)))
    return np.dstack([colours * cover[..., None], cover * 255]).astype(np.float32)


def standing_product(product: Picture, layout: Layout) -> list[Sprite]:
    """The product on the desk with the shadow it stands in and its reflection, back to front."""
    sprite = product_sprite(product, PRODUCT_ROOM, layout)
    height, width = sprite.ya.shape[:2]
    middle, foot = layout.place(360.0, PRODUCT_FOOT)
    x, y = int(middle - width / 2) // 2 * 2, int(foot - height) // 2 * 2
    wide = width / layout.scale
    rect = layout.box(360 - wide * 0.75, PRODUCT_FOOT - 40, 360 + wide * 0.75, PRODUCT_FOOT + 50)
    grid = layout.frame_grid(rect)
    dark = np.clip(0.85 * bump(grid, 366, PRODUCT_FOOT - 1, wide * 0.44, 4.0) + 0.5 * bump(grid, 374, PRODUCT_FOOT, wide * 0.52, 10), 0, 0.85)
    shadow = np.dstack([np.zeros((*grid.shape, 3), np.float32), dark * 255])
    return [sprite_of(shadow, rect.x, rect.y), Sprite(sprite.ya, sprite.uva, x, y)]


__all__ = ["CARD_ROOM", "HELD_ROOM", "draw_props", "is_slim", "multiply", "product_sprite", "read_product", "scaled", "standing_product"]
