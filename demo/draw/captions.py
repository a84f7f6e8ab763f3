"""Captions burned into the sample references."""

from __future__ import annotations

import math

from demo.draw.bottle import SANS
from demo.draw.paint import (
    Canvas,
    at,
    fill,
    font,
    layer,
    line,
    mixed,
    out,
    write,
)


def caption(c: Canvas, text: str, t: float, accent: str) -> None:
    """The line burned in, large, in two rows at most, in the middle of the lower third."""
    rows = wrap(text)
    size = 102.0 if not text.isascii() else 94.0
    widest = max(font(SANS, size, True).measureText(words) for words in rows)
    size *= min(1.0, 960 / widest)
    face = font(SANS, size, True)
    pop = out((t + 0.02) / 0.22)
    with layer(c, pop), at(c, 540, 1640 + 26 * (1 - pop)):
        for row, words in enumerate(rows):
            y = (row - (len(rows) - 1) / 2) * size * 1.22
            write(c, words, 0, y + 5, face, line("#000000", 26, 0.45, blur=9), 1)
            write(c, words, 0, y, face, line("#120a06", 15, 0.95), 1)
            write(
                c,
                words,
                0,
                y,
                face,
                fill("#ffffff" if row == 0 or len(rows) == 1 else mixed(accent, "#ffffff", 0.72)),
                1,
            )


def wrap(text: str) -> list[str]:
    """One or two rows: Chinese broken near the middle at a mark if there is one, English between words."""
    text = text.rstrip("。.")
    if text.isascii():
        words = text.split()
        if len(text) <= 18:
            return [text]
        rows, limit = [""], len(text) / (2 if len(text) <= 42 else 3) + 3
        for word in words:
            if len(rows[-1]) + len(word) > limit:
                rows.append("")
            rows[-1] = f"{rows[-1]} {word}".strip()
        return rows
    if len(text) <= 9:
        return [text]
    marks = [i + 1 for i, letter in enumerate(text) if letter in "，、？！：" and 2 < i < len(text) - 2]
    middle = min(marks, key=lambda i: abs(i - len(text) / 2)) if marks else math.ceil(len(text) / 2)
    return [text[:middle].rstrip("，、"), text[middle:]]
