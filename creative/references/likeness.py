"""How alike two references are for the person who looks at the row. 0 nothing alike, 1 the same."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np

TEXT_WEIGHT = 0.40
STRUCTURE_WEIGHT = 0.25
FORMAT_WEIGHT = 0.25
CATEGORY_WEIGHT = 0.10
ALIKE = 0.6


@dataclass(frozen=True, eq=False)
class Look:
    """What is compared: category, format, roles in order ("hpsoc"), seconds, and the text's vector."""

    category: str
    format: str
    roles: str
    seconds: float
    vector: np.ndarray


@lru_cache(maxsize=4096)
def _order_likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def structure_likeness(one: Look, other: Look) -> float:
    """Same roles in the same order over about the same length."""
    if not one.roles or not other.roles:
        return 0.0
    longer = max(one.seconds, other.seconds, 0.1)
    return _order_likeness(one.roles, other.roles) * (min(one.seconds, other.seconds) / longer)


def likeness(one: Look, other: Look) -> float:
    """Weighted: what they say, how they are built, their format and category."""
    text = max(0.0, float(np.dot(one.vector, other.vector)))
    return (
        TEXT_WEIGHT * text
        + STRUCTURE_WEIGHT * structure_likeness(one, other)
        + FORMAT_WEIGHT * (one.format == other.format)
        + CATEGORY_WEIGHT * (one.category == other.category)
    )
