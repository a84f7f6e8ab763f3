"""Which file names are taken, and which tricks in them are refused."""

from __future__ import annotations

import unicodedata

from generation.understanding.refusals import Refused

LONGEST_NAME = 400
# What a shell acts on. Nothing here goes through a shell; the people and tools that get the
# file next may be less careful.
_SHELL = frozenset('`$;|<>\\*?"')
_TURNS_TEXT_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_name(name: str) -> None:
    """Refused for control characters, shell characters, text-direction tricks, broken UTF-8, over-long names."""
    if len(name) > LONGEST_NAME:
        raise Refused("name_too_long", limit=LONGEST_NAME)
    for character in name:
        what = _trouble(character)
        if what:
            raise Refused("name_unsafe", what=what)


def _trouble(character: str) -> str:
    if character in "\n\r\u2028\u2029\x85":
        return "a line break"
    if character in _SHELL:
        return f"the shell character {character}"
    if character in _TURNS_TEXT_ROUND:
        return "a character that turns text round"
    kind = unicodedata.category(character)
    if kind == "Cc":
        return "a control character"
    return "bytes that are no text" if kind == "Cs" else ""


def printable(name: str) -> str:
    """`name` fit for a page, a log line and a JSON column: undecodable bytes become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
