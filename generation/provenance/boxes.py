"""Reads the boxes of an MP4 or MOV file: an ISO base media (ISO/IEC 14496-12) walk that owes nothing to the writer.

Whoever labels a file must not be the one who vouches for it. This reader knows only
the container, opens no codec, reads no more than the metadata boxes and survives a
file cut short.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_LARGEST_METADATA_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Box:
    """One box: its four-character type and where its payload lies in the file, in bytes."""

    kind: str
    start: int
    payload: int
    end: int


@dataclass(frozen=True)
class MetadataEntry:
    """One key of an item list. `at` is the box path it was found under, such as ``moov.udta.meta``."""

    at: str
    key: str
    value: bytes

    @property
    def text(self) -> str:
        return self.value.decode("utf-8", "replace")


def walk_boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets, in order; stops quietly where the file is cut or makes no sense."""
    at = start
    while at + 8 <= end:
        file.seek(at)
        header = file.read(16)
        if len(header) < 8:
            return
        size, kind = struct.unpack(">I4s", header[:8])
        payload = at + 8
        if size == 1 and len(header) == 16:
            size, payload = struct.unpack(">Q", header[8:])[0], at + 16
        elif size == 0:
            size = end - at
        if size < payload - at or at + size > end:
            return
        yield Box(kind.decode("latin-1"), at, payload, at + size)
        at += size


def read_metadata(path: Path) -> tuple[MetadataEntry, ...]:
    """Every key and value of every item list under ``moov``, duplicates included, in file order."""
    with path.open("rb") as file:
        return read_metadata_of(file, os.fstat(file.fileno()).st_size)


def read_metadata_of(file: BinaryIO, size: int) -> tuple[MetadataEntry, ...]:
    """The same of the first `size` bytes of an open file, which may end within its samples."""
    return tuple(
        entry for box in walk_boxes(file, 0, size) if box.kind == "moov" for entry in _entries_under(file, box, "moov")
    )


def has_c2pa_box(path: Path) -> bool:
    """Whether the file carries a C2PA manifest store box at all, valid or not."""
    with path.open("rb") as file:
        for box in walk_boxes(file, 0, os.fstat(file.fileno()).st_size):
            if box.kind == "uuid":
                file.seek(box.payload)
                if file.read(16) == C2PA_UUID:
                    return True
    return False


def _entries_under(file: BinaryIO, parent: Box, at: str) -> Iterator[MetadataEntry]:
    for box in walk_boxes(file, parent.payload, parent.end):
        if box.kind in ("udta", "trak"):
            yield from _entries_under(file, box, f"{at}.{box.kind}")
        elif box.kind == "meta":
            yield from _entries_of_meta(file, box, f"{at}.meta")


def _entries_of_meta(file: BinaryIO, meta: Box, at: str) -> Iterator[MetadataEntry]:
    names: list[str] = []
    for box in walk_boxes(file, _first_child(file, meta), meta.end):
        if box.kind == "keys":
            names.extend(_key_names(_payload(file, box)))
        elif box.kind == "ilst":
            for item in walk_boxes(file, box.payload, box.end):
                yield from _item_values(file, item, names, at)


def _first_child(file: BinaryIO, meta: Box) -> int:
    """MP4 puts version and flags before the children of `meta`, QuickTime does not."""
    file.seek(meta.payload)
    return meta.payload if file.read(8)[4:8] == b"hdlr" else meta.payload + 4


def _payload(file: BinaryIO, box: Box) -> bytes:
    file.seek(box.payload)
    return file.read(min(box.end - box.payload, _LARGEST_METADATA_BYTES))


def _key_names(payload: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(payload):
        size = struct.unpack(">I", payload[at : at + 4])[0]
        if size < 8:
            return
        yield payload[at + 8 : at + size].decode("utf-8", "replace")
        at += size


def _item_values(file: BinaryIO, item: Box, names: list[str], at: str) -> Iterator[MetadataEntry]:
    index = struct.unpack(">I", item.kind.encode("latin-1"))[0]
    key = names[index - 1] if 0 < index <= len(names) else item.kind
    for box in walk_boxes(file, item.payload, item.end):
        if box.kind == "data":
            yield MetadataEntry(at, key, _payload(file, box)[8:])
