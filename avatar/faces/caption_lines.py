"""Which words of a sentence stand together: lines of at most a width, two lines a page, cut where a clause ends.

The words come from the speech with their times, so no dictionary is needed to find where a line may end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Measure = Callable[[str], float]
CLAUSE_ENDS = "，。！？；：、,.!?;:…"


def pages_of(words: Sequence[str], width: float, measure: Measure) -> list[list[int]]:
    """Indices of the words of each page; a page takes at most two lines."""
    pages: list[list[int]] = []
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and fits(words[start : end + 1], width, measure):
            end += 1
        if end < len(words):
            end = _clause_end(words, start, end)
        pages.append(list(range(start, end)))
        start = end
    return pages


def fits(words: Sequence[str], width: float, measure: Measure) -> bool:
    """Whether the words stand on two lines."""
    return measure("".join(words).strip()) <= width or _split(words, width, measure) is not None


def lines_of(words: Sequence[str], width: float, measure: Measure) -> list[Sequence[str]]:
    """The words on one line, or on two of like length; a word wider than the line stays whole."""
    if measure("".join(words).strip()) <= width or len(words) < 2:
        return [words]
    cut = _split(words, width, measure)
    return [words[:cut], words[cut:]] if cut else [words]


def _split(words: Sequence[str], width: float, measure: Measure) -> int | None:
    best: tuple[float, int] | None = None
    for cut in range(1, len(words)):
        first, second = measure("".join(words[:cut]).strip()), measure("".join(words[cut:]).strip())
        if first <= width and second <= width:
            ends = words[cut - 1].strip()[-1:] in CLAUSE_ENDS
            worth = abs(first - second) - (0.35 * width if ends else 0.0)
            best = min(best or (worth, cut), (worth, cut))
    return best[1] if best else None


def _clause_end(words: Sequence[str], start: int, end: int) -> int:
    """The last end of a clause in the second half of a page, else the page's own end."""
    for place in range(end, start + (end - start) // 2, -1):
        if words[place - 1].strip()[-1:] in CLAUSE_ENDS:
            return place
    return end
