"""The window of a viewer who is on air: their picture, or their initial where there is only a voice, and their name."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from avatar.faces.contracts import GuestView, Rect
from avatar.faces.layout import Layout
from avatar.faces.planes import Bytes, Sprite, frame_of, over_sprite, sprite_of, straight
from generation.lettering import font, missing_characters

WINDOW = (508.0, 226.0, 696.0, 476.0)
"""Right of the host's face, below label, ticker and coupon, far above the caption."""
RADIUS, PLATE_HEIGHT = 18.0, 46.0
GROUND, DISC, EDGE, PLATE = (34, 42, 46), (53, 184, 159), (255, 255, 255), (9, 11, 12)
FINE = 3


def window_box(layout: Layout) -> Rect:
    """Where the window lies in the frame, on even pixels."""
    return layout.box(*WINDOW)


class GuestWindow:
    """Draws the window. A view that shows what the last one showed gives the very same sprite."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._box = layout, window_box(layout)
        self._sprite: Sprite | None = None
        self._shown: tuple[str, bool] | None = None

    def sprite(self, view: GuestView | None) -> Sprite | None:
        """The window as it is now, None without a guest."""
        if view is None:
            self._sprite = self._shown = None
            return None
        shown = (view.name, view.picture is None)
        if self._sprite is None or shown != self._shown or view.is_fresh:
            self._sprite, self._shown = self._drawn(view), shown
        return self._sprite

    def _drawn(self, view: GuestView) -> Sprite:
        size, scale = (self._box.width, self._box.height), self._layout.scale
        name = writable(view.name)
        if view.picture is None:
            return voice_card(*size, scale, name).at(self._box.x, self._box.y)
        window = _cut_out(view.picture, _mask(*size, scale))
        over_sprite(window, name_plate(*size, scale, name))
        return window.at(self._box.x, self._box.y)


def writable(name: str) -> str:
    """A name without the characters that no font here draws."""
    absent = frozenset(missing_characters(name))
    return "".join(each for each in name if each not in absent).strip() or "·"


def _cut_out(yuv: Bytes, mask: Sprite) -> Sprite:
    """The guest's I420 picture in the shape of the window; colours multiplied by alpha."""
    import cv2

    frame = frame_of(yuv)
    half = np.ascontiguousarray(mask.uva[..., 2])
    chroma = [cv2.multiply(np.ascontiguousarray(plane), half, scale=1 / 255) for plane in (frame.u, frame.v)]
    luma = cv2.multiply(np.ascontiguousarray(frame.y), mask.alpha, scale=1 / 255)
    return Sprite(luma, mask.alpha.copy(), cv2.merge([*chroma, half]))


@lru_cache(maxsize=4)
def _mask(width: int, height: int, scale: float) -> Sprite:
    image = Image.new("RGBA", (width * FINE, height * FINE), (0, 0, 0, 0))
    box = (0, 0, width * FINE - 1, height * FINE - 1)
    ImageDraw.Draw(image).rounded_rectangle(box, RADIUS * scale * FINE, fill=(255, 255, 255, 255))
    return sprite_of(straight(np.asarray(image.resize((width, height), Image.Resampling.BOX))))


@lru_cache(maxsize=8)
def name_plate(width: int, height: int, scale: float, name: str) -> Sprite:
    """A dark foot with the name, and an edge around the window."""
    image = Image.new("RGBA", (width * FINE, height * FINE), (0, 0, 0, 0))
    _draw_frame(image, scale)
    return sprite_of(straight(np.asarray(_with_name(image.resize((width, height), Image.Resampling.BOX), scale, name))))


@lru_cache(maxsize=8)
def voice_card(width: int, height: int, scale: float, name: str) -> Sprite:
    """The window of a guest without a camera: the initial on a disc."""
    image = Image.new("RGBA", (width * FINE, height * FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    box = (0, 0, width * FINE - 1, height * FINE - 1)
    pen.rounded_rectangle(box, RADIUS * scale * FINE, fill=(*GROUND, 255))
    middle = (width * FINE / 2, (height - PLATE_HEIGHT * scale) * FINE / 2)
    radius = 54 * scale * FINE
    pen.ellipse((middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), fill=(*DISC, 255))
    _draw_frame(image, scale)
    small = image.resize((width, height), Image.Resampling.BOX)
    face = font(max(6, round(52 * scale)))
    place = (middle[0] / FINE, middle[1] / FINE)
    ImageDraw.Draw(small).text(place, name[:1].upper(), font=face, fill=(9, 30, 26, 255), anchor="mm")
    return sprite_of(straight(np.asarray(_with_name(small, scale, name))))


def _draw_frame(image: Image.Image, scale: float) -> None:
    """The plate at the foot inside the rounded shape, and the edge, at the fine size."""
    width, height = image.size
    plate = Image.new("RGBA", image.size, (0, 0, 0, 0))
    top = height - round(PLATE_HEIGHT * scale * FINE)
    shape = Image.new("L", image.size, 0)
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, width - 1, height - 1), RADIUS * scale * FINE, fill=190)
    shape.paste(0, (0, 0, width, top))
    plate.paste((*PLATE, 255), (0, 0, width, height))
    plate.putalpha(shape)
    image.alpha_composite(plate)
    line = max(FINE, round(2.5 * scale * FINE))
    ImageDraw.Draw(image).rounded_rectangle(
        (0, 0, width - 1, height - 1), RADIUS * scale * FINE, outline=(*EDGE, 215), width=line
    )


def _with_name(image: Image.Image, scale: float, name: str) -> Image.Image:
    face = font(max(6, round(24 * scale)))
    room, shown = image.width - 24 * scale, name
    while len(shown) > 1 and face.getlength(shown) > room:
        shown = f"{shown.rstrip('…')[:-1]}…"
    place = (image.width / 2, image.height - PLATE_HEIGHT * scale / 2)
    ImageDraw.Draw(image).text(place, shown, font=face, fill=(255, 255, 255, 255), anchor="mm")
    return image
