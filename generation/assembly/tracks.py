"""The boxes of an ad's moov (ISO/IEC 14496-12, -14 and -15) as bytes.

Movie time runs in audio samples, so that the lengths of both tracks are whole numbers of
it. In every track the chunk offsets come last, so that they can be filled in when the
length of all that stands before the samples is known.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence

import numpy as np

from generation.assembly.index import CHUNK_PACKETS, TICKS_PER_FRAME, PictureIndex, SoundIndex
from generation.contracts import FPS, GRID_FRAMES, SAMPLE_RATE, SAMPLES_PER_FRAME
from generation.engines.joining import AAC_SAMPLES
from generation.provenance.aigc import KEY

_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED = 0x55C4
"""Language "und": what is spoken varies from slot to slot."""
_UTF8 = 1
_SELF_CONTAINED = 1


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box with its parts as payload."""
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8, kind) + content


def movie_header(frames: int) -> bytes:
    """The mvhd box of an ad with two tracks."""
    times = struct.pack(">IIIII", 0, 0, 0, SAMPLE_RATE, frames * SAMPLES_PER_FRAME)
    return box(b"mvhd", times, struct.pack(">IH10x", 0x10000, 0x100), _MATRIX, bytes(24), struct.pack(">I", 3))


def picture_track(pictures: Sequence[PictureIndex], frames: int, offsets: bytes, is_wide: bool) -> bytes:
    """The trak box of all segments in a row."""
    first = pictures[0]
    chunks = frames // GRID_FRAMES
    tables = (
        box(b"stsd", struct.pack(">II", 0, 1), _avc1(first)),
        _one_run(frames, TICKS_PER_FRAME),
        _key_frames(pictures),
        _shown_later(pictures),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, GRID_FRAMES, 1)),
        _sizes([picture.sizes for picture in pictures]),
        _chunk_offsets(chunks, offsets, is_wide),
    )
    media = _media(
        (FPS * TICKS_PER_FRAME, frames * TICKS_PER_FRAME),
        (b"vide", b"VideoHandler\0"),
        box(b"vmhd", struct.pack(">I8x", 1)),
        tables,
    )
    shape = struct.pack(">HHHH", 0, 0, 0, 0) + _MATRIX + struct.pack(">II", first.width << 16, first.height << 16)
    return _track(1, frames, shape, first.delay * TICKS_PER_FRAME, media)


