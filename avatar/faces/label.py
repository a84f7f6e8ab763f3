"""The AI label: drawn the same on every picture, and looked for in the finished one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from avatar.faces.contracts import LabelCheck, Rect
from avatar.faces.layout import Layout
from avatar.faces.planes import Bytes, Frame, Sprite, blend, frame_of, sprite_of, straight
from generation.lettering import font

TITLE, SUBTITLE = "AI 数字人", "AI-generated host"
PLATE = (46, 50, 52)
WORDING_SIZES = range(22, 14, -1)
"""Sizes of the second line, in units of the drawing: an advertiser's own words are set as large as they fit."""
WORDING_ROOM = 198.0
MOST_DIFFERENCE = 7.0
"""Mean difference in luma up to which a compressed label still counts as whole."""
LEAST_LIKENESS = 0.97


def draw_label(yuv: Bytes, wording: str = "") -> Rect:
    """Lay the label over whatever is there; returns its box. `wording` takes the place of the second line."""
    return lay_label(frame_of(yuv), wording)


def lay_label(frame: Frame, wording: str = "") -> Rect:
    """Lay the label over the planes of a frame; returns its box."""
    sprite = label_sprite(frame.box.width, frame.box.height, wording)
    blend(frame, sprite, sprite.box)
    return sprite.box


def check_label(yuv: Bytes, wording: str = "") -> LabelCheck:
    """Whether the label stands whole in a composed picture: its pixels are compared, not a flag."""
    frame = frame_of(yuv)
    sprite = label_sprite(frame.box.width, frame.box.height, wording)
    box = sprite.box
    edge = max(2, round(box.height * 0.12))
    inside = slice(edge, box.height - edge), slice(edge, box.width - edge)
    seen = frame.y[box.y : box.bottom, box.x : box.right][inside].astype(np.float32)
    wanted = sprite.luma[inside].astype(np.float32)
    difference = float(np.abs(seen - wanted).mean())
    return LabelCheck(difference <= MOST_DIFFERENCE and _likeness(seen, wanted) >= LEAST_LIKENESS, box)


def _likeness(seen: npt.NDArray[Any], wanted: npt.NDArray[Any]) -> float:
    """Normalised correlation: 1 for the same drawing whatever its brightness."""
    a, b = seen - seen.mean(), wanted - wanted.mean()
    return float((a * b).sum() / max(float(np.sqrt((a * a).sum() * (b * b).sum())), 1e-6))


@lru_cache(maxsize=8)
def label_sprite(width: int, height: int, wording: str = "") -> Sprite:
    """The label for frames of a size: an opaque plate with round corners, so that no room shines through it.

    The first line is the law's and always the same; `wording` may take the place of the second.
    """
    layout = Layout(width, height)
    box, scale = layout.label, layout.label_scale
    fine = 3
    plate = Image.new("RGBA", (box.width * fine, box.height * fine), (0, 0, 0, 0))
    pen = ImageDraw.Draw(plate)
    corner = round(14 * scale * fine)
    pen.rounded_rectangle((0, 0, box.width * fine - 1, box.height * fine - 1), corner, fill=(*PLATE, 255))
    pen.rounded_rectangle(
        (0, 0, box.width * fine - 1, box.height * fine - 1), corner, outline=(104, 108, 110, 255), width=fine
    )
    small = plate.resize((box.width, box.height), Image.Resampling.BOX)
    pen = ImageDraw.Draw(small)
    left = round(18 * scale)
    pen.text((left, round(47 * scale)), TITLE, font=font(round(39 * scale)), fill=(255, 255, 255, 255), anchor="ls")
    pen.text(
        (left, round(77 * scale)),
        wording or SUBTITLE,
        font=font(max(1, round(_wording_size(wording) * scale)), "regular"),
        fill=(226, 230, 232, 255),
        anchor="ls",
    )
    return sprite_of(straight(np.asarray(small)), box.x, box.y)


def wording_fits(wording: str) -> bool:
    """Whether an advertiser's own words fit on the second line at a size that can be read."""
    return font(WORDING_SIZES[-1], "regular").getlength(wording) <= WORDING_ROOM


def _wording_size(wording: str) -> int:
    """The largest size at which `wording` fits, the least where none does."""
    if not wording:
        return WORDING_SIZES[0]
    fitting = (size for size in WORDING_SIZES if font(size, "regular").getlength(wording) <= WORDING_ROOM)
    return next(fitting, WORDING_SIZES[-1])
