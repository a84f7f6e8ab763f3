"""Reading what platforms send: they leave out fields, and now and then send another type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from core.errors import InputError

LONGEST_TEXT = 500
LONGEST_NAME = 100
LONGEST_ID = 200


def parsed(body: bytes, thing: str) -> Any:
    """The JSON of a body; InputError naming `thing` otherwise."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(thing, "is not JSON", "bad_json") from error


def mapping(value: Any) -> Mapping[str, Any]:
    """`value` where it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; anything else holds none."""
    return (each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else iter(())


def word(fields: Mapping[str, Any], *names: str, longest: int = LONGEST_ID) -> str:
    """The first of `names` that holds a text or a whole number, as text; "" where none does."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value:
            return value[:longest]
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def seconds(fields: Mapping[str, Any], name: str) -> float | None:
    """A moment in Unix seconds; platforms send seconds or milliseconds, as number or text."""
    raw = word(fields, name)
    if not raw.isdigit() or len(raw) > 16:
        return None
    value = float(raw)
    return value / 1000 if value > 1e11 else value
