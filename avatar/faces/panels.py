"""Panels over the picture: the product card, the coupon, the link button, the ticker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, UnidentifiedImageError

from avatar.faces.contracts import CardState, Rect
from avatar.faces.layout import Layout
from avatar.faces.planes import Sprite, over_sprite, sprite_of, straight
from generation.lettering import Weight, font

CARD = (24.0, 1108.0, 696.0, 1260.0)
COUPON = (486.0, 140.0, 720.0, 214.0)
TICKER = (0.0, 128.0, 720.0, 166.0)
LINK = (220.0, 1150.0, 500.0, 1222.0)
INK, QUIET, PRICE = (22, 26, 28), (108, 114, 118), (196, 58, 40)
FINE = 3


class _Sheet:
    """A panel being drawn: shapes finer than needed, then letters at their own size."""

    def __init__(self, box: tuple[float, float, float, float], layout: Layout, margin: float = 10.0) -> None:
        self.layout, self.scale = layout, layout.scale
        left, top, right, bottom = box
        self.rect = layout.box(
            max(0.0, left - margin), top - margin, min(720.0, right + margin), min(1280.0, bottom + margin)
        )
        x, y = layout.place(left, top)
        self.dx, self.dy = x - self.rect.x, y - self.rect.y
        self.image = Image.new("RGBA", (self.rect.width, self.rect.height), (0, 0, 0, 0))

    def plate(self, box: tuple[float, float, float, float], radius: float, fill: tuple[int, int, int, int]) -> None:
        """A rounded plate; `box` from the panel's corner in units of the drawing."""
        mask = Image.new("L", (self.rect.width * FINE, self.rect.height * FINE), 0)
        x0, y0, x1, y1 = (v * self.scale * FINE for v in box)
        corners = (x0 + self.dx * FINE, y0 + self.dy * FINE, x1 + self.dx * FINE, y1 + self.dy * FINE)
        ImageDraw.Draw(mask).rounded_rectangle(corners, radius * self.scale * FINE, fill=fill[3])
        mask = mask.resize(self.image.size, Image.Resampling.BOX)
        top = Image.new("RGBA", self.image.size, (*fill[:3], 0))
        top.putalpha(mask)
        self.image = Image.alpha_composite(self.image, top)

    def shadow(self, blur: float, strength: float) -> None:
        """The shadow of what is there so far."""
        soft = (
            self.image.getchannel("A")
            .filter(ImageFilter.GaussianBlur(blur * self.scale))
            .point(lambda v: int(v * strength))
        )
        ground = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        ground.putalpha(soft)
        self.image = Image.alpha_composite(ground, self.image)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: tuple[int, int, int],
        weight: Weight = "bold",
        anchor: str = "ls",
        room: float = 0.0,
    ) -> float:
        """Text on a baseline, cut with an ellipsis where it is wider than `room`; returns its width in units."""
        face = font(max(6, round(size * self.scale)), weight)
        shown = text
        while room and len(shown) > 1 and face.getlength(shown) > room * self.scale:
            shown = f"{shown.rstrip('…')[:-1]}…"
        place = (x * self.scale + self.dx, y * self.scale + self.dy)
        ImageDraw.Draw(self.image).text(place, shown, font=face, fill=(*colour, 255), anchor=anchor)
        return float(face.getlength(shown)) / self.scale

    def sprite(self) -> Sprite:
        return sprite_of(straight(np.asarray(self.image)), self.rect.x, self.rect.y)


def button_width(text: str, layout: Layout) -> float:
    """Width of the card's button in units of the drawing."""
    return max(120.0, font(max(6, round(21 * layout.scale))).getlength(text) / layout.scale + 64)


def card_sprite(card: CardState, layout: Layout) -> Sprite:
    """A white card: picture, name, note, price, the price before, one button."""
    sheet = _Sheet(CARD, layout)
    sheet.plate((0, 0, 672, 152), 18, (253, 253, 251, 255))
    sheet.shadow(5, 0.35)
    left = 20.0
    if card.picture:
        sheet.plate((12, 12, 140, 140), 12, (228, 232, 228, 255))
        _picture(sheet, Path(card.picture))
        left = 158.0
    wide = button_width(card.button, layout) if card.button else 0.0
    at = button_at(card, wide)
    sheet.write(left, 46, card.name, 27, INK, room=652 - left)
    sheet.write(left, 78, card.note, 20, QUIET, "regular", room=652 - left)
    _prices(sheet, card, at + wide + 22 if card.button_left and card.button else left, 640 - left - wide)
    if card.button:
        sheet.plate((at, 84, at + wide, 136), 26, (20, 24, 26, 255))
        sheet.write(at + wide / 2, 110, card.button, 21, (255, 255, 255), anchor="mm")
    return sheet.sprite()


def button_at(card: CardState, wide: float) -> float:
    """The left edge of the card's button, from the card's own."""
    if card.button_left:
        return 158.0 if card.picture else 20.0
    return 656.0 - wide


def _prices(sheet: _Sheet, card: CardState, left: float, room: float) -> None:
    end = left + sheet.write(left, 128, card.price, 42, PRICE, room=room)
    if card.was:
        across = sheet.write(end + 16, 128, card.was, 22, (146, 150, 154), "regular")
        middle = 128 - 8
        sheet.plate((end + 14, middle - 0.8, end + 18 + across, middle + 0.8), 0, (146, 150, 154, 255))


