"""What stands on the desk: a thing of the room, and the product with its shadow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import bump
from avatar.faces.contracts import Persona, Rect
from avatar.faces.layout import Layout
from avatar.faces.planes import Sprite, sprite_of
from avatar.faces.rooms import draw_cup, draw_rim, rounded, turned, turned_mask
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
    alpha = np.clip(1.1 * bump(grid, 588, 1021, 34, 5), 0, 0.6).astype(np.float32)
    kind = persona.room.kind
    if kind in ("tea", "studio"):
        draw_cup(picture, alpha, grid, 574, 1022, (236, 232, 224), (176, 150, 60) if kind == "tea" else (92, 58, 36))
    elif kind == "kitchen":
        bowl = rounded([(0, 26), (4, 30), (18, 50), (40, 62), (46, 63)])
        turned(picture, grid, 582, 1024, bowl, persona.room.accent, 0.4)
        alpha = np.maximum(alpha, turned_mask(grid, 582, 1024, bowl))
        draw_rim(picture, alpha, grid, 582, 978, 63, persona.room.accent)
    else:
        return _without_alpha(rect)
    rgba = np.dstack([np.clip(picture, 0, 255) * np.clip(alpha, 0, 1)[..., None], np.clip(alpha, 0, 1) * 255])
    return sprite_of(shrink(rgba, (rect.width, rect.height)), rect.x, rect.y)


def _without_alpha(rect: Rect) -> Sprite:
    return sprite_of(np.zeros((rect.height, rect.width, 4), np.float32), rect.x, rect.y)


@dataclass(frozen=True)
class Product:
    """A product's picture as RGBA, trimmed to what is seen of it; a cut-out stands free, a photograph on a card."""

    pixels: Picture
    is_cut_out: bool

    @property
    def is_slim(self) -> bool:
        """Whether a hand can close around it."""
        return self.is_cut_out and self.pixels.shape[1] < 0.75 * self.pixels.shape[0]


def read_product(picture: Path | Picture | None) -> Product | None:
    """The product of a picture file or of pixels; InputError where it is no picture."""
    if picture is None:
        return None
    rgba = _opened(picture) if isinstance(picture, Path) else np.asarray(picture, np.uint8)
    if rgba.ndim != 3 or rgba.shape[2] not in (3, 4) or min(rgba.shape[:2]) < 8:
        raise InputError("product.picture", "needs at least 8 × 8 pixels in RGB or RGBA", "picture_bad")
    if rgba.shape[2] == 3:
        rgba = np.dstack([rgba, np.full(rgba.shape[:2], 255, np.uint8)])
    rows, columns = np.nonzero(rgba[..., 3] > 16)
    if not len(rows):
        raise InputError("product.picture", "is empty: every pixel is clear", "picture_bad")
    clear = float((rgba[..., 3] < 128).mean())
    trimmed = rgba[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return Product(np.ascontiguousarray(trimmed), clear > 0.02)


def _opened(path: Path) -> Picture:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            return np.asarray(opened.convert("RGBA"))
    except (OSError, UnidentifiedImageError) as error:
        raise InputError("product.picture", f"{path.name} is not a picture", "picture_bad") from error


def product_sprite(product: Product, room: tuple[float, float], layout: Layout) -> Sprite:
    """The product scaled into `room` (units of the drawing); a photograph gets a card's rounded frame."""
    import cv2

    height, width = product.pixels.shape[:2]
    scale = min(room[0] * layout.scale / width, room[1] * layout.scale / height)
    size = (max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2))
    straight = product.pixels.astype(np.float32)
    straight[..., :3] *= straight[..., 3:] / 255.0
    small = cv2.resize(straight, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    small = np.clip(small, 0, 255)
    return sprite_of(small if product.is_cut_out else _as_card(small, layout))


def _as_card(rgba: npt.NDArray[Any], layout: Layout) -> npt.NDArray[Any]:
    """A white border with round corners."""
    height, width = rgba.shape[:2]
    border, radius = max(2, round(7 * layout.scale)), 14 * layout.scale
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx = np.maximum(np.maximum(radius - x, x - width + 1 + radius), 0)
    dy = np.maximum(np.maximum(radius - y, y - height + 1 + radius), 0)
    cover = np.clip(radius + 0.5 - np.hypot(dx, dy), 0, 1)
    inner = (x >= border) & (x < width - border) & (y >= border) & (y < height - border)
    colours = np.where(inner[..., None], rgba[..., :3], np.array((250, 249, 246), np.float32))
    return np.dstack([colours * cover[..., None], cover * 255]).astype(np.float32)


def standing_product(product: Product, layout: Layout) -> list[Sprite]:
    """The product on the desk with the shadow it stands in and its reflection, back to front."""
    sprite = product_sprite(product, PRODUCT_ROOM, layout)
    height, width = sprite.height, sprite.width
    middle, foot = layout.place(360.0, PRODUCT_FOOT)
    x, y = int(middle - width / 2) // 2 * 2, int(foot - height) // 2 * 2
    wide = width / layout.scale
    rect = layout.box(300 - wide, PRODUCT_FOOT - 50, 420 + wide, PRODUCT_FOOT + 60)
    grid = layout.frame_grid(rect)
    dark = np.clip(
        0.85 * bump(grid, 366, PRODUCT_FOOT - 1, wide * 0.44, 4.0)
        + 0.5 * bump(grid, 374, PRODUCT_FOOT, wide * 0.52, 10),
        0,
        0.85,
    )
    shadow = np.dstack([np.zeros((*grid.shape, 3), np.float32), dark * 255])
    return [sprite_of(shadow, rect.x, rect.y), sprite.at(x, y)]
