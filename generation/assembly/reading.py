"""Reads a rendered segment's tables out of its mp4, and lays its samples where a file system can share them."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from generation.assembly.index import TICKS_PER_FRAME, NotIndexable, PictureIndex, require_grid
from generation.contracts import FPS
from generation.provenance.boxes import Box, walk_boxes

BLOCK_BYTES = 4096
"""File systems share whole blocks of this size between files."""
_LARGEST_MOOV_BYTES = 16 * 1024 * 1024
_SAMPLE_ENTRY_BYTES = 78
_FREE_BOX_BYTES = 8
_COPY_BYTES = 1 << 20


def picture_index(path: Path) -> PictureIndex:
    """The tables of a segment; NotIndexable where the file is not one H.264 track on the 1/30 grid, in one run."""
    with path.open("rb") as file:
        return _index_of(_moov_of(file, path.name), path.name)


def write_aligned(source: Path, target: Path) -> None:
    """Copy a segment so that its samples begin on a block and the file ends on one; no sample is touched.

    The file stays an mp4 with moov first. Raises NotIndexable like `picture_index`.
    """
    with source.open("rb") as file:
        moov = _moov_of(file, source.name)
        index = _index_of(moov, source.name)
        ftyp = struct.pack(">I4s4sI4s", 20, b"ftyp", b"isom", 512, b"isom")
        room = len(ftyp) + len(moov.content) + _FREE_BOX_BYTES + 8
        start = -(-room // BLOCK_BYTES) * BLOCK_BYTES
        end = -(-(start + index.payload_bytes) // BLOCK_BYTES) * BLOCK_BYTES
        with target.open("wb") as out:
            out.write(ftyp + moov.with_chunks_moved(start - index.payload_offset))
            out.write(_free(start - 8 - out.tell()))
            # The last block's rest belongs to mdat: a box of its own would not fit where it is short.
            out.write(struct.pack(">I4s", end - start + 8, b"mdat"))
            file.seek(index.payload_offset)
            _copy(file, out, index.payload_bytes)
            out.write(bytes(end - out.tell()))


def _free(size: int) -> bytes:
    return struct.pack(">I4s", size, b"free") + bytes(size - _FREE_BOX_BYTES)


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> None:
    while size > 0 and (block := source.read(min(_COPY_BYTES, size))):
        target.write(block)
        size -= len(block)
    if size:
        raise NotIndexable("the samples end before their table does")


@dataclass(frozen=True)
class _Moov:
    """A moov box in memory, with its leaves by path, such as ``trak.mdia.minf.stbl.stsz``."""

    content: bytes
    leaves: dict[str, Box]
    tracks: int

    def payload(self, path: str) -> bytes | None:
        """What stands in a leaf; None where there is none."""
        box = self.leaves.get(path)
        return self.content[box.payload : box.end] if box else None

    def table(self, path: str, row: str) -> list[tuple[int, ...]]:
        """The rows of a full box that begins with their number; none where there is no box."""
        payload = self.payload(path)
        if payload is None:
            return []
        count = struct.unpack_from(">I", payload, 4)[0]
        size = struct.calcsize(row)
        return [struct.unpack_from(row, payload, 8 + i * size) for i in range(count)]

    def with_chunks_moved(self, by: int) -> bytes:
        box = self.leaves[f"{_TABLES}.stco"]
        offsets = [at + by for (at,) in self.table(f"{_TABLES}.stco", ">I")]
        changed = struct.pack(f">{len(offsets)}I", *offsets)
        return self.content[: box.payload + 8] + changed + self.content[box.end :]


_TABLES = "trak.mdia.minf.stbl"
_PARENTS = ("moov", "trak", "edts", "mdia", "minf", "stbl")


def _moov_of(file: BinaryIO, name: str) -> _Moov:
    size = os.fstat(file.fileno()).st_size
    box = next((box for box in walk_boxes(file, 0, size) if box.kind == "moov"), None)
    if box is None or box.end - box.start > _LARGEST_MOOV_BYTES:
        raise NotIndexable(f"{name}: no moov box, so no finished mp4")
    file.seek(box.start)
    content = file.read(box.end - box.start)
    found = list(_leaves(io.BytesIO(content), Box("moov", 0, 8, len(content)), ""))
    return _Moov(content, dict(found), sum(path == "trak.tkhd" for path, _ in found))


def _leaves(file: BinaryIO, parent: Box, at: str) -> Iterator[tuple[str, Box]]:
    for box in walk_boxes(file, parent.payload, parent.end):
        path = f"{at}{box.kind}"
        if box.kind in _PARENTS:
            yield from _leaves(file, box, f"{path}.")
        else:
            yield path, box


def _index_of(moov: _Moov, name: str) -> PictureIndex:
    try:
        return _read_tables(moov)
    except NotIndexable as error:
        raise NotIndexable(f"{name}: {error}") from error
    except (struct.error, ValueError, TypeError) as error:
        raise NotIndexable(f"{name}: its tables are cut short or of another kind") from error


def _read_tables(moov: _Moov) -> PictureIndex:
    sizes_box = moov.payload(f"{_TABLES}.stsz") or b""
    fixed, frames = struct.unpack_from(">II", sizes_box, 4)
    if moov.tracks != 1 or fixed or not frames:
        raise NotIndexable("not one track of pictures")
    require_grid(frames, "a segment")
    sizes = sizes_box[12 : 12 + 4 * frames]
    ticks = _ticks_per_frame(moov, frames)
    pairs, delay = _shown_at(moov, frames, ticks)
    width, height, avcc, extras = _sample_entry(moov)
    sync = [number for (number,) in moov.table(f"{_TABLES}.stss", ">I")] or list(range(1, frames + 1))
    if sync[0] != 1:
        raise NotIndexable("the first frame is no key frame")
    return PictureIndex(
        frames=frames,
        sizes=sizes,
        sync=struct.pack(f">{len(sync)}I", *sync),
        ctts=b"".join(struct.pack(">II", count, offset) for count, offset in pairs),
        delay=delay,
        avcc=avcc,
        extras=extras,
        width=width,
        height=height,
        payload_offset=_one_run(moov, np.frombuffer(sizes, ">u4").astype(np.int64)),
        payload_bytes=int(np.frombuffer(sizes, ">u4").sum(dtype=np.int64)),
    )


def _ticks_per_frame(moov: _Moov, frames: int) -> int:
    header = moov.payload("trak.mdia.mdhd") or b""
    (timescale,) = struct.unpack_from(">I", header, 20 if header[:1] == b"\1" else 12)
    ticks = int(timescale) // FPS
    if timescale % FPS or any(delta != ticks for _, delta in moov.table(f"{_TABLES}.stts", ">II")):
        raise NotIndexable("its frames are not all 1/30 s long")
    if sum(count for count, _ in moov.table(f"{_TABLES}.stts", ">II")) != frames:
        raise NotIndexable("its time table counts other frames than its size table")
    return ticks


def _shown_at(moov: _Moov, frames: int, ticks: int) -> tuple[list[tuple[int, int]], int]:
    """The (count, offset) pairs in our ticks, and the delay in frames; every frame from 0 is shown exactly once."""
    pairs = moov.table(f"{_TABLES}.ctts", ">Ii") or [(frames, 0)]
    if sum(count for count, _ in pairs) != frames:
        raise NotIndexable("its table of showing counts other frames than its size table")
    offsets = np.repeat([offset for _, offset in pairs], [count for count, _ in pairs])
    shown = np.arange(frames) + offsets // ticks
    delay = int(shown.min())
    if (offsets % ticks).any() or not np.array_equal(np.sort(shown), np.arange(frames) + delay) or delay < 0:
        raise NotIndexable("its frames do not tile the 1/30 grid")
    if delay * ticks != _edit_start(moov):
        raise NotIndexable("its edit list does not begin at the first frame shown")
    if not offsets.any():
        return [], 0
    return [(count, offset // ticks * TICKS_PER_FRAME) for count, offset in pairs], delay


def _edit_start(moov: _Moov) -> int:
    edits = moov.payload("trak.edts.elst")
    if edits is None:
        return 0
    row = ">Qq" if edits[0] else ">Ii"
    if struct.unpack_from(">I", edits, 4)[0] != 1:
        raise NotIndexable("it has more than one edit")
    return int(struct.unpack_from(row, edits, 8)[1])


def _sample_entry(moov: _Moov) -> tuple[int, int, bytes, bytes]:
    """Width, height, avcC's payload, and the colour and pixel-shape boxes as they stand."""
    payload = moov.payload(f"{_TABLES}.stsd") or b""
    if payload[4:8] != b"\0\0\0\1" or payload[12:16] != b"avc1":
        raise NotIndexable("not one kind of H.264 sample")
    width, height = struct.unpack_from(">HH", payload, 40)
    inside = list(walk_boxes(io.BytesIO(payload), 16 + _SAMPLE_ENTRY_BYTES, len(payload)))
    avcc = next((payload[box.payload : box.end] for box in inside if box.kind == "avcC"), None)
    if avcc is None:
        raise NotIndexable("it has no avcC box")
    return width, height, avcc, b"".join(payload[b.start : b.end] for b in inside if b.kind in ("colr", "pasp"))


def _one_run(moov: _Moov, sizes: NDArray[np.int64]) -> int:
    """Where the samples begin; they must lie back to back, as in a file with no other track."""
    offsets = [at for (at,) in moov.table(f"{_TABLES}.stco", ">I")]
    steps = moov.table(f"{_TABLES}.stsc", ">III")
    firsts = [first for first, _, _ in steps] + [len(offsets) + 1]
    counts = np.repeat([per for _, per, _ in steps], np.diff(firsts))
    if not offsets or counts.sum() != len(sizes) or not counts.all():
        raise NotIndexable("its chunks hold other samples than its size table")
    starts = offsets[0] + np.concatenate(([0], np.cumsum(sizes)))[np.concatenate(([0], np.cumsum(counts)[:-1]))]
    if not np.array_equal(starts, offsets):
        raise NotIndexable("its samples do not lie back to back")
    return int(offsets[0])
