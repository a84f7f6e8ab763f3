"""Stickers: a starburst for prices, a ribbon for offers. They pop in, breathe, and leave."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from generation.contracts import Brand, Canvas, SafeArea, StickerClip, TextBox
from generation.drawing import colours, easing
from generation.drawing.colours import Rgb
from generation.drawing.fitting import fit_lines
from generation.drawing.lettering import Drawn, Rgba, Run, TextStyle, draw_lines, glyph_height
from generation.drawing.overlays import Lane, OverlayState

STYLE = "sticker-4"
POP_FRAMES = 14
LEAVE_FRAMES = 6
BREATH_EVERY = 48
BREATH_FRAMES = 14
_PRICE = re.compile(r"^[^\d]{0,3}\d[\d.,]*\s?[%％]?[^\d\s]{0,3}$")
SUPERSAMPLE = 2


@dataclass(frozen=True)
class StickerArt:
    """A drawn sticker: picture, ink of its text inside it, colours, glyph height."""

    image: Rgba
    text_box: tuple[int, int, int, int]
    colour: Rgb
    ground: Rgb
    glyph_px: int


def is_price(text: str) -> bool:
    """Whether a sticker's text is an amount, and so becomes a starburst."""
    return bool(_PRICE.match(text.strip()))


def sticker_lane(clip: StickerClip, canvas: Canvas, safe: SafeArea, brand: Brand, top_from: int) -> Lane:
    """A sticker as overlay states, right-aligned in the safe area below `top_from`."""
    short = min(canvas.width, canvas.height)
    art = (_burst if is_price(clip.text) else _ribbon)(clip, short, safe, brand)
    height, width = art.image.shape[:2]
    left, top = safe.right - width, min(top_from, safe.bottom - height)
    poses = _poses(clip)
    # A sticker breathes the same breath again and again: each pose is drawn once.
    drawn = {pose: _posed(art.image, *pose) for pose in {pose for _, pose in poses}}
    states = [OverlayState(at, drawn[pose], left, top) for at, pose in poses]
    return Lane((*states, OverlayState(clip.end_frame, None)), _boxes(clip, art, left, top))


def _poses(clip: StickerClip) -> list[tuple[int, tuple[float, float]]]:
    """(frame, (scale, degrees)) at every change."""
    poses: list[tuple[int, tuple[float, float]]] = []
    last: tuple[float, float] | None = None
    for frame in range(clip.start_frame, clip.end_frame):
        pose = _pose(frame - clip.start_frame, clip.end_frame - frame)
        if pose != last:
            poses.append((frame, pose))
        last = pose
    return poses


def _pose(age: int, left: int) -> tuple[float, float]:
    if left <= LEAVE_FRAMES:
        share = easing.in_cubic(1 - (left - 1) / LEAVE_FRAMES)
        return round(1 - 0.9 * share, 3), round(-14 * share, 2)
    if age < POP_FRAMES:
        share = (age + 1) / POP_FRAMES
        return round(max(0.08, easing.spring(share, swings=1.2, damping=5.6)), 3), round(
            -22 * (1 - easing.out_cubic(share)), 2
        )
    # On twos: a breath is slow, and every change is a picture to store and to lay down.
    age -= age % 2
    beat = easing.pulse(age - POP_FRAMES - BREATH_EVERY // 2, BREATH_EVERY, BREATH_FRAMES)
    return round(1 + 0.055 * beat, 3), round(4.0 * beat, 2)


def _posed(image: Rgba, scale: float, degrees: float) -> Rgba:
    """`image` scaled and turned round its centre, same size; the art leaves room for a little more than 1."""
    if scale == 1.0 and degrees == 0.0:
        return image
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale * 1.0)
    soft = image.astype(np.float32)
    soft[..., :3] *= soft[..., 3:] / 255
    turned = cv2.warpAffine(soft, matrix, (width, height), flags=cv2.INTER_LINEAR if scale > 0.6 else cv2.INTER_AREA)
    alpha = np.maximum(turned[..., 3:], 1e-3)
    turned[..., :3] = turned[..., :3] * 255 / alpha
    return np.clip(turned + 0.5, 0, 255).astype(np.uint8)


def _boxes(clip: StickerClip, art: StickerArt, left: int, top: int) -> tuple[TextBox, ...]:
    x0, y0, x1, y1 = art.text_box
    text = f"{clip.text} {clip.detail}".strip()

    def box(start: int, end: int, is_moving: bool) -> TextBox:
        place = (left + x0, top + y0, left + x1, top + y1)
        edge = colours.as_hex(art.ground)
        return TextBox("sticker", text, start, end, *place, art.glyph_px, colours.as_hex(art.colour), edge, is_moving)

    stands, leaves = clip.start_frame + POP_FRAMES, clip.end_frame - LEAVE_FRAMES
    if leaves <= stands:
        return (box(clip.start_frame, clip.end_frame, True),)
    spans = ((clip.start_frame, stands, True), (stands, leaves, False), (leaves, clip.end_frame, True))
    return tuple(box(*span) for span in spans)


