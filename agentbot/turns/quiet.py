"""How long to wait for the rest of a thought."""

from __future__ import annotations

QUIET_SECONDS = 2.5
UNFINISHED_SECONDS = 1.5
LONGEST_WAIT_SECONDS = 10.0
"""From the first message still waiting; then the turn begins whatever comes."""

_OPEN_ENDS = ("，", ",", "、", "：", ":", "；", ";", "…", "...", "-", "—", "(", "（")
_OPEN_WORDS_ZH = (
    "然后",
    "还有",
    "而且",
    "但是",
    "不过",
    "因为",
    "所以",
    "就是",
    "另外",
    "以及",
    "如果",
    "请问",
    "那个",
)
_OPEN_WORDS_EN = frozenset({"and", "but", "or", "so", "because", "also", "with", "the", "a", "my", "if", "to", "is"})
_GREETINGS = frozenset({"你好", "您好", "在吗", "在么", "hi", "hello", "hey", "有人吗", "哈喽"})


def quiet_seconds(text: str) -> float:
    """The pause after `text` that means its author is done: longer when it looks unfinished."""
    return QUIET_SECONDS + (UNFINISHED_SECONDS if looks_unfinished(text) else 0.0)


def looks_unfinished(text: str) -> bool:
    """An open end, a word that promises more, or a bare greeting."""
    said = text.strip().lower()
    if said.endswith(_OPEN_ENDS) or said.endswith(_OPEN_WORDS_ZH):
        return True
    if said.rstrip("!！.。~～?？") in _GREETINGS:
        return True
    words = said.split()
    return bool(words) and words[-1] in _OPEN_WORDS_EN
