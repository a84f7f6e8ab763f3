"""Captions: bold type with a firm outline, facts in the brand's accent, words lit as they are spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from generation.contracts import Brand, Canvas, CaptionClip, SafeArea, TextBox
from generation.drawing import colours
from generation.drawing.colours import Rgb
from generation.drawing.fitting import fit_lines
from generation.drawing.lettering import Drawn, Run, TextStyle, draw_lines, glyph_height
from generation.drawing.overlays import Lane, OverlayState

STYLE = "caption-4"
TYPE_SHARE = 0.079
"""Type size as a share of the canvas' short side: about 10 Han characters to a line in 9:16."""
UNSPOKEN: Rgb = (214, 219, 222)
EDGE: Rgb = (12, 15, 17)
PLATE_ALPHA = 214
POP = (0.86, 0.97, 1.03)
"""Scale of the first frames of a caption, before it stands."""


@dataclass(frozen=True)
class CaptionLook:
    """Everything a caption's drawing depends on besides its text."""

    canvas: Canvas
    safe: SafeArea
    accent: Rgb
    has_plate: bool = False


def look_of(canvas: Canvas, safe: SafeArea, brand: Brand, has_plate: bool = False) -> CaptionLook:
    """The look on a canvas; the accent is lightened until it reads on the outline.

    A plate goes under captions over cards, whose grounds may have the accent's own colour.
    """
    accent = colours.readable(colours.parse(brand.accent), EDGE, 6.0)
    return CaptionLook(canvas, safe, accent, has_plate)


def caption_lane(clip: CaptionClip, look: CaptionLook) -> Lane:
    """One caption phrase as overlay states and text boxes; frames as in the clip."""
    short = min(look.canvas.width, look.canvas.height)
    room = (look.safe.right - look.safe.left) * (0.88 if look.has_plate else 0.96)
    size, lines = fit_lines(clip.text, room, round(short * TYPE_SHARE), 2, smallest=0.62, protected=clip.emphasis)
    style = TextStyle(size, outline=0.085, outline_colour=EDGE, shadow=0.07, leading=1.26)
    stages = _stages(clip)
    states: list[OverlayState] = []
    boxes: list[TextBox] = []
    for index, (start, end, spoken) in enumerate(stages):
        drawn = draw_lines(_runs(lines, clip, look, spoken), style)
        drawn = on_plate(drawn, size) if look.has_plate else drawn
        corner = _corner(drawn, look)
        if index == 0:
            states += _pop(drawn, corner, start)
        states.append(OverlayState(start + (len(POP) if index == 0 else 0), drawn.image, *corner))
        boxes.append(_box(clip, drawn, corner, start, end, glyph_height(clip.text, size)))
    return Lane((*states, OverlayState(clip.end_frame, None)), _merged(boxes))


def _stages(clip: CaptionClip) -> list[tuple[int, int, int | None]]:
    """(start, end, index of the word being spoken) stretches; None where no word times are known."""
    starts = [word.start_frame for word in clip.words]
    first = clip.start_frame + len(POP)
    cuts = [(max(start, clip.start_frame), index) for index, start in enumerate(starts) if start < clip.end_frame]
    if not cuts:
        return [(clip.start_frame, clip.end_frame, None)]
    # Words that begin while the caption still pops in are lit as soon as it stands.
    early = [index for at, index in cuts if at <= first]
    stages = [(clip.start_frame, early[-1] if early else -1)] + [(at, i) for at, i in cuts if at > first]
    ends = [at for at, _ in stages[1:]] + [clip.end_frame]
    return [(at, end, index) for (at, index), end in zip(stages, ends, strict=True) if end > at]


def _runs(lines: Sequence[str], clip: CaptionClip, look: CaptionLook, spoken: int | None) -> list[list[Run]]:
    """Colour every character of every line."""
    text = "".join(lines)
    paint = _paint(text, clip, look, spoken)
    runs: list[list[Run]] = []
    at = 0
    for line in lines:
        runs.append(_grouped(line, paint[at : at + len(line)]))
        at += len(line)
    return runs


