"""Writes the beginning of an ad's file: everything before its samples, from the tables of its pieces.

moov before mdat, edit lists that hide the encoders' delays, one run of equal durations a
track, 64-bit offsets only where 32 bits do not reach.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from numpy import int64
from numpy.typing import NDArray

from generation.assembly.index import PictureIndex, SoundIndex
from generation.assembly.layout import Layout, Placement, place
from generation.assembly.tracks import label_values, movie_header, named_values, picture_track, sound_track
from generation.contracts import GRID_FRAMES
from generation.engines.joining import SegmentMismatch

FTYP = struct.pack(">I4s4sI16s", 32, b"ftyp", b"isom", 512, b"isomiso2avc1mp41")
_LARGEST_32 = 0xFFFFFFFF
_MARGIN_BYTES = 1 << 26
"""More than tables and gaps ever take, so that one look at the samples decides the width of all offsets."""


class PieceMismatch(SegmentMismatch):
    """Segment or stem number `piece` (segments first) cannot stand in one file with the first ones."""

    def __init__(self, piece: int, reason: str) -> None:
        super().__init__(f"piece {piece}: {reason}")
        self.piece = piece
        self.reason = reason

    def __reduce__(self) -> tuple[type, tuple[int, str]]:
        return type(self), (self.piece, self.reason)


@dataclass(frozen=True)
class Head:
    """The finished beginning of a file of `size_bytes` in all; the samples follow as `layout.ranges_of` says."""

    content: bytes
    size_bytes: int


def build_head(
    pictures: Sequence[PictureIndex],
    sounds: Sequence[SoundIndex],
    label: Mapping[str, str],
    title: str,
    layout: Layout = "interleaved",
    ahead_bytes: int = 0,
) -> Head:
    """ftyp, moov with the sample tables and the one AIGC label, and the header of mdat.

    Segments and stems in order, each kind as long as the ad; the first stem carries the priming
    packet. Where there is one of each per slot they have to agree slot by slot.
    An aligned file stands on blocks once `ahead_bytes` more are put before its moov.
    Raises SegmentMismatch for pieces that do not belong in one file.
    """
    _require_joinable(pictures, sounds)
    frames = sum(picture.frames for picture in pictures)
    samples_bytes = sum(picture.payload_bytes for picture in pictures) + sum(sound.payload_bytes for sound in sounds)
    is_wide = samples_bytes > _LARGEST_32 - _MARGIN_BYTES
    rows_bytes = frames // GRID_FRAMES * (8 if is_wide else 4)
    shown = picture_track(pictures, frames, bytes(rows_bytes), is_wide)
    heard = sound_track(sounds, frames, bytes(rows_bytes), is_wide)
    movie, named = movie_header(frames), named_values(label_values(label, title))
    moov_bytes = 8 + len(movie) + len(shown) + len(heard) + len(named)
    start = len(FTYP) + moov_bytes + (16 if is_wide else 8)
    placed = place(pictures, sounds, layout, start + ahead_bytes)
    content = b"".join(
        (
            *(FTYP, struct.pack(">I4s", moov_bytes, b"moov"), movie),
            *(shown[:-rows_bytes], _packed(placed.pictures + start, is_wide)),
            *(heard[:-rows_bytes], _packed(placed.sounds + start, is_wide)),
            *(named, _mdat_header(placed, is_wide)),
        )
    )
    return Head(content, len(content) + placed.payload_bytes)


def _packed(offsets: NDArray[int64], is_wide: bool) -> bytes:
    return offsets.astype(">u8" if is_wide else ">u4").tobytes()


def _mdat_header(placed: Placement, is_wide: bool) -> bytes:
    if is_wide:
        return struct.pack(">I4sQ", 1, b"mdat", placed.payload_bytes + 16)
    return struct.pack(">I4s", placed.payload_bytes + 8, b"mdat")


def _require_joinable(pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex]) -> None:
    shown, heard = sum(picture.frames for picture in pictures), sum(sound.frames for sound in sounds)
    if not pictures or not sounds or (len(pictures) != len(sounds) and shown != heard):
        raise SegmentMismatch(f"{len(pictures)} segments of {shown} frames and {len(sounds)} stems of {heard}")
    for piece, picture in enumerate(pictures):
        reason = _why_not(picture, pictures[0])
        if reason:
            raise PieceMismatch(piece, reason)
    for slot, sound in enumerate(sounds):
        if sound.config != sounds[0].config:
            raise PieceMismatch(len(pictures) + slot, "its AAC configuration differs from the first stem's")
        if len(pictures) == len(sounds) and sound.frames != pictures[slot].frames:
            reason = f"made for {sound.frames} frames, its slot has {pictures[slot].frames}"
            raise PieceMismatch(len(pictures) + slot, reason)
        if sound.is_first != (slot == 0):
            raise PieceMismatch(len(pictures) + slot, "the priming packet belongs to the first slot's stem alone")


def _why_not(picture: PictureIndex, first: PictureIndex) -> str:
    if picture.avcc != first.avcc:
        return "its codec header differs from the first segment's"
    if (picture.width, picture.height, picture.extras) != (first.width, first.height, first.extras):
        return "its picture size or colour differs from the first segment's"
    if picture.delay != first.delay:
        return "its frames are delayed otherwise than the first segment's"
    return ""
