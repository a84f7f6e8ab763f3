"""What an engine measures of itself, from its brain to its host: one small file, written anew every second."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FIELDS = ("late_ms", "repeated", "jumps", "cpu_seconds", "lap", "lost", "drawn", "skew_ms")
_NAME = "health.json"


def save_health(folder: Path, status: Mapping[str, Any]) -> None:
    """Whole or not at all. Raises OSError."""
    path = folder / _NAME
    fresh = path.with_name(f".{_NAME}.{os.getpid()}")
    fresh.write_text(json.dumps({name: status[name] for name in FIELDS if name in status}), encoding="utf-8")
    fresh.replace(path)


def read_health(folder: Path) -> dict[str, Any]:
    """The newest; nothing where there is none, or what is there is none."""
    try:
        found = json.loads((folder / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: found[name] for name in FIELDS if name in found} if isinstance(found, dict) else {}
