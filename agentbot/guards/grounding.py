"""How much of a sentence stands in approved words: a check for text that a model wrote freely.

Word lists know the promises that somebody thought of; a promise in new words is still made of words
that no article, price or phrase of the trade holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from agentbot.packs import load_pack
from core.claims.flat import fold
from core.contracts import Language

LEAST = 0.3
"""Below this share of approved words a sentence stands on nothing. Of right answers fewer than 2 % do."""
FEWEST = 3
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FILL = re.compile(r"[的了吗呢吧哦哈呀啊您你我们这那是就都也很还在和跟与咱]")
_LATIN = re.compile(r"[a-z][a-z']+")
_STEM = 5
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "be",
        "been",
        "to",
        "of",
        "for",
        "and",
        "or",
        "in",
        "on",
        "at",
        "with",
        "you",
        "your",
        "we",
        "our",
        "it",
        "its",
        "this",
        "that",
        "can",
        "could",
        "will",
        "would",
        "i",
        "me",
        "my",
        "so",
        "if",
        "as",
        "by",
        "from",
        "do",
        "does",
        "no",
        "not",
        "have",
        "has",
        "had",
        "just",
        "about",
        "there",
        "here",
        "what",
        "when",
        "how",
        "which",
        "please",
        "they",
        "them",
        "but",
        "more",
        "most",
        "any",
        "all",
        "up",
        "out",
        "get",
        "got",
        "into",
        "than",
        "then",
        "too",
        "very",
        "right",
        "now",
        "thanks",
        "thank",
    ]
)


@lru_cache(maxsize=4096)
def units(text: str) -> tuple[str, ...]:
    """What is compared: pairs of Chinese characters without particles, beginnings of English words."""
    flat = fold(text).text
    found = [word[:_STEM] for word in _LATIN.findall(flat) if word not in _STOP]
    for run in _HAN.findall(flat):
        bare = _FILL.sub("", run)
        found += [bare[at : at + 2] for at in range(len(bare) - 1)]
    return tuple(found)


@lru_cache(maxsize=64)
def of_trade(vertical: str, language: Language) -> frozenset[str]:
    """Units of everything the pack says."""
    pack = load_pack(vertical, language)
    lines = [line for lines in (*pack.phrases.values(), *pack.glossary.values()) for line in lines]
    lines += [line for concern in pack.concerns for line in (*concern.empathy, *concern.defer)]
    lines += [line for slot in pack.slots for line in slot.questions]
    return frozenset(unit for line in (*lines, pack.who, pack.purpose, pack.value) for unit in units(line))


def is_ungrounded(sentence: str, approved: Iterable[str], vertical: str, language: Language) -> bool:
    """Whether too little of `sentence` stands in `approved` texts or the trade's phrases; questions claim nothing."""
    own = units(sentence)
    if len(own) < FEWEST or sentence.rstrip().endswith(("?", "？")):
        return False
    known = of_trade(vertical, language).union(*(units(text) for text in approved))
    return sum(unit in known for unit in own) / len(own) < LEAST