def sound_track(sounds: Sequence[SoundIndex], frames: int, offsets: bytes, is_wide: bool) -> bytes:
    """The trak box of all stems in a row; the edit list hides the priming packet."""
    packets = sum(sound.packets for sound in sounds)
    chunks = frames // GRID_FRAMES
    rows = [(1, CHUNK_PACKETS + 1, 1), (2, CHUNK_PACKETS, 1)][:chunks]
    payload_bytes = sum(sound.payload_bytes for sound in sounds)
    tables = (
        box(b"stsd", struct.pack(">II", 0, 1), _mp4a(sounds[0].config, payload_bytes * 8 * FPS // frames)),
        _one_run(packets, AAC_SAMPLES),
        box(b"stsc", struct.pack(">II", 0, len(rows)), *(struct.pack(">III", *row) for row in rows)),
        _sizes([sound.sizes for sound in sounds]),
        # Every AAC packet needs the one before it to decode right: "roll" by -1 says so to players that seek.
        box(b"sgpd", struct.pack(">I4sIIh", 1 << 24, b"roll", 2, 1, -1)),
        box(b"sbgp", struct.pack(">I4sIII", 0, b"roll", 1, packets, 1)),
        _chunk_offsets(chunks, offsets, is_wide),
    )
    media = _media((SAMPLE_RATE, packets * AAC_SAMPLES), (b"soun", b"SoundHandler\0"), box(b"smhd", bytes(8)), tables)
    shape = struct.pack(">HHHH", 0, 1, 0x100, 0) + _MATRIX + bytes(8)
    return _track(2, frames, shape, AAC_SAMPLES, media)


def named_values(values: Mapping[str, str]) -> bytes:
    """moov.udta.meta with each value under its own key, as TC260-PG-20257A wants the implicit label."""
    keys = [box(b"mdta", key.encode()) for key in values]
    items = [
        box(struct.pack(">I", number), box(b"data", struct.pack(">II", _UTF8, 0), text.encode()))
        for number, text in enumerate(values.values(), 1)
    ]
    handler = box(b"hdlr", struct.pack(">II4s13x", 0, 0, b"mdta"))
    listed = box(b"keys", struct.pack(">II", 0, len(keys)), *keys)
    return box(b"udta", box(b"meta", bytes(4), handler, listed, box(b"ilst", *items)))


def label_values(label: Mapping[str, str], title: str) -> dict[str, str]:
    """The label under its key, and the title where there is one; order and form as `aigc.write_label` has them."""
    values = {KEY: json.dumps(dict(label), separators=(",", ":"))}
    return {**values, "title": title} if title else values


def _track(number: int, frames: int, shape: bytes, skipped: int, media: bytes) -> bytes:
    """A track that shows `frames` frames' time from tick `skipped` of its media on."""
    length = frames * SAMPLES_PER_FRAME
    enabled_in_movie = 3
    header = struct.pack(">IIIIII8x", enabled_in_movie, 0, 0, number, 0, length)
    edit = struct.pack(">IIIiHH", 0, 1, length, skipped, 1, 0)
    return box(b"trak", box(b"tkhd", header, shape), box(b"edts", box(b"elst", edit)), media)


def _media(time: tuple[int, int], handler: tuple[bytes, bytes], kind_header: bytes, tables: Sequence[bytes]) -> bytes:
    reference = box(b"dref", struct.pack(">II", 0, 1), box(b"url ", struct.pack(">I", _SELF_CONTAINED)))
    return box(
        b"mdia",
        box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, *time, _UNDETERMINED, 0)),
        box(b"hdlr", struct.pack(">II4s12x", 0, 0, handler[0]), handler[1]),
        box(b"minf", kind_header, box(b"dinf", reference), box(b"stbl", *tables)),
    )


def _avc1(picture: PictureIndex) -> bytes:
    entry = struct.pack(">6xH16xHHIIIH32xHh", 1, picture.width, picture.height, 72 << 16, 72 << 16, 0, 1, 24, -1)
    return box(b"avc1", entry, box(b"avcC", picture.avcc), picture.extras)


def _mp4a(config: bytes, bits_per_second: int) -> bytes:
    entry = struct.pack(">6xH8xHHHHI", 1, 2, 16, 0, 0, SAMPLE_RATE << 16)
    aac, audio_stream = 0x40, 5 << 2 | 1
    decoder = struct.pack(">BB3xII", aac, audio_stream, bits_per_second, bits_per_second)
    stream = struct.pack(">HB", 0, 0) + _descriptor(4, decoder + _descriptor(5, config)) + _descriptor(6, b"\2")
    return box(b"mp4a", entry, box(b"esds", bytes(4), _descriptor(3, stream)))


def _descriptor(tag: int, content: bytes) -> bytes:
    return bytes((tag, len(content))) + content


def _one_run(samples: int, duration: int) -> bytes:
    return box(b"stts", struct.pack(">IIII", 0, 1, samples, duration))


def _key_frames(pictures: Sequence[PictureIndex]) -> bytes:
    numbers, before = [], 0
    for picture in pictures:
        numbers.append(picture.sync_numbers + before)
        before += picture.frames
    rows = np.concatenate(numbers).astype(">u4")
    return box(b"stss", struct.pack(">II", 0, len(rows)), rows.tobytes())


def _shown_later(pictures: Sequence[PictureIndex]) -> bytes:
    rows = b"".join([picture.ctts for picture in pictures])
    return box(b"ctts", struct.pack(">II", 0, len(rows) // 8), rows) if rows else b""


def _sizes(packed: Sequence[bytes]) -> bytes:
    rows = b"".join(packed)
    return box(b"stsz", struct.pack(">III", 0, 0, len(rows) // 4), rows)


def _chunk_offsets(chunks: int, offsets: bytes, is_wide: bool) -> bytes:
    return box(b"co64" if is_wide else b"stco", struct.pack(">II", 0, chunks), offsets)
