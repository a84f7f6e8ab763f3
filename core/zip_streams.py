"""A zip that is made while it is sent: its length known beforehand, never whole in memory or on disk.

Stored, not pressed: video gets no smaller. Layout by PKWARE's APPNOTE 6.3.10, with zip64
where offsets or counts need it.
"""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.ranges import Body

SPARE_BYTES = 60_000
"""An entry may come out so much shorter than announced; the rest becomes padding in its header."""

_PADDING = 0x4C41
_UTF8 = 1 << 11
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_BIG, _MANY = 0xFFFFFFFF, 0xFFFF


@dataclass(frozen=True)
class ZipEntry:
    """A file of the zip: at most `most_bytes` long, at least `SPARE_BYTES` less; opened when its turn comes.

    `sent` is called once the last of its bytes was taken.
    """

    name: str
    most_bytes: int
    open: Callable[[], Body]
    sent: Callable[[], None] = lambda: None


class BytesBody:
    """A few bytes as a body."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.size = len(content)

    def iter_range(self, first: int, last: int) -> Iterator[bytes]:
        if first <= last:
            yield self._content[first : last + 1]

    def close(self) -> None: ...


class ZipStream:
    """The zip of `entries`, to be iterated once. ValueError for an entry of 4 GiB and more.

    Each entry is read twice: its checksum stands before it, so that it can be unpacked
    while it arrives. `large` is the offset from which zip64 is used.
    """

    def __init__(self, entries: Sequence[ZipEntry], at: dt.datetime, large: int = _BIG) -> None:
        self._entries = entries
        self._large = large
        self._stamp = _stamp(at)
        for entry in entries:
            if entry.most_bytes >= _BIG:
                raise ValueError(f"{entry.name} is too long for one entry")
        starts, at_byte = [], 0
        for entry in entries:
            starts.append(at_byte)
            at_byte += _LOCAL.size + len(entry.name.encode()) + 4 + entry.most_bytes
        self._starts, self._directory_at = starts, at_byte

    @property
    def size(self) -> int:
        """The exact length."""
        directory = sum(len(self._central(number, 0, 0)) for number in range(len(self._entries)))
        return self._directory_at + directory + len(self._end(directory))

    def __iter__(self) -> Iterator[bytes]:
        directory = bytearray()
        for number, entry in enumerate(self._entries):
            body = entry.open()
            try:
                checksum = 0
                for part in body.iter_range(0, body.size - 1):
                    checksum = zlib.crc32(part, checksum)
                yield self._local(entry, body.size, checksum)
                yield from body.iter_range(0, body.size - 1)
            finally:
                body.close()
            entry.sent()
            directory += self._central(number, body.size, checksum)
        yield bytes(directory)
        yield self._end(len(directory))

    def _local(self, entry: ZipEntry, size: int, checksum: int) -> bytes:
        spare = entry.most_bytes - size
        if not 0 <= spare <= SPARE_BYTES:
            raise ValueError(f"{entry.name} has {size} bytes, announced were up to {entry.most_bytes}")
        name = entry.name.encode()
        facts = (*self._stamp, checksum, size, size, len(name), 4 + spare)
        return _LOCAL.pack(b"PK\3\4", 20, _UTF8, 0, *facts) + name + struct.pack("<2H", _PADDING, spare) + bytes(spare)

    def _central(self, number: int, size: int, checksum: int) -> bytes:
        name, start = self._entries[number].name.encode(), self._starts[number]
        is_far = start >= self._large
        extra = struct.pack("<2HQ", 1, 8, start) if is_far else b""
        version = 45 if is_far else 20
        facts = (*self._stamp, checksum, size, size, len(name), len(extra), 0, 0, 0, 0, _BIG if is_far else start)
        return _CENTRAL.pack(b"PK\1\2", version, version, _UTF8, 0, *facts) + name + extra

    def _end(self, directory: int) -> bytes:
        count, start = len(self._entries), self._directory_at
        if count < _MANY and start < self._large and directory < self._large:
            return _END.pack(b"PK\5\6", 0, 0, count, count, directory, start, 0)
        far = _END64.pack(b"PK\6\6", _END64.size - 12, 45, 45, 0, 0, count, count, directory, start)
        locator = _LOCATOR.pack(b"PK\6\7", 0, start + directory, 1)
        return far + locator + _END.pack(b"PK\5\6", 0, 0, _MANY, _MANY, _BIG, _BIG, 0)


def _stamp(at: dt.datetime) -> tuple[int, int]:
    """Time and date as DOS wrote them, to two seconds."""
    time = at.hour << 11 | at.minute << 5 | at.second // 2
    return time, (max(at.year, 1980) - 1980) << 9 | at.month << 5 | at.day


def send_zip(request: HttpRequest, stream: ZipStream, name: str) -> HttpResponseBase:
    """The zip as a download of known length."""
    parts: Iterator[bytes] = iter(stream)
    # Under ASGI a plain iterator would be read into memory whole before the first byte leaves.
    sent = _later(parts) if isinstance(request, ASGIRequest) else parts
    response = StreamingHttpResponse(sent, content_type="application/zip")
    response["Content-Length"] = str(stream.size)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


async def _later(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each part in the request's own thread, where its database connection is closed at the end."""
    step = sync_to_async(lambda: next(parts, b""), thread_sensitive=True)
    while part := await step():
        yield part
