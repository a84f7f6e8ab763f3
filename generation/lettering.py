"""The door to lettering for processes that run without Django: fonts, their glyphs, lines drawn as pixels."""

from generation.drawing.breaking import break_lines
from generation.drawing.fonts import font, missing_characters, require_glyphs
from generation.drawing.lettering import Drawn, Run, TextStyle, draw_lines, draw_text, fit_lines

__all__ = [
    "Drawn",
    "Run",
    "TextStyle",
    "break_lines",
    "draw_lines",
    "draw_text",
    "fit_lines",
    "font",
    "missing_characters",
    "require_glyphs",
]
