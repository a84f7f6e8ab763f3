"""The visible AI label of GB 45438: top left, from frame 0, at least 2 s, glyphs >= 5 % of the short side."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from generation.contracts import Canvas, LabelClip, SafeArea, TextBox
from generation.drawing import colours
from generation.drawing.lettering import Rgba, TextStyle, draw_text, glyph_height
from generation.drawing.overlays import Lane, OverlayState

STYLE = "label-2"
GLYPH_SHARE = 0.05
PLATE = (10, 14, 16)
PLATE_ALPHA = 178
MARGIN_SHARE = 0.012
MEASURE_SLACK_PX = 2
"""A font's own measure counts half-covered rows as whole; whoever measures the finished pixels does not."""


def label_glyph_px(canvas: Canvas) -> int:
    """The least glyph height in pixels the standard asks for on this canvas."""
    return math.ceil(min(canvas.width, canvas.height) * GLYPH_SHARE)


def label_lane(clip: LabelClip, canvas: Canvas, safe: SafeArea) -> Lane:
    """The label as one still overlay. Its smallest full glyph measures at least `label_glyph_px`."""
    short = min(canvas.width, canvas.height)
    size = _type_size(clip.text, label_glyph_px(canvas) + MEASURE_SLACK_PX)
    image = _plate(clip.text, size)
    left, top = safe.left + round(short * MARGIN_SHARE), safe.top + round(short * MARGIN_SHARE)
    box = TextBox(
        "label",
        clip.text,
        clip.start_frame,
        clip.end_frame,
        left,
        top,
        left + image.shape[1],
        top + image.shape[0],
        glyph_height(clip.text, size),
        colours.as_hex(colours.WHITE),
        colours.as_hex(worst_plate_colour()),
    )
    return Lane((OverlayState(clip.start_frame, image, left, top), OverlayState(clip.end_frame, None)), (box,))


def worst_plate_colour() -> colours.Rgb:
    """The plate over pure white: the lightest ground the white glyphs can ever lie on."""
    return colours.mix(colours.WHITE, PLATE, PLATE_ALPHA / 255)


def _type_size(text: str, least: int) -> int:
    size = least
    while glyph_height(text, size) < least:
        size += 1
    return size


def _plate(text: str, size: int) -> Rgba:
    drawn = draw_text(text, TextStyle(size, leading=1.0))
    left, top, right, bottom = drawn.ink
    across, down = round(size * 0.34), round(size * 0.26)
    width, height = right - left + 2 * across, bottom - top + 2 * down
    sheet = Image.new("RGBA", (width * 2, height * 2), (*PLATE, 0))
    pen = ImageDraw.Draw(sheet)
    pen.rounded_rectangle((0, 0, 2 * width - 1, 2 * height - 1), radius=size * 0.42, fill=(*PLATE, PLATE_ALPHA))
    plate = sheet.resize((width, height), Image.Resampling.LANCZOS)
    letters = Image.fromarray(drawn.image[top:bottom, left:right])
    plate.alpha_composite(letters, (across, down))
    return np.asarray(plate).copy()
