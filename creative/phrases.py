"""Cutting a line into caption phrases and giving each its frames. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_ZH = 13
MAX_EN = 30
_BREAK = re.compile(r"(?<=[。！？；，：、!?;:])|(?<=[.,])(?=\s)|(?<=…)")
_TRAILING = "，。；：、,.;: "
_TOKEN = re.compile(r"[A-Za-z0-9¥$€£][A-Za-z0-9.,%¥$€£'’\-]*|\s+|.", re.DOTALL)
_UNITS = (
    "小时|分钟|毫升|毫克|公里|公斤|厘米|毫米|千克|百分点|"
    "[元块角折秒天月年克升米斤度倍%％瓶杯件盒袋包罐支片台套双个人次款种步层岁晚]"
)
AMOUNT = re.compile(rf"[¥$€£]?\d[\d.,]*\s?(?:{_UNITS}|[A-Za-z]+)?")
"""A number as a person reads it: with its sign and its unit."""

_NUMBER = re.compile(rf"([¥$€£]?\d[\d.,]*\s?(?:{_UNITS})?|[A-Za-z][A-Za-z0-9'’\-]*)")
"""A number with its unit, or a Latin word: never cut in two."""

_ZH_GLUE = set("的了吗呢吧着过们个里上下也都就还")
"""Particles that belong to the word before them: a phrase never begins with one."""


def split_phrases(line: str, language: str) -> tuple[str, ...]:
    """The line as caption phrases: at punctuation first, then balanced; no number or Latin word is cut.

    Commas and full stops at a phrase's end are dropped as captions do; ? and ! stay.
    """
    longest = MAX_ZH if language.startswith("zh") else MAX_EN
    pieces = [piece for piece in _BREAK.split(line.strip()) if piece and piece.strip(_TRAILING)]
    merged: list[str] = []
    for piece in pieces:
        if merged and _length(merged[-1]) + _length(piece) <= longest * 0.75 and not _ends_sentence(merged[-1]):
            merged[-1] += piece
        else:
            merged.append(piece)
    phrases = [part for piece in merged for part in _halve(piece, longest, language)]
    return tuple(phrase.strip().rstrip(_TRAILING) for phrase in phrases if phrase.strip(_TRAILING))


def _ends_sentence(piece: str) -> bool:
    return piece.rstrip()[-1:] in "。！？!?."


def _length(text: str) -> int:
    return len(text.strip().rstrip(_TRAILING))


def _halve(piece: str, longest: int, language: str) -> list[str]:
    if _length(piece) <= longest:
        return [piece]
    tokens = whole_words(piece, language)
    if len(tokens) < 2:
        return [piece]
    middle = len(piece) / 2
    place, position = 1, len(tokens[0])
    best = (float("inf"), 1)
    while place < len(tokens):
        cost = abs(position - middle) + (100 if _bad_start(tokens[place]) else 0)
        best = min(best, (cost, place))
        position += len(tokens[place])
        place += 1
    cut = best[1]
    left, right = "".join(tokens[:cut]), "".join(tokens[cut:])
    return _halve(left, longest, language) + _halve(right, longest, language)


def _bad_start(token: str) -> bool:
    return token.isspace() or token in _ZH_GLUE or token in "，。；：、,.;:!?！？”’）)」%"


def whole_words(piece: str, language: str) -> list[str]:
    """The piece cut into words that stay together; joined they give the piece back."""
    if not language.startswith("zh"):
        return re.findall(r"\S+\s*", piece)
    from core.search.words import cut

    words: list[str] = []
    for part in _NUMBER.split(piece):
        words += [part] if _NUMBER.fullmatch(part) else cut(part)
    return [word for word in words if word]


def speaking_weight(text: str) -> float:
    """How long a phrase takes to say, in units of one Chinese syllable."""
    weight = 0.0
    for token in _TOKEN.findall(text):
        if token.isspace():
            continue
        if re.match(r"[A-Za-z0-9¥$€£]", token):
            digits = sum(char.isdigit() for char in token)
            weight += 1.3 * digits + 0.42 * (len(token) - digits)
        elif token in "，、；：,;:":
            weight += 0.6
        elif token in "。！？!?.…":
            weight += 0.9
        else:
            weight += 1.0
    return weight


def time_phrases(phrases: Sequence[str], first_frame: int, end_frame: int) -> list[tuple[int, int]]:
    """Frames of each phrase, back to back from `first_frame` to `end_frame`, by speaking weight."""
    weights = [max(speaking_weight(phrase), 0.5) for phrase in phrases]
    total = sum(weights)
    spans: list[tuple[int, int]] = []
    done, start = 0.0, first_frame
    for weight in weights:
        done += weight
        end = first_frame + round((end_frame - first_frame) * done / total)
        spans.append((start, end))
        start = end
    return spans
