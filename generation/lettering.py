"""The door to lettering for processes that run without Django: fonts, their glyphs, lines drawn as pixels."""

from generation.drawing.fonts import Weight, font, missing_characters, require_glyphs
from generation.drawing.lettering import Drawn, Run, TextStyle, draw_lines, draw_text

__all__ = [
    "Drawn",
    "Run",
    "TextStyle",
    "Weight",
    "draw_lines",
    "draw_text",
    "font",
    "missing_characters",
    "require_glyphs",
]
