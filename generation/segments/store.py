"""The segment store: files named by content, checked when read, bounded on disk."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from core.clock import Clock, system_clock
from core.errors import ServiceDown
from generation.assembly.index import NotIndexable
from generation.assembly.reading import picture_index, write_aligned
from generation.segments.files import StoreFull, place, room_on, sha256_of
from generation.segments.sidecars import (
    SUFFIXES,
    SegmentFacts,
    StemFacts,
    StoredSegment,
    read_sidecar,
    write_sidecar,
)

__all__ = ["SegmentFacts", "SegmentStore", "StemFacts", "StoreFull", "StoredSegment"]

logger = logging.getLogger(__name__)

GIGABYTE = 1 << 30
IN_USE_SECONDS = 900
"""A segment used within this time is never evicted: an ad may be about to join it."""
TRUSTED_SECONDS = 60.0
"""How long what is known of a segment's sidecar is taken for true without a look at the disk."""
_KNOWN_SEGMENTS = 8192
_SCAN_SHARE = 100
"""The store is measured anew after a hundredth of its bound was put in: every put walking all of it would not scale."""


class SecondTier(Protocol):
    """A place behind the disk, shared by machines. Both raise ServiceDown when it does not answer."""

    def fetch(self, name: str, target: Path) -> bool:
        """Write the named file to `target`; False where there is none."""
        ...

    def keep(self, name: str, source: Path) -> None: ...


