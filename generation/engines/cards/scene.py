"""What every card has: its order, its room on the canvas, its type, its picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from core.errors import InputError
from generation.contracts import Brand, Canvas, CardClip, SafeArea, TextBox
from generation.drawing import colours
from generation.drawing.colours import Rgb
from generation.drawing.fitting import fit_lines
from generation.drawing.labels import label_glyph_px
from generation.drawing.lettering import Drawn, Rgba, Run, TextStyle, draw_lines, glyph_height
from generation.engines.cards.shapes import shadowed_picture
from generation.engines.cards.stage import Sprite, sprite_of
from generation.engines.feeds import Frame


@dataclass(frozen=True)
class Order:
    """A card as ordered, on its canvas."""

    clip: CardClip
    canvas: Canvas
    safe: SafeArea
    brand: Brand
    language: str
    is_captioned: bool

    @property
    def frames(self) -> int:
        return self.clip.end_frame - self.clip.start_frame

    @property
    def unit(self) -> float:
        """One hundredth of the canvas' short side, in pixels: the measure of all sizes."""
        return min(self.canvas.width, self.canvas.height) / 100

    def text(self, index: int) -> str:
        """The text at a place of the order, "" where it has none."""
        return self.clip.texts[index].strip() if index < len(self.clip.texts) else ""


@dataclass(frozen=True)
class Room:
    """A rectangle to lay things out in."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre_x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def centre_y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Scene:
    """A card ready to be drawn: `frame_at(n)` for n in 0..frames-1 gives RGB pictures; `boxes` its text."""

    frames: int
    frame_at: Callable[[int], Frame]
    boxes: tuple[TextBox, ...]


@dataclass(frozen=True)
class Block:
    """Lines of text as one sprite."""

    sprite: Sprite
    ink_width: int
    ink_height: int
    size: int
    text: str
    colour: Rgb

    def box(self, centre: tuple[float, float], start: int, end: int, edge: Rgb, is_moving: bool = False) -> TextBox:
        """The text as the checks see it, its ink centred at `centre`."""
        x, y = centre
        place = (x - self.ink_width / 2, y - self.ink_height / 2, x + self.ink_width / 2, y + self.ink_height / 2)
        left, top, right, bottom = (round(side) for side in place)
        inks = colours.as_hex(self.colour), colours.as_hex(edge)
        glyph = glyph_height(self.text, self.size)
        return TextBox("card", self.text, start, end, left, top, right, bottom, glyph, *inks, is_moving)


def content_room(order: Order) -> Room:
    """The safe area less the row of the AI label and, where captions come, theirs."""
    safe = order.safe
    label_row = label_glyph_px(order.canvas) * 2.2
    captions = order.unit * 7.9 * 1.26 * 2 + (safe.bottom - safe.top) * 0.045 if order.is_captioned else 0.0
    pad = order.unit * 1.5
    return Room(safe.left + pad, safe.top + label_row, safe.right - pad, safe.bottom - captions - pad)


def text_block(
    text: str,
    width: float,
    size: float,
    colour: Rgb,
    most_lines: int = 2,
    align: str = "centre",
    leading: float = 1.18,
    smallest: float = 0.45,
    marked: Sequence[str] = (),
    marked_colour: Rgb | None = None,
) -> Block:
    """Text fitted into `width`, as a sprite whose middle is the middle of its ink."""
    fitted, lines = fit_lines(text, width, round(size), most_lines, smallest=smallest, protected=marked)
    runs = [_runs(line, colour, marked, marked_colour or colour) for line in lines]
    drawn = draw_lines(runs, TextStyle(fitted, leading=leading, align=align))
    return Block(sprite_of(_cropped(drawn)), *_ink_size(drawn), fitted, text, colour)


def fitted_block(text: str, width: float, height: float, size: float, colour: Rgb, align: str = "centre") -> Block:
    """Text at the largest type up to `size` whose ink fits both `width` and `height`."""
    block = text_block(text, width, size, colour, 4, align, smallest=0.3)
    while block.size > 10 and (block.ink_height > height or block.ink_width > width):
        block = text_block(text, width, block.size * 0.94, colour, 4, align, smallest=0.3)
    return block


def _runs(line: str, colour: Rgb, marked: Sequence[str], marked_colour: Rgb) -> list[Run]:
    places = "|".join(re.escape(phrase) for phrase in sorted(set(marked), key=len, reverse=True) if phrase)
    parts = re.split(f"({places})", line) if places else [line]
    return [Run(part, marked_colour if part in marked else colour) for part in parts if part]


def _ink_size(drawn: Drawn) -> tuple[int, int]:
    left, top, right, bottom = drawn.ink
    return right - left, bottom - top


def _cropped(drawn: Drawn) -> Rgba:
    left, top, right, bottom = drawn.ink
    return drawn.image[top:bottom, left:right]


def product_picture(order: Order, width: float, height: float) -> Sprite | None:
    """The brand's picture fitted into a room, shadowed: cut out where it has alpha, else in a rounded frame."""
    path = order.brand.picture_path
    if not path:
        return None
    try:
        with Image.open(Path(path)) as opened:
            picture = opened.convert("RGBA")
    except (OSError, ValueError) as broken:
        raise InputError(Path(path).name, f"the product picture cannot be read: {broken}", code="picture") from broken
    has_alpha = picture.getchannel("A").getextrema()[0] < 250
    if has_alpha:
        picture = picture.crop(picture.getchannel("A").getbbox() or (0, 0, *picture.size))
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    fitted = np.asarray(picture.resize(size, Image.Resampling.LANCZOS)).copy()
    if not has_alpha:
        fitted[..., 3] = _rounded_mask(*size, order.unit * 3)
    return shadowed_picture(fitted, order.unit * 1.8)


def _rounded_mask(width: int, height: int, radius: float) -> Rgba:
    mask = Image.new("L", (width * 2, height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * 2 - 1, height * 2 - 1), radius * 2, fill=255)
    return np.asarray(mask.resize((width, height), Image.Resampling.BOX)).copy()


def shaken(frame: Frame, dx: float, dy: float) -> Frame:
    """The whole picture moved by a few pixels, its edges repeated."""
    import cv2

    if abs(dx) < 0.3 and abs(dy) < 0.3:
        return frame
    matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
    size = (frame.shape[1], frame.shape[0])
    moved = cv2.warpAffine(frame, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return moved  # type: ignore[return-value] # cv2 calls every array a MatLike; this is a Frame
