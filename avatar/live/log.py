"""events.jsonl: what happened on air, a line each."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from avatar.contracts import TICKS_A_SECOND
from avatar.live.schedule import Event


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


class EventLog:
    """Appends lines; each is whole in the file before `write` returns."""

    def __init__(self, path: Path, wall_ms: Callable[[], int] = _wall_ms) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a", encoding="utf-8", buffering=1)
        self._wall_ms = wall_ms

    def write(self, event: Event) -> dict[str, Any]:
        """The line as written."""
        line = {
            "event": event.event,
            "tick": event.tick,
            "media_seconds": event.tick / TICKS_A_SECOND,
            "wall_ms": self._wall_ms(),
            "epoch": event.epoch,
            **event.fields,
        }
        try:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            # A full disk takes the log; it must not take the broadcast.
            print(f"the log cannot be written: {error.strerror}", file=sys.stderr, flush=True)
        return line

    def close(self) -> None:
        self._file.close()
