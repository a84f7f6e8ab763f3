"""Words by what they sound like: 草尼玛, cao ni ma and 操你妈 are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z]+")
_LONGEST_UNITS = 6


@dataclass(frozen=True)
class Unit:
    """One Chinese character, or one run of Latin letters."""

    sound: str
    is_latin: bool


@lru_cache(maxsize=1024)
def sound_of(word: str) -> str:
    """The syllables of a Chinese word, glued, without tones."""
    return "".join(lazy_pinyin(word))


def units(text: str) -> list[Unit]:
    """`text` as sounds; letters spelled apart (c a o) become one run."""
    joined = re.sub(r"(?<![a-z])((?:[a-z][\s.\-_*·]+){2,}[a-z])(?![a-z])", _closed_up, text)
    pieces = _UNIT.findall(joined)
    sounds = iter(lazy_pinyin("".join(piece for piece in pieces if not piece.isascii())))
    return [Unit(piece, True) if piece.isascii() else Unit(next(sounds, ""), False) for piece in pieces]


def says(text_units: list[Unit], sound: str, *, needs_latin: bool = False) -> bool:
    """Whether neighbouring whole units make up `sound`; with `needs_latin` one of them has to be letters."""
    return any(
        whole == sound and (has_latin or not needs_latin) for whole, has_latin in _stretches(text_units, len(sound))
    )


def _stretches(text_units: list[Unit], longest: int) -> Iterator[tuple[str, bool]]:
    for start in range(len(text_units)):
        whole, has_latin = "", False
        for unit in text_units[start : start + _LONGEST_UNITS]:
            whole += unit.sound
            has_latin = has_latin or unit.is_latin
            if len(whole) > longest:
                break
            yield whole, has_latin


def _closed_up(found: re.Match[str]) -> str:
    return re.sub(r"[^a-z]", "", found[1])
