"""Where the samples of an ad lie in its file, and which bytes of which piece they are.

Pieces are numbered: the segments in order from 0, then the stems in order. Two layouts:
`interleaved` alternates 16 frames of picture with their sound, for players that read from
the front; `aligned` puts all sound first and every segment on a block of its own, so
that a file system can share the blocks instead of copying them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generation.assembly.index import PictureIndex, SoundIndex
from generation.assembly.reading import BLOCK_BYTES

Layout = Literal["interleaved", "aligned"]
ZEROS = -1
"""The piece number of a gap."""


class ByteRange(NamedTuple):
    """`length` bytes from `offset` of a piece's samples; for ZEROS that many zero bytes."""

    piece: int
    offset: int
    length: int


@dataclass(frozen=True)
class Placement:
    """Offsets of the 16-frame chunks of picture and of sound from where the samples begin, and the bytes of it all."""

    pictures: NDArray[np.int64]
    sounds: NDArray[np.int64]
    payload_bytes: int


def place(pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex], layout: Layout, start: int) -> Placement:
    """Places of all chunks in a file whose samples begin at byte `start`."""
    if layout == "aligned":
        return _aligned(pictures, sounds, start)
    lengths = _interleaved_lengths(pictures, sounds)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    return Placement(starts[0::2], starts[1::2], int(ends[-1]))


def ranges_of(
    pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex], layout: Layout, start: int
) -> tuple[ByteRange, ...]:
    """The bytes that follow a head of `start` bytes, in order."""
    if layout == "aligned":
        return _aligned_ranges(pictures, sounds, start)
    shown = _chunks_of(pictures, 0)
    heard = _chunks_of(sounds, len(pictures))
    ranges: list[ByteRange] = []
    for picture, sound in zip(shown, heard, strict=True):
        ranges += (picture, sound)
    return tuple(ranges)


def _chunks_of(indexes: Iterable[PictureIndex | SoundIndex], first_piece: int) -> Iterator[ByteRange]:
    """The 16-frame chunks of pieces one after another, whatever pieces the other kind is cut into."""
    for piece, index in enumerate(indexes, start=first_piece):
        at = 0
        for length in index.chunk_bytes.tolist():
            yield ByteRange(piece, at, length)
            at += length


def _interleaved_lengths(pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex]) -> NDArray[np.int64]:
    shown = np.concatenate([picture.chunk_bytes for picture in pictures])
    lengths = np.empty(2 * len(shown), np.int64)
    lengths[0::2] = shown
    lengths[1::2] = np.concatenate([sound.chunk_bytes for sound in sounds])
    return lengths


def _aligned(pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex], start: int) -> Placement:
    heard = np.concatenate([sound.chunk_bytes for sound in sounds])
    at = _on_block(start + int(heard.sum())) - start
    shown = []
    for picture in pictures:
        shown.append(at + np.cumsum(picture.chunk_bytes) - picture.chunk_bytes)
        at += _on_block(picture.payload_bytes)
    return Placement(np.concatenate(shown), np.cumsum(heard) - heard, at)


def _aligned_ranges(
    pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex], start: int
) -> tuple[ByteRange, ...]:
    heard = [ByteRange(len(pictures) + piece, 0, sound.payload_bytes) for piece, sound in enumerate(sounds)]
    end = start + sum(sound.payload_bytes for sound in sounds)
    gap = _on_block(end) - end
    # A segment's file ends on a block (write_aligned), so that its last one can be shared whole.
    shown = [ByteRange(piece, 0, _on_block(picture.payload_bytes)) for piece, picture in enumerate(pictures)]
    return (*heard, *([ByteRange(ZEROS, 0, gap)] if gap else []), *shown)


def _on_block(size: int) -> int:
    return -(-size // BLOCK_BYTES) * BLOCK_BYTES
