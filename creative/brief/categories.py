"""From the advertiser's own words for a product to one of our categories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from creative.brief.category_words import EN, ZH
from creative.contracts import Category

DEFAULT: Category = "home"
"""For products none of our words name: its copy speaks of everyday life and fits most things."""


@dataclass(frozen=True)
class CategoryGuess:
    """`is_known` is false where no word was recognised and a default stands in."""

    key: Category
    word: str
    is_known: bool


@lru_cache(maxsize=1)
def _words() -> dict[str, Category]:
    found: dict[str, Category] = {}
    for key, text in ZH.items():
        found.update((word, key) for word in text.split())
    for key, text in EN.items():
        found.update((re.sub(r"\s+", " ", word).strip(), key) for word in text.split("|"))
    return found


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted(_words(), key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    han = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(han), re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])")


def category_words(key: Category) -> tuple[str, ...]:
    """Every word of a category, zh and en."""
    return tuple(word for word, owner in _words().items() if owner == key)


@lru_cache(maxsize=1024)
def guess_category(text: str, name: str = "") -> CategoryGuess:
    """The category of free text ("冷萃咖啡", "yoga mat"); the product's name helps where that says nothing."""
    if text.strip().lower() in ZH:
        return CategoryGuess(_as_key(text.strip().lower()), text.strip().lower(), True)
    for each in (text, name):
        word = _last_word(each.lower())
        if word:
            return CategoryGuess(_words()[word], word, True)
    return CategoryGuess(DEFAULT, "", False)


def _as_key(text: str) -> Category:
    return next(key for key in ZH if key == text)


def _last_word(text: str) -> str:
    """The recognised word that ends last (the head of the phrase); of two, the longer."""
    main = re.split(r"\b(?:for|with|from|by|that|which|in|on)\b", text)[0]
    best, best_end = "", -1
    for piece in (main, text):
        for pattern in _patterns():
            for match in pattern.finditer(piece):
                if match.end() > best_end or (match.end() == best_end and len(match.group()) > len(best)):
                    best, best_end = match.group(), match.end()
        if best:
            return best
    return ""