class SegmentStore:
    """Segments under a folder, about `limit_bytes` of them; the least recently used go first.

    Safe between threads and processes: files appear whole by rename, and one render per
    key happens at a time (a lock file; locks are shared by keys with the same first
    three digits, so that their number stays bounded). What the disk lacks is looked for
    in `behind`, and what is put here is kept there too; without it everything still works.
    """

    def __init__(
        self,
        folder: Path,
        limit_bytes: int = 20 * GIGABYTE,
        clock: Clock = system_clock,
        behind: SecondTier | None = None,
    ) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._clock = clock
        self._behind = behind

    def get(self, key: str) -> StoredSegment | None:
        """The segment, its bytes hashed; None when it is absent or damaged, and `get_or_make` renders it again."""
        stored = self._read(key)
        if stored is None or not _is_whole(stored):
            # Not removed here: another process may be writing it this moment.
            stored = self._fetch(key)
        if stored is None:
            _known.pop((self.folder, key), None)
            return None
        self._touch(key)
        return stored

    def get_many(self, keys: Iterable[str]) -> dict[str, StoredSegment]:
        """Those of `keys` that are there, by size and not by hash: whoever reads their bytes checks them.

        Sidecars are read once per process and believed for a minute.
        """
        now = self._clock.now().timestamp()
        found: dict[str, StoredSegment] = {}
        for key in keys:
            known = _known.get((self.folder, key))
            stored = known[0] if known and 0 <= now - known[1] < TRUSTED_SECONDS else self._look(key, now)
            if stored is not None:
                found[key] = stored
        return found

    def put(self, key: str, made: Path, facts: SegmentFacts) -> StoredSegment:
        """Take a rendered file in by copy, durable before it can be seen.

        Raises NotIndexable for a file no ad could be put together from, StoreFull without room.
        """
        with room_on(self.folder):
            stored = self._written(key, made, facts)
            facts_path = self._facts_path(key)
            place(facts_path, lambda temporary: temporary.write_text(write_sidecar(stored), encoding="utf-8"))
        self._touch(key)
        self._keep_behind(stored)
        self._note_growth(stored.size_bytes)
        read_back = self.get(key)
        if read_back is None:
            raise OSError(f"segment {key} could not be read back from {stored.path}")
        return read_back

    def get_or_make(self, key: str, make: Callable[[Path], SegmentFacts]) -> tuple[StoredSegment, bool]:
        """(segment, was it made now). `make` renders into the path it is given; other processes wait for it."""
        found = self.get(key)
        if found:
            return found, False
        with self._lock(key):
            found = self.get(key)
            if found:
                return found, False
            with room_on(self.folder), tempfile.TemporaryDirectory(dir=self._subfolder("tmp")) as folder:
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

    def bytes_on_disk(self) -> int:
        """What all segments and stems take, sidecars not counted."""
        return sum(size for _, size, _ in self._entries())

    def _written(self, key: str, made: Path, facts: SegmentFacts) -> StoredSegment:
        """The media file in its place, and all that is to be known of it. The old sidecar is gone by then."""
        path = self.folder / key[:2] / f"{key}{SUFFIXES['sound' if facts.sound else 'picture']}"
        self._facts_path(key).unlink(missing_ok=True)
        if facts.sound:
            if made.stat().st_size != facts.sound.index.payload_bytes:
                raise NotIndexable(f"{made.name}: its packets do not add up to its bytes")
            place(path, lambda temporary: shutil.copyfile(made, temporary))
        else:
            place(path, lambda temporary: write_aligned(made, temporary))
        return StoredSegment(
            key=key,
            path=path,
            frames=facts.frames,
            size_bytes=path.stat().st_size,
            sha256=sha256_of(path),
            boxes=facts.boxes,
            cpu_seconds=round(facts.cpu_seconds, 4),
            picture=None if facts.sound else picture_index(path),
            sound=facts.sound.index if facts.sound else None,
            measured=facts.sound.measured if facts.sound else {},
        )

    def _read(self, key: str) -> StoredSegment | None:
        facts_path = self._facts_path(key)
        try:
            return read_sidecar(key, facts_path.read_text(encoding="utf-8"), facts_path.parent)
        except (OSError, UnicodeDecodeError):
            return None

    def _look(self, key: str, now: float) -> StoredSegment | None:
        """What the sidecar says, where a file of the right size stands beside it."""
        stored = self._read(key)
        if stored is None or not _has_its_size(stored):
            stored = self._fetch(key)
        if stored is None:
            _known.pop((self.folder, key), None)
            return None
        if len(_known) >= _KNOWN_SEGMENTS:
            _known.clear()
        _known[self.folder, key] = (stored, now)
        self._touch(key)
        return stored

    def _fetch(self, key: str) -> StoredSegment | None:
        """The segment from behind the disk, placed here when its bytes are whole."""
        if self._behind is None:
            return None
        try:
            with room_on(self.folder), tempfile.TemporaryDirectory(dir=self._subfolder("tmp")) as folder:
                return self._fetched(self._behind, key, Path(folder))
        except ServiceDown as error:
            logger.warning("segment %s is not looked for behind the disk: %s", key, error)
            return None

    def _fetched(self, behind: SecondTier, key: str, folder: Path) -> StoredSegment | None:
        sidecar = folder / f"{key}.json"
        if not behind.fetch(sidecar.name, sidecar):
            return None
        stored = read_sidecar(key, sidecar.read_text(encoding="utf-8", errors="replace"), self._facts_path(key).parent)
        if stored is None:
            return None
        media = folder / stored.path.name
        if not behind.fetch(media.name, media) or sha256_of(media) != stored.sha256:
            return None
        place(stored.path, lambda temporary: shutil.copyfile(media, temporary))
        place(self._facts_path(key), lambda temporary: shutil.copyfile(sidecar, temporary))
        self._note_growth(stored.size_bytes)
        return stored

    def _keep_behind(self, stored: StoredSegment) -> None:
        """Lost only means that another machine renders it once more, so that no ad waits for it."""
        if self._behind is None:
            return
        try:
            self._behind.keep(stored.path.name, stored.path)
            self._behind.keep(f"{stored.key}.json", self._facts_path(stored.key))
        except ServiceDown as error:
            logger.warning("segment %s stays on this machine alone: %s", stored.key, error)

    def _note_growth(self, size: int) -> None:
        grown = _grown.get(self.folder, self.limit_bytes) + size
        if grown * _SCAN_SHARE >= self.limit_bytes:
            self.trim()
            grown = 0
        _grown[self.folder] = grown

    def _entries(self) -> Iterator[tuple[float, int, str]]:
        """(last used, bytes, key) of every segment."""
        for facts_path in self.folder.glob("??/*.json"):
            for suffix in SUFFIXES.values():
                try:
                    size = facts_path.with_suffix(suffix).stat().st_size
                    yield facts_path.stat().st_mtime, size, facts_path.stem
                except FileNotFoundError:
                    continue

    def _touch(self, key: str) -> None:
        now = self._clock.now().timestamp()
        try:
            os.utime(self._facts_path(key), (now, now))
        except FileNotFoundError:
            pass  # evicted by another process this instant; the caller holds the facts already

    def _drop(self, key: str) -> None:
        _known.pop((self.folder, key), None)
        self._facts_path(key).unlink(missing_ok=True)
        for suffix in SUFFIXES.values():
            self._facts_path(key).with_suffix(suffix).unlink(missing_ok=True)

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


_known: dict[tuple[Path, str], tuple[StoredSegment, float]] = {}
"""(folder, key) → what its sidecar says, and when the disk was looked at."""
_grown: dict[Path, int] = {}
"""Folder → bytes put in by this process since the store was last measured."""


def _is_whole(stored: StoredSegment) -> bool:
    try:
        return stored.path.stat().st_size == stored.size_bytes and sha256_of(stored.path) == stored.sha256
    except OSError:
        return False


def _has_its_size(stored: StoredSegment) -> bool:
    try:
        return stored.path.stat().st_size == stored.size_bytes
    except OSError:
        return False