def _picture(sheet: _Sheet, path: Path) -> None:
    """The product's picture in its field; a file that cannot be read leaves the field plain."""
    try:
        with Image.open(path) as opened:
            picture = opened.convert("RGBA")
    except (OSError, UnidentifiedImageError):
        return
    box = picture.getchannel("A").getbbox()
    picture = picture.crop(box) if box else picture
    clear = np.asarray(picture.getchannel("A")).min() < 128
    room = round((112 if clear else 128) * sheet.scale)
    fit = room / max(picture.size)
    if not clear:
        fit = room / min(picture.size)
    small = picture.resize(
        (max(1, round(picture.width * fit)), max(1, round(picture.height * fit))), Image.Resampling.LANCZOS
    )
    spot = Image.new("RGBA", sheet.image.size, (0, 0, 0, 0))
    middle = (76 * sheet.scale + sheet.dx, 76 * sheet.scale + sheet.dy)
    spot.paste(small, (round(middle[0] - small.width / 2), round(middle[1] - small.height / 2)))
    field = _Sheet(CARD, sheet.layout)
    field.plate((12, 12, 140, 140), 12, (255, 255, 255, 255))
    inside = np.asarray(field.image.getchannel("A")).astype(np.uint16) * np.asarray(spot.getchannel("A")) // 255
    spot.putalpha(Image.fromarray(inside.astype(np.uint8)))
    sheet.image = Image.alpha_composite(sheet.image, spot)


def coupon_sprite(text: str, layout: Layout) -> Sprite:
    """A red ticket at the right edge."""
    wide = min(420.0, font(max(6, round(26 * layout.scale))).getlength(text) / layout.scale + 60)
    sheet = _Sheet((720 - wide, COUPON[1], 720.0, COUPON[3]), layout)
    sheet.plate((0, 6, wide + 30, 66), 14, (206, 52, 42, 255))
    sheet.shadow(4, 0.35)
    sheet.plate((6, 12, wide + 30, 60), 10, (222, 72, 56, 255))
    sheet.write(26, 36, text, 26, (255, 244, 222), anchor="lm", room=wide - 40)
    return sheet.sprite()


def link_sprite(text: str, layout: Layout, side: int = 0) -> Sprite:
    """A button at the foot, where there is no card: in the middle, at the left (-1) or at the right (1)."""
    left, top, right, bottom = LINK
    aside = side * (720.0 - 24.0 - right)
    sheet = _Sheet((left + aside, top, right + aside, bottom), layout)
    sheet.plate((0, 0, 280, 72), 36, (236, 84, 52, 255))
    sheet.shadow(6, 0.4)
    sheet.write(140, 36, text, 28, (255, 255, 255), anchor="mm", room=250)
    return sheet.sprite()


def ring_sprite(card: CardState, layout: Layout) -> Sprite:
    """A glow around the card's button while the host points at it."""
    wide = button_width(card.button, layout)
    at = button_at(card, wide)
    sheet = _Sheet(CARD, layout)
    sheet.plate((at - 8, 76, at + wide + 8, 144), 34, (255, 196, 64, 255))
    soft = sheet.image.filter(ImageFilter.GaussianBlur(4 * layout.scale))
    sheet.image = Image.alpha_composite(soft, sheet.image)
    alpha = np.asarray(sheet.image.getchannel("A")).copy()
    inner = _Sheet(CARD, layout)
    inner.plate((at - 3, 81, at + wide + 3, 139), 29, (0, 0, 0, 255))
    hole = np.asarray(inner.image.getchannel("A"))
    sheet.image.putalpha(Image.fromarray((alpha.astype(np.uint16) * (255 - hole) // 255).astype(np.uint8)))
    return sheet.sprite()


@dataclass(frozen=True)
class Strip:
    """A ticker's ground and its text, which runs over it."""

    ground: Sprite
    text: Sprite

    def at(self, place: int, room: int) -> Sprite:
        """The strip with its text `place` pixels in; a text that fits stands at the left."""
        whole, length = self.ground.copy(), self.text.width
        left = (self.ground.width - room) // 4 * 2
        start = left if length <= room else left + room - place
        start = start // 2 * 2
        first, last = max(left, start), min(left + room // 2 * 2, start + length)
        if last > first:
            cut = self.text.part(Rect(first - start, 0, last - first, self.text.height))
            over_sprite(whole, cut.at(first, 0))
        return whole


@lru_cache(maxsize=4)
def ticker_strip(text: str, layout: Layout) -> Strip:
    """A dark strip under the label with a line of text."""
    rect = layout.box(*TICKER)
    ground = np.zeros((rect.height, rect.width, 4), np.float32)
    ground[...] = (9, 10, 11, 148)
    face = font(max(6, round(22 * layout.scale)), "regular")
    image = Image.new("RGBA", ((int(face.getlength(text)) + 5) // 4 * 4, rect.height), (255, 255, 255, 0))
    ImageDraw.Draw(image).text((1, rect.height / 2), text, font=face, fill=(244, 246, 246, 255), anchor="lm")
    return Strip(sprite_of(ground, rect.x, rect.y), sprite_of(straight(np.asarray(image))))
