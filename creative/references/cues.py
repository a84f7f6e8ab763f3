"""How much a line's words speak for each role, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from creative.contracts import Role
from creative.references import cues_en, cues_zh


@lru_cache(maxsize=2)
def _compiled(language: str) -> dict[Role, tuple[tuple[float, re.Pattern[str]], ...]]:
    table = cues_zh.CUES if language == "zh-CN" else cues_en.CUES
    return {role: tuple((weight, re.compile(cue)) for weight, cue in cues) for role, cues in table.items()}


def cue_scores(text: str, language: str) -> dict[Role, float]:
    """For each role the log-odds that the cues in `text` (lower-cased here) add up to, at most 6."""
    lowered = text.casefold().replace("’", "'").strip(" 。.,，")
    plain = (cues_zh.BENEFIT if language == "zh-CN" else cues_en.BENEFIT).sub(" ", lowered)
    return {
        role: min(6.0, _sum(plain if role == "pain" else lowered, cues)) for role, cues in _compiled(language).items()
    }


def has_past(text: str, language: str) -> bool:
    """Whether a verb of `text` is in the past; Chinese verbs do not say."""
    return language != "zh-CN" and bool(cues_en.PAST.search(text.casefold()))


def _sum(text: str, cues: Iterable[tuple[float, re.Pattern[str]]]) -> float:
    return sum(weight for weight, cue in cues if cue.search(text))
