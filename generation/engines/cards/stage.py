"""A frame and the sprites laid on it. Sprites are drawn once; a frame only moves them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from generation.drawing.colours import Rgb
from generation.drawing.lettering import Rgba
from generation.engines.feeds import Frame

Box = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""


@dataclass(frozen=True, eq=False)
class Sprite:
    """A picture with premultiplied alpha, placed by its centre.

    `solid` is set where all of it has one colour: then only its mask has to be turned.
    """

    pixels: npt.NDArray[np.uint8]
    solid: Rgb | None = None

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @cached_property
    def colour(self) -> Frame:
        return np.ascontiguousarray(self.pixels[..., :3])

    @cached_property
    def mask(self) -> Frame:
        return np.ascontiguousarray(self.pixels[..., 3])

    @cached_property
    def tint(self) -> Frame:
        """The solid colour at each of the 256 coverages, as a lookup table."""
        steps = np.arange(256, dtype=np.float32)[:, None, None] / 255
        return np.asarray(steps * np.array(self.solid, np.float32) + 0.5, np.uint8)

    @cached_property
    def keep(self) -> Frame:
        """What stays of the ground under each pixel, in three channels."""
        return np.ascontiguousarray(np.repeat(255 - self.pixels[..., 3:], 3, axis=2))


def sprite_of(image: Rgba) -> Sprite:
    """A straight-alpha picture as a sprite."""
    pixels = image.astype(np.uint16)
    colour = (pixels[..., :3] * pixels[..., 3:] + 127) // 255
    return Sprite(np.ascontiguousarray(np.concatenate([colour, pixels[..., 3:]], axis=2).astype(np.uint8)))


def place(
    frame: Frame,
    sprite: Sprite,
    x: float,
    y: float,
    scale: float = 1.0,
    degrees: float = 0.0,
    opacity: float = 1.0,
    clip: Box | None = None,
) -> None:
    """Lay `sprite` with its centre at (x, y), scaled and turned clockwise, inside `clip`; sub-pixel exact."""
    if opacity <= 0.004 or scale <= 0.004:
        return
    left, top = x - sprite.width / 2, y - sprite.height / 2
    on_grid = abs(left - round(left)) < 0.02 and abs(top - round(top)) < 0.02
    if scale == 1.0 and degrees == 0.0 and on_grid:
        _blend(frame, sprite.colour, sprite.keep, round(left), round(top), opacity, clip)
        return
    _place_warped(frame, sprite, x, y, scale, degrees, opacity, clip)


def place_on_grid(frame: Frame, sprite: Sprite, x: float, y: float) -> None:
    """Lay `sprite` down unscaled at the nearest whole pixel: for large quiet shapes that move by several at a time."""
    left, top = round(x - sprite.width / 2), round(y - sprite.height / 2)
    _blend(frame, sprite.colour, sprite.keep, left, top, 1.0, None)


def _place_warped(
    frame: Frame, sprite: Sprite, x: float, y: float, scale: float, degrees: float, opacity: float, clip: Box | None
) -> None:
    import cv2

    angle = math.radians(degrees)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    half_w = (abs(cos) * sprite.width + abs(sin) * sprite.height) / 2 + 1
    half_h = (abs(sin) * sprite.width + abs(cos) * sprite.height) / 2 + 1
    limits = clip or (0, 0, frame.shape[1], frame.shape[0])
    x0, y0 = max(math.floor(x - half_w), math.ceil(limits[0]), 0), max(math.floor(y - half_h), math.ceil(limits[1]), 0)
    x1 = min(math.ceil(x + half_w), math.floor(limits[2]), frame.shape[1])
    y1 = min(math.ceil(y + half_h), math.floor(limits[3]), frame.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    cx, cy = (sprite.width - 1) / 2, (sprite.height - 1) / 2
    matrix = np.array(
        [
            [cos, -sin, x - 0.5 - x0 - cos * cx + sin * cy],
            [sin, cos, y - 0.5 - y0 - sin * cx - cos * cy],
        ]
    )
    source = sprite.pixels if sprite.solid is None else sprite.mask
    turned = cv2.warpAffine(source, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    if sprite.solid is None:
        colour = cv2.cvtColor(turned, cv2.COLOR_RGBA2RGB)
        keep = cv2.cvtColor(cv2.bitwise_not(turned[..., 3]), cv2.COLOR_GRAY2RGB)
    else:
        spread = cv2.cvtColor(turned, cv2.COLOR_GRAY2RGB)
        colour, keep = cv2.LUT(spread, sprite.tint), cv2.bitwise_not(spread)
    _blend(frame, colour, keep, x0, y0, opacity, clip)  # type: ignore[arg-type] # cv2 calls every array a MatLike; these are Frames


def _blend(frame: Frame, colour: Frame, keep: Frame, left: int, top: int, opacity: float, clip: Box | None) -> None:
    import cv2

    limits = clip or (0, 0, frame.shape[1], frame.shape[0])
    x0, y0 = max(left, math.ceil(limits[0]), 0), max(top, math.ceil(limits[1]), 0)
    x1 = min(left + colour.shape[1], math.floor(limits[2]), frame.shape[1])
    y1 = min(top + colour.shape[0], math.floor(limits[3]), frame.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    over = colour[y0 - top : y1 - top, x0 - left : x1 - left]
    stays = keep[y0 - top : y1 - top, x0 - left : x1 - left]
    region = frame[y0:y1, x0:x1]
    if opacity < 0.996:
        over = cv2.convertScaleAbs(over, alpha=opacity)  # type: ignore[assignment] # cv2 calls every array a MatLike; these are Frames
        covered = cv2.convertScaleAbs(cv2.bitwise_not(stays), alpha=opacity)
        stays = cv2.bitwise_not(covered)  # type: ignore[assignment] # cv2 calls every array a MatLike; these are Frames
    cv2.add(cv2.multiply(region, stays, scale=1 / 255), over, dst=region)


def turned_ground(ground: Frame, width: int, height: int, degrees: float) -> Frame:
    """A `width` x `height` view of the middle of a picture drawn at half size, turned round its centre.

    Half size is enough for broad soft shapes and costs a third of turning the full picture.
    """
    import cv2

    half_w, half_h = width // 2, height // 2
    matrix = cv2.getRotationMatrix2D((ground.shape[1] / 2, ground.shape[0] / 2), degrees, 1.0)
    matrix[0, 2] += half_w / 2 - ground.shape[1] / 2
    matrix[1, 2] += half_h / 2 - ground.shape[0] / 2
    turned = cv2.warpAffine(ground, matrix, (half_w, half_h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(turned, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
