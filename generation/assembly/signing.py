"""Signs an ad that lies nowhere and keeps only what the signature changes: the beginning of its file.

C2PA puts its manifest in a box between ftyp and moov and moves the chunk offsets by that
box's size; the samples stay. So a signed ad is its signed head and the same samples.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np

from core.clock import Clock, system_clock
from generation.assembly.head import FTYP
from generation.assembly.virtual import CHUNK_BYTES, VirtualFile
from generation.contracts import Provenance
from generation.provenance.boxes import C2PA_UUID, Box, walk_boxes
from generation.provenance.chain import SigningChain
from generation.provenance.labels import TRUSTED
from generation.provenance.signing import SigningFailed, read_signature_of, sign_stream

_LARGEST_MANIFEST_BYTES = 1 << 20


def sign_head(virtual: VirtualFile, provenance: Provenance, chain: SigningChain, clock: Clock = system_clock) -> bytes:
    """The head of the signed ad; reads the whole ad twice, writes no file.

    The signed ad, put together from this head, has been read by C2PA's own reader and is
    Trusted under the chain's root. Raises SigningFailed, DamagedSegment.
    """
    # Everything is opened and hashed before: inside the library an error loses its name.
    virtual.iter_range(0, virtual.size - 1)
    sink = _HeadSink(len(virtual.head) + _LARGEST_MANIFEST_BYTES)
    sign_stream(_buffered(virtual), cast(BinaryIO, sink), provenance, chain, clock)
    grown = sink.size - virtual.size
    head = bytes(sink.kept[: len(virtual.head) + grown])
    _require_only_moved(virtual.head, head, grown)
    with virtual.with_head(head) as signed:
        facts = read_signature_of(_buffered(signed), chain.root_pem)
    if facts.state != TRUSTED:
        raise SigningFailed(f"signature is {facts.state}: {', '.join(facts.problems)}")
    return head


def signed_virtual(
    virtual: VirtualFile, provenance: Provenance, chain: SigningChain, clock: Clock = system_clock
) -> VirtualFile:
    """The signed ad, to be read, sent or written."""
    return virtual.with_head(sign_head(virtual, provenance, chain, clock))


class _HeadSink(io.RawIOBase):
    """Takes a file written from front to back, keeps its first `limit` bytes and counts the rest."""

    def __init__(self, limit: int) -> None:
        self.kept = bytearray()
        self.size = 0
        self._limit = limit
        self._at = 0

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # RawIOBase types it wider
        end = self._at + len(content)
        if self._at > self.size:
            raise io.UnsupportedOperation("a hole")
        if self._at < self._limit:
            self.kept[self._at : min(end, self._limit)] = content[: self._limit - self._at]
        elif self._at < self.size:
            raise io.UnsupportedOperation("the samples are not kept to be changed")
        self._at = end
        self.size = max(self.size, end)
        return len(content)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at


def _buffered(virtual: VirtualFile) -> BinaryIO:
    return io.BufferedReader(virtual.stream(), CHUNK_BYTES)


def _require_only_moved(head: bytes, signed: bytes, grown: int) -> None:
    """SigningFailed unless the manifest went between ftyp and moov and nothing else but chunk offsets changed."""
    at = len(FTYP)
    manifest = signed[at : at + grown]
    is_manifest = manifest[4:8] == b"uuid" and manifest[8:24] == C2PA_UUID
    is_one_box = len(manifest) >= 24 and struct.unpack(">I", manifest[:4])[0] == grown
    if not is_manifest or not is_one_box or signed[:at] + signed[at + grown :] != _moved(head, grown):
        raise SigningFailed("the signed file differs by more than its manifest")


def _moved(head: bytes, by: int) -> bytes:
    """`head` with every chunk offset moved."""
    moved = bytearray(head)
    for table in _offset_tables(io.BytesIO(head), Box("", 0, 0, len(head))):
        row = ">u8" if table.kind == "co64" else ">u4"
        offsets = np.frombuffer(head[table.payload + 8 : table.end], row) + by
        moved[table.payload + 8 : table.end] = offsets.astype(row).tobytes()
    return bytes(moved)


def _offset_tables(file: BinaryIO, parent: Box) -> Iterator[Box]:
    for box in walk_boxes(file, parent.payload, parent.end):
        if box.kind in ("moov", "trak", "mdia", "minf", "stbl"):
            yield from _offset_tables(file, box)
        elif box.kind in ("stco", "co64"):
            yield box
