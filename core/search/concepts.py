"""The bilingual lexicon: which words mean the same thing, and which product group they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("concepts.txt")
_LONGEST_PHRASE = 3
PICTURE_GROUP = "picture"


@dataclass(frozen=True)
class Lexicon:
    """`by_term` maps a term to its concepts, `group_of` a concept to its group."""

    by_term: dict[str, tuple[str, ...]]
    group_of: dict[str, str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    by_term: dict[str, list[str]] = {}
    group_of: dict[str, str] = {}
    group = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[] ")
        elif ":" in line and not line.startswith("#"):
            key, _, rest = line.partition(":")
            group_of[key] = group
            for term in rest.split(","):
                by_term.setdefault(term.strip().replace("-", " "), []).append(key)
    return Lexicon({term: tuple(keys) for term, keys in by_term.items()}, group_of)


def terms() -> list[str]:
    """Every term of the lexicon."""
    return list(lexicon().by_term)


@dataclass(frozen=True)
class Named:
    """What a text names: its concepts in order, and the words no concept accounts for."""

    concepts: tuple[str, ...]
    other_words: tuple[str, ...]


def named_in(words: Sequence[str]) -> Named:
    """The concepts that `words` (in order, as `core.search.words.all_words` cuts them) name.

    English phrases of up to three words are found too; a longer phrase hides the words
    inside it, so that "coffee shop" is not also coffee and a shop.
    """
    by_term = lexicon().by_term
    concepts: list[str] = []
    others: list[str] = []
    position = 0
    while position < len(words):
        length = _longest_match(words, position, by_term)
        if length:
            concepts.extend(_lookup(" ".join(words[position : position + length]), by_term))
        else:
            others.append(words[position])
        position += max(length, 1)
    return Named(tuple(concepts), tuple(others))


def _longest_match(words: Sequence[str], position: int, by_term: dict[str, tuple[str, ...]]) -> int:
    for length in range(min(_LONGEST_PHRASE, len(words) - position), 0, -1):
        if _lookup(" ".join(words[position : position + length]), by_term):
            return length
    return 0


def _lookup(term: str, by_term: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return by_term.get(term) or by_term.get(term + "s") or by_term.get(term + "es") or ()
