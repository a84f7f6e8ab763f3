"""One shape for what viewers type: width, emoji, drawn-out letters and repeated phrases aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.claims.flat import fold

LONGEST = 300
"""What is read of one comment; platforms allow far less."""

_STICKER = re.compile(r"\[[\u4e00-\u9fffa-z]{1,8}\]")
"""Platforms write their own emoji in brackets: [捂脸], [rose]."""
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_MARKS = re.compile(r"([!?！？。.,，~～…、])\1+")
_PHRASE = re.compile(r"(.{2,16}?)\1{2,}|(.{4,16}?)\2+")
_SPACE = re.compile(r"\s+")
_NOT_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Shape:
    """`text` for rules to read; `key` for telling whether two comments are the same."""

    text: str
    key: str


def shape(written: str) -> Shape:
    """NFKC, lower case, without emoji; soooo as soo, 哈哈哈哈 as 哈哈, a phrase pasted three times as once.

    Digits are left as they are: 1000 is not 10.
    """
    flat = fold(written[:LONGEST]).text
    text = _SPACE.sub(" ", _STICKER.sub(" ", "".join(" " if _is_picture(each) else each for each in flat))).strip()
    text = _MARKS.sub(r"\1", _DRAWN_OUT.sub(r"\1\1", text))
    text = _PHRASE.sub(lambda found: found[0] if found[0].isdigit() else (found[1] or found[2]), text)
    return Shape(text, _NOT_KEY.sub("", re.sub(r"([^\W\d_])\1+", r"\1", text)))


def is_chinese(text: str) -> bool | None:
    """Whether `text` is Chinese; None where it holds no word."""
    if re.search(r"[\u3400-\u9fff]", text):
        return True
    return False if re.search(r"[a-z]{2}", text) else None


def _is_picture(character: str) -> bool:
    """Emoji, symbols, skin tones, joiners and flags."""
    return unicodedata.category(character) in ("So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc") and character not in "^`"
