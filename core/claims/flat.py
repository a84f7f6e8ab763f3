"""One shape for text before it is judged, with the way back to where each character stood."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from core.contracts import Span

_DIGIT_WORDS = {"⓪": "0", "〇": "零"}
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class FlatText:
    """`text` after folding; `places[i]` is where its character i stood in `original`."""

    original: str
    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original behind `text[start:end]` (end exclusive)."""
        if start >= end:
            here = self.places[start] if start < len(self.places) else len(self.original)
            return Span(here, here)
        return Span(self.places[start], self.places[end - 1] + 1)

    def slice(self, span: Span) -> str:
        return self.original[span.start : span.end]


def fold(original: str) -> FlatText:
    """Full-width to half-width, circled digits to digits, lower case; invisible characters and loose accents go.

    Every character is folded for itself (NFKC), so that the way back stays exact.
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(original):
        if character in _INVISIBLE or unicodedata.category(character) in ("Mn", "Me"):
            continue
        folded = _DIGIT_WORDS.get(character) or unicodedata.normalize("NFKC", character)
        for each in folded.lower():
            characters.append(each)
            places.append(place)
    return FlatText(original, "".join(characters), tuple(places))
