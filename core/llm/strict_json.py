"""JSON from a language model, taken at its word: one document, no repairs, no guesses."""

from __future__ import annotations

import json
from typing import Any

MAX_CHARACTERS = 100_000


class NotStrictJson(ValueError):
    """The text is no single strict JSON document; the message says where it goes wrong."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrictJson("a key stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise NotStrictJson(f"{name} is no JSON")


def parse_object(text: str) -> dict[str, Any]:
    """`text` as one JSON object; NotStrictJson for anything round it, inside it or instead of it."""
    if len(text) > MAX_CHARACTERS:
        raise NotStrictJson(f"longer than {MAX_CHARACTERS} characters")
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotStrictJson(str(error)[:200]) from error
    if not isinstance(value, dict):
        raise NotStrictJson("the answer is no object")
    return value
