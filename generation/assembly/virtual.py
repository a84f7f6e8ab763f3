"""An ad as a file that lies nowhere: its head and ranges of the segments and stems it is put together from."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Self

from core.errors import RetryableError
from generation.assembly.layout import ZEROS, ByteRange

CHUNK_BYTES = 256 * 1024
VERIFIED_SECONDS = 60.0
_KEPT_VERDICTS = 20_000


class DamagedSegment(RetryableError):
    """A segment or stem is gone or no longer what was put into the store; it has to be rendered again.

    `key` names it.
    """

    code = "damaged_segment"

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"segment {key}: {reason}")
        self.key = key
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.key, self.reason)


@dataclass(frozen=True)
class Piece:
    """A stored file whose samples begin at `payload_offset`."""

    key: str
    path: Path
    sha256: str
    size_bytes: int
    payload_offset: int


class VirtualFile:
    """Reads like a file of `size` bytes. Each piece is checked against its hash before a byte of it goes out.

    Keeps the pieces it has read from open until `close`, so that one evicted meanwhile can
    still be read to its end. May be read from several threads.
    """

    def __init__(self, head: bytes, pieces: Sequence[Piece], ranges: Sequence[ByteRange]) -> None:
        self.head = head
        self.pieces = tuple(pieces)
        self.ranges = tuple(ranges)
        self._ends = list(accumulate((each.length for each in self.ranges), initial=len(head)))
        self.size = self._ends[-1]
        self._open: dict[int, int] = {}
        self._opening = threading.Lock()

    def with_head(self, head: bytes) -> VirtualFile:
        """The same samples behind another head."""
        return VirtualFile(head, self.pieces, self.ranges)

    def read(self, offset: int, size: int) -> bytes:
        """`size` bytes from `offset`, fewer only at the end; DamagedSegment where a piece is not whole."""
        end = min(offset + size, self.size)
        parts = []
        while offset < end:
            part = self._read_within(offset, end)
            parts.append(part)
            offset += len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def iter_range(self, first: int, last: int) -> Iterator[bytes]:
        """Bytes `first` to `last` inclusive in parts; every piece they touch is checked before this returns."""
        for number in self._ranges_between(first, last):
            if self.ranges[number].piece != ZEROS:
                self.descriptor(self.ranges[number].piece)
        return self._parts(first, last + 1)

    def sha256(self) -> str:
        """Hash of all its bytes."""
        digest = hashlib.sha256()
        for part in self.iter_range(0, self.size - 1):
            digest.update(part)
        return digest.hexdigest()

    def stream(self) -> VirtualStream:
        """This file with a place in it, for code that seeks and reads."""
        return VirtualStream(self)

    def descriptor(self, piece: int) -> int:
        """An open descriptor of a checked piece; it belongs to this file."""
        with self._opening:
            if piece not in self._open:
                self._open[piece] = _open_whole(self.pieces[piece])
            return self._open[piece]

    def close(self) -> None:
        """Close whatever is open; reading again opens it again."""
        with self._opening:
            while self._open:
                os.close(self._open.popitem()[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _parts(self, offset: int, end: int) -> Iterator[bytes]:
        end = min(end, self.size)
        while offset < end:
            part = self.read(offset, min(CHUNK_BYTES, end - offset))
            offset += len(part)
            yield part

    def _ranges_between(self, first: int, last: int) -> range:
        return range(max(0, bisect_right(self._ends, first) - 1), bisect_right(self._ends[:-1], last))

    def _read_within(self, offset: int, end: int) -> bytes:
        """From `offset` to the end of what holds it, at most to `end`."""
        if offset < len(self.head):
            return self.head[offset:end]
        number = bisect_right(self._ends, offset) - 1
        piece, start, length = self.ranges[number]
        within = offset - self._ends[number]
        wanted = min(length - within, end - offset)
        if piece == ZEROS:
            return bytes(wanted)
        at = self.pieces[piece].payload_offset + start + within
        part = os.pread(self.descriptor(piece), wanted, at)
        if len(part) != wanted:
            raise DamagedSegment(self.pieces[piece].key, f"{self.pieces[piece].path.name} was cut while it was read")
        return part


class VirtualStream(io.RawIOBase):
    """A virtual file opened for reading."""

    def __init__(self, file: VirtualFile) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # RawIOBase types it wider
        content = self._file.read(self._at, len(buffer))
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._file.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning of the file")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at


_verified: dict[tuple[str, int, int, str], float] = {}
"""(path, size, time of change, hash) → when it was found whole, by the monotonic clock."""


def _open_whole(piece: Piece) -> int:
    """A descriptor of the piece, whose bytes are hashed unless they were within the last minute."""
    try:
        descriptor = os.open(piece.path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise DamagedSegment(piece.key, f"cannot be opened: {error.strerror}") from error
    try:
        _require_whole(piece, descriptor, time.monotonic)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _require_whole(piece: Piece, descriptor: int, now: Callable[[], float]) -> None:
    stat = os.fstat(descriptor)
    known = (str(piece.path), stat.st_size, stat.st_mtime_ns, piece.sha256)
    if now() - _verified.get(known, -VERIFIED_SECONDS) < VERIFIED_SECONDS:
        return
    if stat.st_size != piece.size_bytes:
        raise DamagedSegment(piece.key, f"has {stat.st_size} bytes, was stored with {piece.size_bytes}")
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        if hashlib.file_digest(file, "sha256").hexdigest() != piece.sha256:
            _verified.pop(known, None)
            raise DamagedSegment(piece.key, "its bytes are not those that were stored")
    if len(_verified) >= _KEPT_VERDICTS:
        _verified.clear()
    _verified[known] = now()
