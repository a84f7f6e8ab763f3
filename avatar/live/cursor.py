"""Where a room was, on disk: what a new engine needs to go on after the old one was killed."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cursor:
    """The sentence to begin again with, its lap, the tick and the epoch then.

    `began` is when tick 0 was due, on the monotonic clock of the machine (0 in virtual time); `comments` counts
    those of the replay that were released.
    """

    sentence: int
    lap: int
    tick: int
    epoch: int
    comments: int = 0
    began: float = 0.0


def save_cursor(path: Path, cursor: Cursor) -> None:
    """Whole or not at all; on a full disk the one before stays."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(json.dumps(asdict(cursor)), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        print(f"the cursor cannot be kept: {error.strerror}", file=sys.stderr, flush=True)


def read_cursor(path: Path) -> Cursor | None:
    """None when there is none, or what is there is no cursor."""
    try:
        return Cursor(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
