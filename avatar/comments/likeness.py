"""Whether two questions in other words are the same one."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from core.search.embedding import cosine
from core.search.lexical import lexical_vector

ALIKE = 0.72
PAIRS = 0.5
_FILLER = re.compile(
    r"请问|可不可以|能不能|可以|能|主播|小姐姐|老板|亲|这个|这款|你们?家?|的|了|呢|吗|啊|呀|哦|吧|嘛|么|一下|\b(?:please|the|a|an|is|it|this|that|can|i|you|do|does|hi|hello)\b|[\W_]+"
)


def is_alike(one: str, other: str) -> bool:
    """Questions that share most of their meaning, or most pairs of letters once polite words are gone."""
    if float(cosine(_vector(one), _vector(other))) >= ALIKE:
        return True
    first, second = _pairs(one), _pairs(other)
    return bool(first and second) and len(first & second) / len(first | second) >= PAIRS


@lru_cache(maxsize=2048)
def _vector(text: str) -> np.ndarray:
    return lexical_vector(text)


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[str]:
    bare = _FILLER.sub("", text)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset((bare,) if bare else ())