def _paint(text: str, clip: CaptionClip, look: CaptionLook, spoken: int | None) -> list[Rgb]:
    paint: list[Rgb] = [colours.WHITE] * len(text)
    places = _places(text, clip.emphasis)
    # A phrase that is all emphasis has none: it stays white.
    if sum(end - start for start, end in places) < 0.75 * len(text):
        for start, end in places:
            paint[start:end] = [look.accent] * (end - start)
    if spoken is None:
        return paint
    at = 0
    for index, word in enumerate(clip.words):
        spot = text.lower().find(word.text.lower().strip(), at)
        if spot < 0 or not word.text.strip():
            continue
        end = spot + len(word.text.strip())
        if index == spoken:
            paint[spot:end] = [look.accent] * (end - spot)
        elif index > spoken:
            paint[spot:end] = [c if c == look.accent else UNSPOKEN for c in paint[spot:end]]
        at = end
    return paint


def _places(text: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    places = []
    for phrase in phrases:
        squeezed = phrase.replace(" ", "")
        for needle in {phrase, squeezed} - {""}:
            start = text.find(needle)
            while start >= 0:
                places.append((start, start + len(needle)))
                start = text.find(needle, start + len(needle))
    return places


def _grouped(line: str, paint: Sequence[Rgb]) -> list[Run]:
    runs: list[Run] = []
    for character, colour in zip(line, paint, strict=True):
        if runs and runs[-1].colour == colour:
            runs[-1] = Run(runs[-1].text + character, colour)
        else:
            runs.append(Run(character, colour))
    return runs


def _corner(drawn: Drawn, look: CaptionLook) -> tuple[int, int]:
    """Centred in the safe area, its last line a little above the safe area's foot."""
    foot = look.safe.bottom - round((look.safe.bottom - look.safe.top) * 0.035)
    centre = (look.safe.left + look.safe.right) // 2
    left, _, right, bottom = drawn.ink
    return centre - (left + right) // 2, foot - bottom


def on_plate(drawn: Drawn, size: int) -> Drawn:
    """The text on a rounded dark plate; the plate then counts as its ink."""
    left, top, right, bottom = drawn.ink
    pad_x, pad_y = round(size * 0.38), round(size * 0.26)
    room = max(0, pad_x - left, pad_y - top)
    sheet = Image.fromarray(np.pad(drawn.image, ((room, room), (room, room), (0, 0))))
    box = (left + room - pad_x, top + room - pad_y, right + room + pad_x, bottom + room + pad_y)
    mask = Image.new("L", (sheet.width * 2, sheet.height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle([side * 2 for side in box], radius=size * 0.8, fill=PLATE_ALPHA)
    plate = Image.new("RGBA", sheet.size, (*EDGE, 0))
    plate.putalpha(mask.resize(sheet.size, Image.Resampling.BOX))
    return Drawn(np.asarray(Image.alpha_composite(plate, sheet)).copy(), box)


def _pop(drawn: Drawn, corner: tuple[int, int], start: int) -> list[OverlayState]:
    import cv2

    height, width = drawn.image.shape[:2]
    states = []
    for index, scale in enumerate(POP):
        matrix = np.array([[scale, 0, width * (1 - scale) / 2], [0, scale, height * (1 - scale) / 2]], np.float32)
        image = cv2.warpAffine(drawn.image, matrix, (width, height), flags=cv2.INTER_LINEAR)
        states.append(OverlayState(start + index, image.astype(np.uint8), *corner))
    return states


def _box(clip: CaptionClip, drawn: Drawn, corner: tuple[int, int], start: int, end: int, glyph: int) -> TextBox:
    x, y = corner
    left, top, right, bottom = drawn.ink
    place = (x + left, y + top, x + right, y + bottom)
    return TextBox("caption", clip.text, start, end, *place, glyph, colours.as_hex(colours.WHITE), colours.as_hex(EDGE))


def _merged(boxes: Sequence[TextBox]) -> tuple[TextBox, ...]:
    """One box for the whole caption: karaoke changes colours, not places."""
    first, last = boxes[0], boxes[-1]
    pop_end = min(first.start_frame + len(POP), last.end_frame)
    values = {**first.__dict__}
    moving = TextBox(**{**values, "end_frame": pop_end, "is_moving": True})
    still = TextBox(**{**values, "start_frame": pop_end, "end_frame": last.end_frame})
    return (moving, still) if still.end_frame > still.start_frame else (moving,)
