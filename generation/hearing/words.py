"""Tokens of a speech model become words with times. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generation.hearing.base import HeardWord

LONGEST_TOKEN_SECONDS = 0.4
"""A token gives its start alone: a word lasts until the next one, and no longer than this after its last token."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_BLANKS = ("\u2581", " ")


def heard_words(
    tokens: Sequence[str], times: Sequence[float], chances: Sequence[float], latest: float
) -> tuple[HeardWord, ...]:
    """Words of `tokens`: a mark or a blank before a token begins one, and so does every Chinese character.

    `times` are their starts in seconds, `chances` 0..1 (empty where unknown); nothing lasts beyond `latest`.
    """
    groups: list[list[int]] = []
    for place, token in enumerate(tokens):
        if not token.strip("\u2581 "):
            continue
        if not groups or _begins(token, tokens[groups[-1][-1]]) or _follows_blank(tokens, place):
            groups.append([place])
        else:
            groups[-1].append(place)
    return tuple(_word(group, tokens, times, chances, latest) for group in groups)


def _begins(token: str, before: str) -> bool:
    return token.startswith(_BLANKS) or bool(_HAN.match(token)) or bool(_HAN.search(before))


def _follows_blank(tokens: Sequence[str], place: int) -> bool:
    return place > 0 and not tokens[place - 1].strip("\u2581 ")


def _word(
    group: Sequence[int], tokens: Sequence[str], times: Sequence[float], chances: Sequence[float], latest: float
) -> HeardWord:
    text = "".join(tokens[place] for place in group).replace("\u2581", " ").strip()
    start, following = min(times[group[0]], latest), group[-1] + 1
    until = times[group[-1]] + LONGEST_TOKEN_SECONDS
    end = min(until, times[following]) if following < len(times) else until
    sure = sum(chances[place] for place in group) / len(group) if chances else 1.0
    return HeardWord(text, round(start, 3), round(max(min(end, latest), start), 3), round(sure, 4))
