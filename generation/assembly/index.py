"""What a finished ad's sample tables need to know of a segment and of a stem, read once and kept beside them.

Tables are held packed as ISO/IEC 14496-12 writes them (big-endian), so that an ad's
tables are joins of bytes.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import TerminalError
from generation.contracts import GRID_FRAMES

TICKS_PER_FRAME = 512
"""Picture time runs at 30 x 512 = 15,360 ticks a second, ffmpeg's own choice for 30 fps."""
CHUNK_PACKETS = 25
"""AAC packets of 1,024 samples in 16 frames at 48 kHz."""


class NotIndexable(TerminalError):
    """A file cannot serve as a segment or stem: its samples do not stand as an ad needs them."""

    code = "not_indexable"


@dataclass(frozen=True)
class SoundIndex:
    """A stem: raw AAC packets back to back.

    `frames` are the video frames of its slot. `sizes` are the packets' sizes in bytes as
    big-endian 32-bit numbers: frames * 25 // 16 of them, and one more, the priming packet,
    before all others in the stem of an ad's first slot. `config` is the AudioSpecificConfig,
    `payload_bytes` the sum of the sizes, which is the size of the file.
    """

    frames: int
    sizes: bytes
    config: bytes
    payload_bytes: int

    @property
    def packets(self) -> int:
        return len(self.sizes) // 4

    @property
    def is_first(self) -> bool:
        """Whether it carries the priming packet, and so belongs to an ad's first slot."""
        return self.packets == packets_of(self.frames) + 1

    @cached_property
    def chunk_bytes(self) -> NDArray[np.int64]:
        """Bytes of each stretch of 16 frames; the priming packet counts to the first."""
        sizes = np.frombuffer(self.sizes, ">u4").astype(np.int64)
        starts = np.arange(self.frames // GRID_FRAMES) * CHUNK_PACKETS
        starts[1:] += self.packets - packets_of(self.frames)
        return np.add.reduceat(sizes, starts)


@dataclass(frozen=True)
class PictureIndex:
    """A segment: H.264 samples back to back, in order of decoding, from `payload_offset` of its file.

    `sizes`: bytes per sample, big-endian 32-bit. `sync`: numbers of the key frames, from 1,
    packed alike. `ctts`: run-length pairs (count, pts - dts + delay in ticks), b"" where
    every frame is shown as it is decoded. `delay` is the frames between first decoding and
    first showing. `avcc` is the decoder's configuration, `extras` the boxes beside it that
    say colour and pixel shape.
    """

    frames: int
    sizes: bytes
    sync: bytes
    ctts: bytes
    delay: int
    avcc: bytes
    extras: bytes
    width: int
    height: int
    payload_offset: int
    payload_bytes: int

    @cached_property
    def chunk_bytes(self) -> NDArray[np.int64]:
        """Bytes of each stretch of 16 frames."""
        sizes = np.frombuffer(self.sizes, ">u4").astype(np.int64)
        return np.add.reduceat(sizes, np.arange(0, self.frames, GRID_FRAMES))

    @cached_property
    def sync_numbers(self) -> NDArray[np.uint32]:
        return np.frombuffer(self.sync, ">u4").astype(np.uint32)


def packets_of(frames: int) -> int:
    """AAC packets that last as long as `frames` video frames on the 16-frame grid, priming not counted."""
    return frames * CHUNK_PACKETS // GRID_FRAMES


def sound_index(frames: int, packet_sizes: Sequence[int], config: bytes) -> SoundIndex:
    """The index of a stem from its packets' sizes; NotIndexable when their number does not fit `frames`."""
    require_grid(frames, "a stem")
    if len(packet_sizes) not in (packets_of(frames), packets_of(frames) + 1):
        raise NotIndexable(f"{len(packet_sizes)} AAC packets for {frames} frames, expected {packets_of(frames)}")
    return SoundIndex(frames, struct.pack(f">{len(packet_sizes)}I", *packet_sizes), config, sum(packet_sizes))


def to_json(index: PictureIndex | SoundIndex) -> dict[str, Any]:
    """An index as plain JSON, bytes as base64."""
    return {
        key: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for key, value in ((name, getattr(index, name)) for name in index.__dataclass_fields__)
    }


def picture_from_json(payload: Mapping[str, Any]) -> PictureIndex:
    """Back from `to_json`; KeyError, TypeError or ValueError for anything else."""
    return PictureIndex(**_decoded(payload, PictureIndex))


def sound_from_json(payload: Mapping[str, Any]) -> SoundIndex:
    """Back from `to_json`; KeyError, TypeError or ValueError for anything else."""
    return SoundIndex(**_decoded(payload, SoundIndex))


def _decoded(payload: Mapping[str, Any], kind: type) -> dict[str, Any]:
    types: dict[str, str] = kind.__annotations__
    return {
        name: base64.b64decode(payload[name], validate=True) if types[name] == "bytes" else int(payload[name])
        for name in types
    }


def require_grid(frames: int, what: str) -> None:
    """NotIndexable unless `frames` is a whole number of grid steps."""
    if frames <= 0 or frames % GRID_FRAMES:
        raise NotIndexable(f"{what} of {frames} frames does not stand on the {GRID_FRAMES}-frame grid")
