"""Keeping a folder of copies within a size: what was not used for longest goes first."""

from __future__ import annotations

import time
from pathlib import Path

YOUNG_SECONDS = 3600.0
"""A copy used within this time may be open somewhere and stays, whatever the size."""


def trim(folder: Path, most_bytes: int) -> None:
    """Drop files under `folder` until they are within `most_bytes`; drafts (names with a dot first) are let be."""
    found = []
    for path in folder.rglob("*"):
        try:
            if path.is_file() and not any(
                part.startswith((".", "incoming")) for part in path.relative_to(folder).parts
            ):
                found.append((path, path.stat()))
        except FileNotFoundError:
            continue
    total = sum(stat.st_size for _, stat in found)
    for path, stat in sorted(found, key=lambda pair: pair[1].st_mtime):
        if total <= most_bytes or time.time() - stat.st_mtime < YOUNG_SECONDS:
            return
        path.unlink(missing_ok=True)
        total -= stat.st_size
