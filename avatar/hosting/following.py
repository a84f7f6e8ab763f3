"""An engine's log as it grows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_BYTES = 1 << 20
"""Read at a time: a host that comes to a long log books it in steps."""

LogLine = dict[str, Any]


def new_lines(path: Path, offset: int) -> tuple[list[LogLine], int]:
    """The whole lines behind `offset` bytes, and where the next call begins.

    A log that is shorter than `offset` is another one (the room moved to this machine): it is read from its start.
    What is no object with an event is passed over.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return [], offset
    start = offset if offset <= size else 0
    if start == size:
        return [], start
    with path.open("rb") as file:
        file.seek(start)
        piece = file.read(MOST_BYTES)
    whole, _, _ = piece.rpartition(b"\n")
    if not whole:
        return [], start
    return list(_read(whole)), start + len(whole) + 1


def last_words(path: Path, longest: int = 300) -> str:
    """The last line a process left on its standard error, to say why it ended."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 4000))
            lines = [line for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    except OSError:
        return ""
    return lines[-1].strip()[:longest] if lines else ""


def _read(whole: bytes) -> Iterator[LogLine]:
    for line in whole.split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and isinstance(found.get("event"), str):
            yield found
