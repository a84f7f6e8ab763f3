"""Keeping folders of copies within a size: what was not used for longest goes first."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

YOUNG_SECONDS = 3600.0
"""A copy used within this time may be open somewhere and stays, whatever the size."""
SCAN_SHARE = 100
"""Folders are measured anew after a hundredth of their bound came in: walking them at every file would not scale."""


def trim(folders: Sequence[Path], most_bytes: int) -> None:
    """Drop files under `folders` until all together are within `most_bytes`; drafts (`.…`, `incoming-…`) are let be."""
    found = [entry for folder in folders for entry in _entries(folder)]
    total = sum(size for _, size, _ in found)
    for used_at, size, path in sorted(found):
        if total <= most_bytes or time.time() - used_at < YOUNG_SECONDS:
            return
        path.unlink(missing_ok=True)
        total -= size


def trim_after(size: int, folders: Sequence[Path], most_bytes: int) -> None:
    """`trim`, once what came in since the last time is worth the walk; `size` bytes just did."""
    grown = _grown.get(folders[0], most_bytes) + size
    if grown * SCAN_SHARE >= most_bytes:
        trim(folders, most_bytes)
        grown = 0
    _grown[folders[0]] = grown


_grown: dict[Path, int] = {}
"""First of the folders → bytes that this process put in since they were last measured."""


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """(last used, bytes, path) of every finished file."""
    for path in folder.rglob("*"):
        if any(part.startswith((".", "incoming-")) for part in path.relative_to(folder).parts):
            continue
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        if path.is_file():
            yield stat.st_mtime, stat.st_size, path
