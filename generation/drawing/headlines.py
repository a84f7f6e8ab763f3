"""Headlines over an opening: lines on plates in the brand's colours that shoot in one after another and leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from core.errors import InputError
from generation.contracts import Brand, Canvas, HeadlineClip, SafeArea, TextBox
from generation.drawing import colours, easing
from generation.drawing.colours import Rgb
from generation.drawing.fitting import fit_lines
from generation.drawing.lettering import Rgba, TextStyle, draw_text, glyph_height
from generation.drawing.overlays import Lane, OverlayState

STYLE = "headline-1"
TYPE_SHARE = 0.150
"""Type size as a share of the canvas' short side, where the words leave room for it."""
LEAST_SHARE = 0.062
MOST_LINES = 3
CAPTIONED_SHARE = 0.35
"""The lower part of the safe area that a label's row and a caption of two lines may take."""
LINE_WORTH = 0.76
"""What a size is worth with one line more."""
ENDS = "，,、。.；;"
"""A line's end says what these marks say."""
SLANT = 0.16
"""How far a plate's ends lean, as a share of its height."""
SUPERSAMPLE = 2
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Room:
    """Where a headline may stand, in pixels of the canvas; right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class _Pace:
    """Frames a line takes to shoot in, those between lines, those of leaving: fewer in half a second."""

    shoot: int
    stagger: int
    leave: int


def _pace(frames: int) -> _Pace:
    return _Pace(4, 1, 3) if frames <= 16 else _Pace(6, 2, 4)


@dataclass(frozen=True)
class _Line:
    """A line on its plate. `ink` bounds its letters on the canvas."""

    text: str
    image: Rgba
    top: int
    ink: tuple[int, int, int, int]
    glyph_px: int
    colour: Rgb
    ground: Rgb


def headline_lane(clip: HeadlineClip, room: Room, short_side: int, brand: Brand) -> Lane:
    """The headline at the foot of `room`, where it hides no face of a portrait.

    InputError where its words do not fit at a size people can read.
    """
    lines = _set_lines(clip.text, room, short_side, brand)
    frames = clip.end_frame - clip.start_frame
    pace = _pace(frames)
    stands = min(frames, pace.shoot + pace.stagger * (len(lines) - 1))
    leaves = max(stands, frames - pace.leave)
    moments = [*range(stands + 1), *range(max(leaves, stands + 1), frames)]
    states = [
        OverlayState(clip.start_frame + at, _drawn(lines, room, at, frames), room.left, lines[0].top)
        for at in moments
        if at < frames
    ]
    spans = ((0, stands, True), (stands, leaves, False), (leaves, frames, True))
    boxes = [
        _box(line, clip.start_frame + start, clip.start_frame + end, is_moving)
        for line in lines
        for start, end, is_moving in spans
        if end > start
    ]
    return Lane((*states, OverlayState(clip.end_frame, None)), tuple(boxes))


def require_room(text: str, canvas: Canvas, safe_area: SafeArea) -> None:
    """InputError for words that do not fit over any picture of this size with a caption below them."""
    short = min(canvas.width, canvas.height)
    foot = safe_area.bottom - round((safe_area.bottom - safe_area.top) * CAPTIONED_SHARE)
    _fitted(text, Room(safe_area.left, safe_area.top, safe_area.right, foot), short)


def _set_lines(text: str, room: Room, short_side: int, brand: Brand) -> list[_Line]:
    size, texts = _fitted(text, room, short_side)
    schemes = _schemes(brand)
    lines: list[_Line] = []
    y = room.bottom - len(texts) * (_plate_height(size) + _gap(size)) + _gap(size)
    for number, line in enumerate(texts):
        ground, ink = schemes[1 if _is_marked(texts, number) else 0]
        made = _line(line, size, room.left, y, ground, ink)
        lines.append(made)
        y += made.image.shape[0] + _gap(size)
    return lines


def _fitted(text: str, room: Room, short_side: int) -> tuple[int, list[str]]:
    """(type size, lines): as large as the room allows, where another line has to be worth the picture it hides."""
    found = [_fit_in(text, room, short_side, most) for most in range(1, MOST_LINES + 1)]
    sizes = {len(lines): (size, lines) for size, lines in found if lines}
    if not sizes:
        raise InputError(f"headline “{text}”", "is too long to be read over this picture; say it in fewer words")
    best = max(sizes, key=lambda count: sizes[count][0] * LINE_WORTH**count)
    size, lines = sizes[best]
    return size, [line.rstrip(ENDS) for line in lines]


def _fit_in(text: str, room: Room, short_side: int, most_lines: int) -> tuple[int, list[str]]:
    """The largest type at which `text` takes at most `most_lines` lines of the room; no lines where none does."""
    size = round(short_side * TYPE_SHARE)
    least = short_side * LEAST_SHARE
    while size >= least:
        across, _ = _padding(size)
        width = room.right - room.left - 2 * across - round(_plate_height(size) * SLANT)
        fitted, lines = fit_lines(text, width, size, most_lines, smallest=least / size)
        if fitted < least or len(lines) > most_lines:
            break
        if len(lines) * (_plate_height(fitted) + _gap(fitted)) - _gap(fitted) <= room.bottom - room.top:
            return fitted, lines
        size = round(size * 0.94)
    return 0, []


def _schemes(brand: Brand) -> tuple[tuple[Rgb, Rgb], tuple[Rgb, Rgb]]:
    """(ground, ink) of plain lines and of the marked one."""
    return colours.ground_for(colours.parse(brand.primary)), colours.ground_for(colours.parse(brand.accent))


def _is_marked(lines: Sequence[str], number: int) -> bool:
    """One line stands out: the one with a figure, else the last of several."""
    figures = [at for at, line in enumerate(lines) if _NUMBER.search(line)]
    return number == (figures[0] if figures else len(lines) - 1) and len(lines) > 1


def _padding(size: int) -> tuple[int, int]:
    return round(size * 0.30), round(size * 0.20)


def _plate_height(size: int) -> int:
    return round(size * 1.02) + 2 * _padding(size)[1]


def _gap(size: int) -> int:
    return round(size * 0.10)


def _line(text: str, size: int, left: int, top: int, ground: Rgb, ink: Rgb) -> _Line:
    drawn = draw_text(text, TextStyle(size, leading=1.0), ink)
    x0, y0, x1, y1 = drawn.ink
    across, _ = _padding(size)
    high = _plate_height(size)
    lean = round(high * SLANT)
    wide = x1 - x0 + 2 * across + lean
    whole = Image.fromarray(_plate(wide, high, lean, ground))
    x, y = across + lean // 2, (high - (y1 - y0)) // 2
    whole.alpha_composite(Image.fromarray(drawn.image[y0:y1, x0:x1]), (x, y))
    box = (left + x, top + y, left + x + x1 - x0, top + y + y1 - y0)
    return _Line(text, np.asarray(whole).copy(), top, box, glyph_height(text, size), ink, ground)


def _plate(width: int, height: int, lean: int, ground: Rgb) -> Rgba:
    big = SUPERSAMPLE
    sheet = Image.new("L", (width * big, height * big), 0)
    shape = [(lean, 0), (width, 0), (width - lean, height), (0, height)]
    ImageDraw.Draw(sheet).polygon([(x * big, y * big) for x, y in shape], fill=255)
    alpha = np.asarray(sheet.resize((width, height), Image.Resampling.BOX))
    plate = np.empty((height, width, 4), np.uint8)
    plate[..., :3], plate[..., 3] = ground, alpha
    return plate


def _drawn(lines: Sequence[_Line], room: Room, at: int, frames: int) -> Rgba:
    """The headline `at` frames after it began, on a sheet as wide as the room."""
    bottom = lines[-1].top + lines[-1].image.shape[0]
    wide = max(line.image.shape[1] for line in lines)
    sheet = np.zeros((bottom - lines[0].top, min(wide, room.right - room.left), 4), np.uint8)
    pace = _pace(frames)
    gone = easing.in_cubic(easing.progress(at + 1, frames - pace.leave, pace.leave))
    for number, line in enumerate(lines):
        # Most of a line is there in its first frame: the opening's very first picture says something.
        share = easing.out_expo(0.16 + 0.84 * easing.progress(at, number * pace.stagger, pace.shoot - 1))
        if at >= number * pace.stagger:
            _lay(sheet, line, line.top - lines[0].top, share, gone)
    return sheet


def _lay(sheet: Rgba, line: _Line, top: int, share: float, gone: float) -> None:
    """A line shot in from the left to `share` of its width; leaving, it closes towards its end."""
    high, wide = line.image.shape[:2]
    first, last = round(wide * gone), round(wide * share)
    # While it shoots in, its right part is seen, moved: so the plate has its slanted end all the time.
    shown = line.image[:, first:last] if gone else line.image[:, wide - last :]
    sheet[top : top + high, first:last] = shown


def _box(line: _Line, start: int, end: int, is_moving: bool) -> TextBox:
    inks = colours.as_hex(line.colour), colours.as_hex(line.ground)
    return TextBox("headline", line.text, start, end, *line.ink, line.glyph_px, *inks, is_moving)
