"""The size and the lines at which a text fits its room. Lines end between words, which takes a dictionary."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generation.drawing.breaking import break_lines, forced_breaks
from generation.drawing.fonts import Weight, font


def fit_lines(
    text: str,
    width: float,
    size: int,
    most_lines: int,
    weight: Weight = "bold",
    smallest: float = 0.45,
    protected: Sequence[str] = (),
) -> tuple[int, list[str]]:
    """(size, lines): the type, at most `size`, at which `text` takes at most `most_lines` lines and reads best.

    Larger is better, but a line end inside a phrase costs as much as a sixth of the size,
    a line much shorter than the others half of that.
    Below `smallest` of the asked size the type stops shrinking and takes more lines
    instead, so that nothing is ever clipped or unreadably small.
    """
    best: tuple[float, int, list[str]] | None = None
    for step in range(24):
        candidate = max(1, round(size * (1 - step * 0.045)))
        if best and candidate <= best[0]:
            break
        lines = break_lines(text, width, font(candidate, weight).getlength, protected)
        fits = all(font(candidate, weight).getlength(line) <= width for line in lines)
        if fits and len(lines) <= most_lines and not _splits_word(text, lines):
            widths = [font(candidate, weight).getlength(line) for line in lines]
            lopsided = min(widths) < 0.45 * max(widths)
            worth = candidate * 0.84 ** (forced_breaks(text, lines) + 0.5 * lopsided)
            best = max(best or (0.0, 0, []), (worth, candidate, lines))
        if candidate <= size * smallest:
            break
    return (best[1], best[2]) if best else (candidate, lines)


def _splits_word(text: str, lines: Sequence[str]) -> bool:
    """Whether a Latin word or a number was cut between two lines."""
    words = text.split()
    ends = [(a.split()[-1] + b.split()[0], a[-1] + b[0]) for a, b in pairwise(lines)]
    return any(edge.isascii() and edge.isalnum() and joined in words for joined, edge in ends)
