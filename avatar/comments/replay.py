"""Comments from a file, one JSON object a line: `{"at": media seconds, "viewer": …, "text": …}`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from avatar.contracts import Comment
from core.errors import InputError

LARGEST_BYTES = 64 * 1024 * 1024
LONGEST_TEXT = 500
LONGEST_VIEWER = 100
_FIELDS = frozenset(("at", "viewer", "text"))


def read_replay(path: Path) -> tuple[Comment, ...]:
    """Every comment of the file in the order they arrive; `number` is its line, counted from 1.

    Empty lines count and say nothing. InputError names the file and the line: `comments line 3: at: …`.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError("comments", f"{path.name} is larger than 64 MiB; cut it into shorter replays")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("comments", f"{path.name} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError("comments", f"{path.name} is not UTF-8") from error
    return tuple(sorted(_comments(text), key=lambda comment: (comment.at, comment.number)))


def _comments(text: str) -> Iterator[Comment]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _comment(number, line)


def _comment(number: int, line: str) -> Comment:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong(number, "is not JSON") from error
    if not isinstance(raw, dict):
        raise _wrong(number, 'is not an object like {"at": 12.5, "viewer": "Lin", "text": "…"}')
    if unknown := sorted(set(raw) - _FIELDS):
        raise _wrong(number, f"{unknown[0]}: is no field of a comment; there are at, viewer and text")
    return Comment(
        number, _text(number, raw, "viewer", LONGEST_VIEWER), _text(number, raw, "text", LONGEST_TEXT), _at(number, raw)
    )


def _at(number: int, raw: dict[str, Any]) -> float:
    at = raw.get("at")
    if isinstance(at, bool) or not isinstance(at, int | float) or not math.isfinite(at) or at < 0:
        raise _wrong(number, "at: is not a number of media seconds from 0 on")
    return float(at)


def _text(number: int, raw: dict[str, Any], field: str, longest: int) -> str:
    value = raw.get(field)
    if not isinstance(value, str):
        raise _wrong(number, f"{field}: is not a text")
    if len(value) > longest:
        raise _wrong(number, f"{field}: is longer than {longest} characters")
    return value


def _wrong(number: int, reason: str) -> InputError:
    return InputError(f"comments line {number}", reason, "bad_replay")
