"""Looks at a finished head as a player would, against the pieces it stands for; opens no file."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.assembly.index import TICKS_PER_FRAME, PictureIndex, SoundIndex
from generation.contracts import SAMPLES_PER_FRAME, Check
from generation.engines.joining import AAC_SAMPLES
from generation.provenance import aigc
from generation.provenance.boxes import Box, read_metadata_of, walk_boxes


def check_structure(
    head: bytes, size_bytes: int, pictures: Sequence[PictureIndex], sounds: Sequence[SoundIndex]
) -> tuple[Check, ...]:
    """Verdicts on an ad of `size_bytes` whose beginning is `head`, signed or not.

    Bytes that end where the last sample ends, frames on the grid without a hole to the
    last one, sound of the same length, every chunk where its samples are, one AIGC label.
    """
    frames = sum(picture.frames for picture in pictures)
    samples = sum(sound.packets for sound in sounds) * AAC_SAMPLES - AAC_SAMPLES
    try:
        shown, heard = (_read_track(head, box) for box in _boxes_in(head, "moov", "trak"))
        last, are_apart = _last_shown(shown, frames), _are_apart(shown, heard, len(head), size_bytes)
        played, end = len(heard.sizes) * AAC_SAMPLES - heard.skipped, _declared_end(head)
    except (struct.error, ValueError, KeyError) as error:
        return (Check("tables", False, type(error).__name__, None, None, f"the tables cannot be read: {error}"),)
    return (
        _equal("bytes", end, size_bytes, "bytes of the file as its boxes and as its recipe have them"),
        _equal("frames", len(shown.sizes), frames, "frames in the table and in the segments"),
        _equal("last_frame", last, frames - 1, "the last frame shown, every one before it shown once"),
        _equal("sound", played, frames * SAMPLES_PER_FRAME, "samples of sound and of the time the frames take"),
        _equal("stems", samples, frames * SAMPLES_PER_FRAME, "samples in the stems and of the time the frames take"),
        Check("chunks", are_apart, None, None, None, "" if are_apart else "chunks lie on one another or outside"),
        _one_label(head),
    )


@dataclass(frozen=True)
class _Track:
    sizes: NDArray[np.int64]
    chunks: NDArray[np.int64]
    per_chunk: NDArray[np.int64]
    later: NDArray[np.int64]
    skipped: int


def _equal(name: str, measured: int, wanted: int, what: str) -> Check:
    is_equal = measured == wanted
    return Check(name, is_equal, float(measured), float(wanted), None, "" if is_equal else what)


def _one_label(head: bytes) -> Check:
    found = [entry.text for entry in read_metadata_of(io.BytesIO(head), len(head)) if entry.key == aigc.KEY]
    try:
        aigc.parse_label(found[0] if len(found) == 1 else "")
        problem = ""
    except ValueError as error:
        problem = f"AIGC label not lawful: {error}" if len(found) == 1 else f"AIGC key present {len(found)} times"
    return Check("aigc", not problem, float(len(found)), 1.0, None, problem)


def _boxes_in(head: bytes, parent: str, kind: str) -> Iterator[Box]:
    file = io.BytesIO(head)
    for box in walk_boxes(file, 0, len(head)):
        if box.kind == parent:
            yield from (each for each in walk_boxes(file, box.payload, box.end) if each.kind == kind)


def _declared_end(head: bytes) -> int:
    """Where the mdat box ends, whose header is all that a head has of it."""
    at = max((box.end for box in walk_boxes(io.BytesIO(head), 0, len(head))), default=0)
    size, kind = struct.unpack_from(">I4s", head, at)
    if kind != b"mdat":
        raise ValueError("no mdat box follows the tables")
    return at + (struct.unpack_from(">Q", head, at + 8)[0] if size == 1 else size)


def _read_track(head: bytes, track: Box) -> _Track:
    leaves = {box.kind: head[box.payload : box.end] for box in _leaves(io.BytesIO(head), track)}
    sizes = np.frombuffer(leaves["stsz"], ">u4", offset=12).astype(np.int64)
    offsets, width = (leaves["co64"], ">u8") if "co64" in leaves else (leaves["stco"], ">u4")
    chunks = np.frombuffer(offsets, width, offset=8).astype(np.int64)
    steps = np.frombuffer(leaves["stsc"], ">u4", offset=8).astype(np.int64).reshape(-1, 3)
    per_chunk = np.repeat(steps[:, 1], np.diff(np.append(steps[:, 0], len(chunks) + 1)))
    pairs = np.frombuffer(leaves.get("ctts", bytes(8)), ">u4", offset=8).astype(np.int64).reshape(-1, 2)
    if per_chunk.sum() != len(sizes) or (len(pairs) and pairs[:, 0].sum() != len(sizes)):
        raise ValueError("they count different numbers of samples")
    later = np.repeat(pairs[:, 1], pairs[:, 0]) if len(pairs) else np.zeros(len(sizes), np.int64)
    skipped = struct.unpack_from(">i", leaves["elst"], 12)[0]
    return _Track(sizes, chunks, per_chunk, later, skipped)


def _leaves(file: io.BytesIO, parent: Box) -> Iterator[Box]:
    for box in walk_boxes(file, parent.payload, parent.end):
        if box.kind in ("edts", "mdia", "minf", "stbl"):
            yield from _leaves(file, box)
        else:
            yield box


def _last_shown(shown: _Track, frames: int) -> int:
    """The number of the last frame shown; -1 where frames do not tile the grid from 0."""
    places = np.sort(np.arange(len(shown.sizes)) * TICKS_PER_FRAME + shown.later - shown.skipped)
    is_tiled = np.array_equal(places, np.arange(frames) * TICKS_PER_FRAME)
    return int(places[-1]) // TICKS_PER_FRAME if is_tiled else -1


def _are_apart(shown: _Track, heard: _Track, first: int, end: int) -> bool:
    """Whether every chunk lies between the head and the end of the file, and none reaches into the next."""
    ends = [
        track.chunks + np.add.reduceat(track.sizes, np.cumsum(track.per_chunk) - track.per_chunk)
        for track in (shown, heard)
    ]
    begins, finishes = np.concatenate((shown.chunks, heard.chunks)), np.concatenate(ends)
    order = np.argsort(begins)
    bounds = np.concatenate(([first], np.stack((begins[order], finishes[order]), 1).ravel(), [end]))
    return bool((np.diff(bounds) >= 0).all())