def _burst(clip: StickerClip, short: int, safe: SafeArea, brand: Brand) -> StickerArt:
    """A starburst in the accent colour, tilted, with a rim line and a long soft shadow."""
    del safe
    ground, ink = colours.ground_for(colours.parse(brand.accent))
    side = round(short * 0.31)
    sheet = _star(side, ground, ink)
    amount = fit_lines(clip.text, side * 0.66, round(side * 0.29), 1, smallest=0.3)
    big = draw_lines([[Run(amount[1][0], ink)]], TextStyle(amount[0], leading=1.0))
    size, lines = fit_lines(clip.detail, side * 0.54, round(side * 0.105), 2, smallest=0.6) if clip.detail else (0, [])
    small = draw_lines([[Run(line, ink)] for line in lines], TextStyle(size, leading=1.15)) if lines else None
    box = _stacked(sheet, [small, big] if small else [big], round(side * 0.04))
    whole = sheet.rotate(7, Image.Resampling.BICUBIC)
    return StickerArt(np.asarray(whole).copy(), box, ink, ground, glyph_height(clip.text, amount[0]))


def _star(side: int, ground: Rgb, ink: Rgb) -> Image.Image:
    big = side * SUPERSAMPLE
    centre = big / 2
    points = []
    teeth = 18
    for index in range(teeth * 2):
        radius = big * (0.445 if index % 2 == 0 else 0.405)
        angle = math.pi * index / teeth
        points.append((centre + radius * math.cos(angle), centre + radius * math.sin(angle)))
    sheet = Image.new("RGBA", (big, big), (*ground, 0))
    pen = ImageDraw.Draw(sheet)
    shadow = Image.new("L", (big, big), 0)
    ImageDraw.Draw(shadow).polygon([(x, y + big * 0.018) for x, y in points], fill=110)
    dark = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    dark.putalpha(shadow.filter(ImageFilter.GaussianBlur(big * 0.016)))
    pen.polygon(points, fill=(*ground, 255))
    rim = big * 0.37
    line = colours.mix(ground, ink, 0.35)
    pen.ellipse(
        (centre - rim, centre - rim, centre + rim, centre + rim), outline=(*line, 255), width=max(2, big // 130)
    )
    return Image.alpha_composite(dark, sheet).resize((side, side), Image.Resampling.LANCZOS)


def _stacked(sheet: Image.Image, blocks: Sequence[Drawn], gap: int) -> tuple[int, int, int, int]:
    """Draw blocks of text centred under each other; returns their common ink box."""
    heights = [block.ink[3] - block.ink[1] for block in blocks]
    y = (sheet.height - sum(heights) - gap * (len(blocks) - 1)) // 2
    first, widest = y, 0
    for block, height in zip(blocks, heights, strict=True):
        left, top, right, bottom = block.ink
        sheet.alpha_composite(
            Image.fromarray(block.image[top:bottom, left:right]), ((sheet.width - right + left) // 2, y)
        )
        widest = max(widest, right - left)
        y += height + gap
    left = (sheet.width - widest) // 2
    return left, first, left + widest, y - gap


def _ribbon(clip: StickerClip, short: int, safe: SafeArea, brand: Brand) -> StickerArt:
    """A ribbon with a swallow tail in the brand's colour; detail smaller below."""
    ground, ink = colours.ground_for(colours.parse(brand.primary))
    room = (safe.right - safe.left) * 0.5
    size, lines = fit_lines(clip.text, room, round(short * 0.055), 2, smallest=0.6)
    blocks = [draw_lines([[Run(line, ink)] for line in lines], TextStyle(size, leading=1.18))]
    if clip.detail:
        small, more = fit_lines(clip.detail, room, round(size * 0.68), 2, smallest=0.6)
        blocks.append(draw_lines([[Run(line, ink)] for line in more], TextStyle(small, weight="regular", leading=1.18)))
    wide = max(block.ink[2] - block.ink[0] for block in blocks)
    gap = round(size * 0.28)
    high = sum(block.ink[3] - block.ink[1] for block in blocks) + gap * (len(blocks) - 1)
    pad, tail = round(size * 0.42), round(size * 0.55)
    width, height = wide + 2 * pad + tail, high + 2 * pad
    slack = round(width * 0.055)
    sheet = Image.new("RGBA", (width + 2 * slack, height + 2 * slack), (*ground, 0))
    sheet.alpha_composite(_band(width, height, tail, ground, colours.parse(brand.accent)), (slack, slack))
    body = Image.new("RGBA", (wide, high), (0, 0, 0, 0))
    _stacked(body, blocks, gap)
    at = (slack + tail + pad, slack + pad)
    sheet.alpha_composite(body, at)
    box = (at[0], at[1], at[0] + wide, at[1] + high)
    return StickerArt(np.asarray(sheet).copy(), box, ink, ground, glyph_height(clip.text, size))


def _band(width: int, height: int, tail: int, ground: Rgb, accent: Rgb) -> Image.Image:
    big = SUPERSAMPLE
    band = Image.new("RGBA", (width * big, height * big), (*ground, 0))
    pen = ImageDraw.Draw(band)
    shape = [(0, 0), (width, 0), (width, height), (0, height), (tail, height / 2)]
    pen.polygon([(x * big, y * big) for x, y in shape], fill=(*ground, 255))
    stripe = max(3, height // 16)
    pen.rectangle((0, (height - stripe) * big, width * big, height * big), fill=(*accent, 255))
    pen.polygon(
        [(0, (height - stripe) * big), (tail * 0.2 * big, height * big), (0, height * big)], fill=(*accent, 255)
    )
    return band.resize((width, height), Image.Resampling.LANCZOS)
