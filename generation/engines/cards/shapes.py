"""Shapes of the card grounds, drawn large once: textures, rays, rings, dots, pills, ticks."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from generation.drawing.colours import Rgb, mix
from generation.drawing.lettering import Rgba
from generation.engines.cards.stage import Sprite, sprite_of
from generation.engines.feeds import Frame

Point = tuple[float, float]
SUPER = 2
GRAIN = 3.2
STROKES: dict[str, tuple[tuple[Point, Point], ...]] = {
    "tick": (((0.20, 0.53), (0.42, 0.74)), ((0.42, 0.74), (0.80, 0.28))),
    "cross": (((0.26, 0.26), (0.74, 0.74)), ((0.74, 0.26), (0.26, 0.74))),
}


def _mask(width: float, height: float) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty mask at twice the size, so that edges come out smooth."""
    mask = Image.new("L", (round(width) * SUPER, round(height) * SUPER), 0)
    return mask, ImageDraw.Draw(mask)


def _sprite(mask: Image.Image, colour: Rgb) -> Sprite:
    """A mask in one colour."""
    import cv2

    small = np.asarray(mask.resize((mask.width // SUPER, mask.height // SUPER), Image.Resampling.BOX))
    planes = [cv2.convertScaleAbs(small, alpha=channel / 255) for channel in colour]
    return Sprite(np.asarray(cv2.merge([*planes, small]), np.uint8), colour)


def grained(width: int, height: int, colour: Rgb, seed: int, glow: Rgb | None = None) -> Frame:
    """A flat ground with soft paper grain, lit a little from the upper middle."""
    import cv2

    small_w, small_h = width // 8 + 1, height // 8 + 1
    ys, xs = np.mgrid[0:small_h, 0:small_w].astype(np.float32) * 8
    far = np.hypot((xs - width * 0.5) / max(width, height), (ys - height * 0.36) / max(width, height))[..., None]
    light = np.clip(1 - far * 1.5, 0, 1) ** 1.6
    base = np.array(colour, np.float32)
    lit = np.array(glow or mix(colour, (255, 255, 255), 0.09), np.float32)
    edge = np.array(mix(colour, (0, 0, 0), 0.10), np.float32)
    ground = (edge + (base - edge) * np.clip(1.25 - far, 0, 1) + (lit - base) * light * 0.75).astype(np.float32)
    noise = np.random.default_rng(seed).standard_normal((height // 2 + 1, width // 2 + 1), np.float32) * GRAIN
    grain = cv2.resize(noise, (width, height), interpolation=cv2.INTER_NEAREST)
    smooth = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(cv2.add(smooth, cv2.merge([grain] * 3)), 0, 255), np.uint8)


def rays(width: int, height: int, dark: Rgb, light: Rgb, count: int = 14) -> Frame:
    """A sunburst at half size, large enough to turn behind a canvas of the given size."""
    side = math.ceil(math.hypot(width, height) / 2) + 8
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32) - side / 2
    wave = np.sin(np.arctan2(ys, xs) * count)
    reach = np.hypot(xs, ys)
    # Edges one to two pixels soft at every distance from the middle.
    blend = np.clip(wave * reach / count * 0.5 + 0.5, 0, 1) * np.clip(reach / (side * 0.08), 0, 1)
    fade = np.clip(1.15 - reach / (side * 0.62), 0.25, 1)
    share = (blend * fade)[..., None]
    return (np.array(dark, np.float32) * (1 - share) + np.array(light, np.float32) * share + 0.5).astype(np.uint8)


def disc(diameter: float, colour: Rgb, alpha: int = 255) -> Sprite:
    mask, pen = _mask(diameter, diameter)
    pen.ellipse((0, 0, mask.width - 1, mask.height - 1), fill=alpha)
    return _sprite(mask, colour)


def ring(diameter: float, thickness: float, colour: Rgb, alpha: int = 255, dashes: int = 0) -> Sprite:
    """A ring, or with `dashes` a ring of that many arcs."""
    mask, pen = _mask(diameter, diameter)
    box = (0, 0, mask.width - 1, mask.height - 1)
    width = max(1, round(thickness * SUPER))
    if not dashes:
        pen.ellipse(box, outline=alpha, width=width)
        return _sprite(mask, colour)
    step = 360 / dashes
    for index in range(dashes):
        pen.arc(box, index * step, index * step + step * 0.55, fill=alpha, width=width)
    return _sprite(mask, colour)


def dots(width: float, height: float, pitch: float, colour: Rgb, alpha: int = 255) -> Sprite:
    """A halftone field: dots that shrink from one corner to the other."""
    mask, pen = _mask(width, height)
    step = pitch * SUPER
    rows, columns = int(mask.height / step), int(mask.width / step)
    for row in range(rows):
        for column in range(columns):
            fade = 1 - (row / max(1, rows - 1) + column / max(1, columns - 1)) / 2
            radius = step * 0.36 * fade
            x, y = (column + 0.5 + (row % 2) * 0.5) * step, (row + 0.5) * step
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=alpha)
    return _sprite(mask, colour)


def stripes(width: float, height: float, pitch: float, colour: Rgb, alpha: int = 255) -> Sprite:
    """A field of diagonal strokes."""
    mask, pen = _mask(width, height)
    step = pitch * SUPER
    for index in range(-int(mask.height / step) - 1, int(mask.width / step) + 1):
        x = index * step
        pen.line((x, mask.height, x + mask.height, 0), fill=alpha, width=round(step * 0.32))
    return _sprite(mask, colour)


def pill(width: float, height: float, colour: Rgb, radius: float | None = None, shadow: float = 0.0) -> Sprite:
    """A rounded plate; `shadow` in pixels adds a soft drop shadow and as much room round it."""
    room = shadow * 2.4
    mask, pen = _mask(width + 2 * room, height + 2 * room)
    corner = (height / 2 if radius is None else radius) * SUPER
    box = (room * SUPER, room * SUPER, (room + width) * SUPER - 1, (room + height) * SUPER - 1)
    pen.rounded_rectangle(box, corner, fill=255)
    plate = _sprite(mask, colour)
    return _shadowed(plate, shadow) if shadow else plate


def _shadowed(sprite: Sprite, reach: float) -> Sprite:
    """The sprite over its own soft shadow; it needs empty room round its edges."""
    import cv2

    dark = cv2.GaussianBlur(sprite.pixels[..., 3], (0, 0), reach * 0.8)
    move = np.array([[1, 0, 0], [0, 1, reach * 0.55]])
    dark = cv2.warpAffine(dark, move, (sprite.width, sprite.height))
    under = cv2.multiply(dark, cv2.bitwise_not(sprite.pixels[..., 3]), scale=0.42 / 255)
    pixels = sprite.pixels.copy()
    pixels[..., 3] = cv2.add(pixels[..., 3], under)
    return Sprite(pixels)


def shadowed_picture(picture: Rgba, reach: float) -> Sprite:
    """A picture with a soft drop shadow along its own outline."""
    import cv2

    room = round(reach * 2.4)
    sheet = cv2.copyMakeBorder(picture, room, room, room, room, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    return _shadowed(sprite_of(np.asarray(sheet, np.uint8)), reach)


def slanted_panel(width: int, height: int, slant: float, colour: Rgb, edge: Rgb, thickness: float) -> Sprite:
    """A panel as wide as the canvas whose top edge falls by `slant` pixels to the right, with a bright rim."""
    import cv2

    drop, rise = max(0.0, slant), max(0.0, -slant)
    mask, pen = _mask(width, height)
    shape = [(0, rise), (width, drop), (width, height), (0, height)]
    pen.polygon([(x * SUPER, y * SUPER) for x, y in shape], fill=255)
    rim, rim_pen = _mask(width, height)
    line = [(x * SUPER, (y + thickness / 2) * SUPER) for x, y in ((-20, rise), (width + 20, drop))]
    rim_pen.line(line, fill=255, width=round(thickness * SUPER))
    alpha = np.asarray(mask.resize((width, height), Image.Resampling.BOX))
    body = cv2.multiply(grained(width, height, colour, 7), cv2.merge([alpha] * 3), scale=1 / 255)
    bright = _sprite(rim, edge)
    colours = cv2.add(cv2.multiply(body, bright.keep, scale=1 / 255), bright.colour)
    solid = cv2.max(np.asarray(alpha), bright.pixels[..., 3])
    return Sprite(np.asarray(cv2.merge([*cv2.split(colours), solid]), np.uint8))


def mark(size: float, kind: str, colour: Rgb, share: float = 1.0, thickness: float = 0.13) -> Sprite:
    """A tick or a cross as if drawn by hand, `share` of the stroke done."""
    mask, pen = _mask(size, size)
    left = share * sum(math.dist(a, b) for a, b in STROKES[kind])
    for start, end in STROKES[kind]:
        length = math.dist(start, end)
        part = min(1.0, max(0.0, left / length))
        left -= length
        if part > 0:
            tip = (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
            _round_line(pen, start, tip, size * SUPER, thickness)
    return _sprite(mask, colour)


def _round_line(pen: ImageDraw.ImageDraw, start: Point, end: Point, scale: float, thickness: float) -> None:
    a, b = (start[0] * scale, start[1] * scale), (end[0] * scale, end[1] * scale)
    width = thickness * scale
    pen.line((*a, *b), fill=255, width=round(width))
    for x, y in (a, b):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)
