"""How much of a reference a new script took over: its words in a row, its share of 4-grams, its brands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from core.contracts import Language
from creative.contracts import Originality

_GRAM = 4


def measure(
    script: str | Iterable[str],
    reference_text: str,
    language: Language,
    reference_brands: Sequence[str] = (),
    own_words: Sequence[str] = (),
) -> Originality:
    """Compare a script (whole, or its lines) with the reference's words.

    Units are characters in Chinese and words in English, without punctuation; runs never
    cross from one line of the script to the next. `own_words` are the advertiser's (facts,
    name, price): where the reference happens to say them too, nothing was copied.
    """
    lines = [script] if isinstance(script, str) else list(script)
    source = units(reference_text, language)
    pieces = [units(piece, language) for line in lines for piece in _without(line, own_words)]
    return Originality(_share(pieces, source), _longest_run(pieces, source), _brands(lines, reference_brands))


def _without(line: str, own_words: Sequence[str]) -> list[str]:
    """The line cut where the advertiser's own words stand."""
    pattern = "|".join(re.escape(word) for word in sorted(own_words, key=len, reverse=True) if word.strip())
    return re.split(pattern, line, flags=re.IGNORECASE) if pattern else [line]


def units(text: str, language: Language) -> tuple[str, ...]:
    """What runs are counted in: characters (zh; a Latin word or a number counts as one), words (en)."""
    flat = unicodedata.normalize("NFKC", text).lower()
    if language == "zh-CN":
        return tuple(re.findall(r"[a-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff]", flat))
    return tuple(re.findall(r"[a-z0-9]+(?:['’.][a-z0-9]+)*", flat))


def _grams(piece: Sequence[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(piece[start : start + size]) for start in range(len(piece) - size + 1)}


def _share(pieces: Sequence[Sequence[str]], source: Sequence[str]) -> float:
    own = set().union(*(_grams(piece, _GRAM) for piece in pieces)) if pieces else set()
    return round(len(own & _grams(source, _GRAM)) / len(own), 4) if own else 0.0


def _longest_run(pieces: Sequence[Sequence[str]], source: Sequence[str]) -> int:
    longest = 0
    for piece in pieces:
        row = [0] * (len(source) + 1)
        for unit in piece:
            above = 0
            for place, other in enumerate(source, start=1):
                above, row[place] = row[place], above + 1 if unit == other else 0
                longest = max(longest, row[place])
    return longest


def _brands(lines: Sequence[str], brands: Sequence[str]) -> tuple[str, ...]:
    text = " ".join(unicodedata.normalize("NFKC", line).lower() for line in lines)
    return tuple(brand for brand in brands if brand.strip() and _names(text, brand.strip().lower()))


def _names(text: str, brand: str) -> bool:
    if not brand.isascii():
        return brand in text
    return re.search(rf"(?<![a-z0-9]){re.escape(brand)}(?![a-z0-9])", text) is not None
