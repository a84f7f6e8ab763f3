"""The segment store: files named by content, checked when read, bounded on disk."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.clock import Clock, system_clock
from core.contracts import dump, load
from generation.contracts import TextBox

GIGABYTE = 1 << 30
IN_USE_SECONDS = 900
"""A segment used within this time is never evicted: an ad may be about to join it."""


@dataclass(frozen=True)
class SegmentFacts:
    """What a render says about the file it made."""

    frames: int
    boxes: tuple[TextBox, ...]
    cpu_seconds: float


@dataclass(frozen=True)
class StoredSegment:
    """A segment on disk. `boxes` are relative to its first frame."""

    key: str
    path: Path
    frames: int
    size_bytes: int
    sha256: str
    boxes: tuple[TextBox, ...]
    cpu_seconds: float


class SegmentStore:
    """Segments under a folder, at most `limit_bytes` of them; the least recently used go first.

    Safe between threads and processes: files appear whole by rename, and one render per
    key happens at a time (a lock file; locks are shared by keys with the same first
    three digits, so that their number stays bounded).
    """

    def __init__(self, folder: Path, limit_bytes: int = 20 * GIGABYTE, clock: Clock = system_clock) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._clock = clock

    def get(self, key: str) -> StoredSegment | None:
        """The segment, or None when it is absent or damaged; `get_or_make` then renders it again."""
        facts_path, media_path = self._facts_path(key), self._media_path(key)
        try:
            facts = json.loads(facts_path.read_text(encoding="utf-8"))
            stored = StoredSegment(
                key=key,
                path=media_path,
                frames=facts["frames"],
                size_bytes=facts["bytes"],
                sha256=facts["sha256"],
                boxes=tuple(load(TextBox, box) for box in facts["boxes"]),
                cpu_seconds=facts["cpu_seconds"],
            )
            is_whole = media_path.stat().st_size == stored.size_bytes and _sha256(media_path) == stored.sha256
        except (OSError, ValueError, KeyError, TypeError):
            is_whole = False
        if not is_whole:
            # Not removed here: another process may be writing it this moment.
            return None
        self._touch(facts_path)
        return stored

    def put(self, key: str, made: Path, facts: SegmentFacts) -> StoredSegment:
        """Take a rendered file in (moved or copied), durable before it can be seen."""
        media_path, facts_path = self._media_path(key), self._facts_path(key)
        media_path.parent.mkdir(parents=True, exist_ok=True)
        sidecar: dict[str, Any] = {
            "frames": facts.frames,
            "bytes": made.stat().st_size,
            "sha256": _sha256(made),
            "boxes": [dump(box) for box in facts.boxes],
            "cpu_seconds": round(facts.cpu_seconds, 4),
        }
        facts_path.unlink(missing_ok=True)
        _place(media_path, lambda temporary: _copy(made, temporary))
        text = json.dumps(sidecar, ensure_ascii=False)
        _place(facts_path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
        self._touch(facts_path)
        self.trim()
        stored = self.get(key)
        if stored is None:
            raise OSError(f"segment {key} could not be read back from {media_path}")
        return stored

    def get_or_make(self, key: str, make: Callable[[Path], SegmentFacts]) -> tuple[StoredSegment, bool]:
        """(segment, was it made now). `make` renders into the path it is given; other processes wait for it."""
        found = self.get(key)
        if found:
            return found, False
        with self._lock(key):
            found = self.get(key)
            if found:
                return found, False
            with tempfile.TemporaryDirectory(dir=self._subfolder("tmp")) as folder:
                made = Path(folder) / "segment.mp4"
                return self.put(key, made, make(made)), True

    def trim(self) -> int:
        """Evict the least recently used segments beyond `limit_bytes`; returns how many went."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        idle_before = self._clock.now().timestamp() - IN_USE_SECONDS
        gone = 0
        for used_at, size, key in entries:
            if total <= self.limit_bytes or used_at > idle_before:
                break
            self._drop(key)
            total -= size
            gone += 1
        return gone

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """(last used, bytes, key) of every segment."""
        for facts_path in self.folder.glob("??/*.json"):
            try:
                yield facts_path.stat().st_mtime, facts_path.with_suffix(".mp4").stat().st_size, facts_path.stem
            except FileNotFoundError:
                continue

    def _touch(self, facts_path: Path) -> None:
        now = self._clock.now().timestamp()
        try:
            os.utime(facts_path, (now, now))
        except FileNotFoundError:
            pass  # evicted by another process this instant; the caller holds the facts already

    def _drop(self, key: str) -> None:
        self._facts_path(key).unlink(missing_ok=True)
        self._media_path(key).unlink(missing_ok=True)

    def _media_path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.mp4"

    def _facts_path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def _subfolder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def _lock(self, key: str) -> Iterator[None]:
        path = self._subfolder("locks") / key[:3]
        with path.open("a") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield


def _sha256(path: Path) -> str:
    """Read whole each time: a cached answer would not notice a damaged disk."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _copy(made: Path, temporary: Path) -> None:
    shutil.copyfile(made, temporary)


def _place(target: Path, write: Callable[[Path], object]) -> None:
    """Write beside `target`, flush to disk, then rename over it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        with temporary.open("rb+") as opened:
            os.fsync(opened.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
