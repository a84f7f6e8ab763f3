"""Lines of coloured text as RGBA pictures, with outline and shadow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from generation.drawing.colours import INK, WHITE, Rgb
from generation.drawing.fonts import Weight, font

Rgba = npt.NDArray[np.uint8]
"""A picture: height x width x 4, straight (not premultiplied) alpha."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one colour."""

    text: str
    colour: Rgb = WHITE


@dataclass(frozen=True)
class TextStyle:
    """How text looks. `outline` and `shadow` are shares of the type size; 0 for none."""

    size: int
    weight: Weight = "bold"
    outline: float = 0.0
    outline_colour: Rgb = INK
    shadow: float = 0.0
    leading: float = 1.24
    align: str = "centre"


@dataclass(frozen=True)
class Drawn:
    """A picture of text; `ink` is (left, top, right, bottom) of fill and outline inside it."""

    image: Rgba
    ink: tuple[int, int, int, int]


def glyph_height(text: str, size: int, weight: Weight = "bold") -> int:
    """Height in pixels of the smallest full glyph of `text`: Han characters and Latin capitals or figures.

    Small letters and marks are no full glyphs; a text of nothing else is measured by its tallest.
    """
    face = font(size, weight)
    heights = {c: face.getbbox(c)[3] - face.getbbox(c)[1] for c in set(text) if not c.isspace()}
    full = [h for c, h in heights.items() if ("\u4e00" <= c <= "\u9fff" and c not in "一二三") or c.isupper()]
    return int(min(full) if full else max(heights.values(), default=0))


def draw_lines(lines: Sequence[Sequence[Run]], style: TextStyle) -> Drawn:
    """Draw lines of runs. Outlines lie under all fills, so that no run bites into its neighbour."""
    face = font(style.size, style.weight)
    stroke = round(style.size * style.outline)
    pad = stroke + round(style.size * (0.1 + 2.2 * style.shadow)) + 2
    step = round(style.size * style.leading)
    widths = [face.getlength("".join(run.text for run in line)) for line in lines]
    box = (int(max(widths, default=1)) + 2 * pad + 2, step * len(lines) + 2 * pad)
    fill, edge = Image.new("RGBA", box, (0, 0, 0, 0)), Image.new("L", box, 0)
    pen, edge_pen = ImageDraw.Draw(fill), ImageDraw.Draw(edge)
    inner = box[0] - 2 * pad
    for index, line in enumerate(lines):
        left = {"left": 0.0, "right": inner - widths[index]}.get(style.align, (inner - widths[index]) / 2)
        baseline = pad + step * index + round(style.size * (style.leading - 1.0) / 2 + style.size * 0.88)
        text = ""
        for run in line:
            x = pad + left + face.getlength(text + run.text) - face.getlength(run.text)
            pen.text((x, baseline), run.text, font=face, fill=(*run.colour, 255), anchor="ls")
            edge_pen.text((x, baseline), run.text, font=face, fill=255, anchor="ls", stroke_width=stroke)
            text += run.text
    return _assembled(fill, edge, stroke, style)


def _assembled(fill: Image.Image, edge: Image.Image, stroke: int, style: TextStyle) -> Drawn:
    under = Image.new("RGBA", fill.size, (*style.outline_colour, 0))
    if stroke:
        under.putalpha(edge)
    whole = Image.alpha_composite(under, fill)
    ink = edge.getbbox() or (0, 0, 1, 1)
    if style.shadow:
        soft = edge.filter(ImageFilter.GaussianBlur(style.size * style.shadow))
        soft = ImageChops.offset(soft, 0, round(style.size * style.shadow * 0.7)).point(lambda v: int(v * 0.6))
        ground = Image.new("RGBA", fill.size, (0, 0, 0, 0))
        ground.putalpha(soft)
        whole = Image.alpha_composite(ground, whole)
    return Drawn(np.asarray(whole).copy(), ink)


def draw_text(text: str, style: TextStyle, colour: Rgb = WHITE) -> Drawn:
    """One line of text in one colour."""
    return draw_lines([[Run(text, colour)]], style)
