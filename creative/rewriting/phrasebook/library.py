"""Where the phrases of a language and category are found; modules load when first asked for."""

from __future__ import annotations

import importlib
from functools import lru_cache

from core.contracts import Language
from creative.contracts import Category
from creative.rewriting.phrasebook.phrases import CategoryPhrases, GeneralPhrases

_FOLDERS: dict[Language, str] = {"zh-CN": "zh", "en": "en"}
_PACKAGE = "creative.rewriting.phrasebook"


@lru_cache(maxsize=8)
def general_phrases(language: Language) -> GeneralPhrases:
    """What any ad in this language may say."""
    found: GeneralPhrases = importlib.import_module(f"{_PACKAGE}.{_FOLDERS[language]}.general").GENERAL
    return found


@lru_cache(maxsize=32)
def category_phrases(language: Language, category: Category) -> CategoryPhrases:
    """What ads of this category may say besides."""
    found: CategoryPhrases = importlib.import_module(f"{_PACKAGE}.{_FOLDERS[language]}.{category}").PHRASES
    return found
