"""A written ad as a player's demuxer reads it, against the segments and stems it was spliced of.

Every segment was decoded and judged frame by frame when it was made. An ad whose packets
are those very packets, under the same decoder configuration and with a key frame wherever
a segment begins, decodes to those very frames: comparing packets shows it for a hundredth
of what hashing decoded frames takes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from generation.assembly.index import PictureIndex, SoundIndex
from generation.assembly.recipe import pictures_of, sounds_of
from generation.contracts import SAMPLES_PER_FRAME, Check
from generation.engines.joining import AAC_SAMPLES
from generation.segments.store import StoredSegment

Sample = tuple[bytes, bool, str]
"""Bytes, whether a segment begins with it, and the key of the segment or stem it lies in."""


def splice_checks(path: Path, segments: Sequence[StoredSegment], stems: Sequence[StoredSegment]) -> tuple[Check, Check]:
    """Whether pictures and sound of the file at `path` are, packet by packet, what was stored."""
    import av

    pictures = _Compared(samples_of(segments, pictures_of(segments)))
    sounds = _Compared(samples_of(stems, sounds_of(stems)))
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        for packet in container.demux(video, audio):
            if packet.size:
                (pictures if packet.stream.type == "video" else sounds).take(packet)
    return pictures.check("spliced_picture", 1.0), sounds.check("spliced_sound", AAC_SAMPLES / SAMPLES_PER_FRAME)


def samples_of(pieces: Sequence[StoredSegment], tables: Iterable[PictureIndex | SoundIndex]) -> Iterator[Sample]:
    """Samples as stored, piece after piece; one piece is held at a time."""
    for piece, table in zip(pieces, tables, strict=True):
        payload = memoryview(piece.path.read_bytes())
        payload = payload[table.payload_offset if isinstance(table, PictureIndex) else 0 :]
        at = 0
        for size in struct.unpack(f">{len(table.sizes) // 4}I", table.sizes):
            yield bytes(payload[at : at + size]), at == 0, piece.key
            at += size


class _Compared:
    """One stream's packets against the samples they should be; remembers the first that is another."""

    def __init__(self, samples: Iterator[Sample]) -> None:
        self._samples = samples
        self._taken = 0
        self._wrong: tuple[int, str] | None = None

    def take(self, packet: Any) -> None:
        stored = next(self._samples, None)
        if self._wrong is None:
            why = _difference(packet, stored)
            self._wrong = (self._taken, why) if why else None
        self._taken += 1

    def check(self, name: str, frames_a_packet: float) -> Check:
        """The verdict once all packets were taken."""
        left = sum(1 for _ in self._samples)
        if self._wrong is None and left:
            self._wrong = (self._taken, f"{left} stored packets are missing at the end")
        if self._wrong is None:
            return Check(name, True, float(self._taken), float(self._taken))
        at, why = self._wrong
        return Check(name, False, float(at), float(self._taken + left), int(at * frames_a_packet), why)


def _difference(packet: Any, stored: Sample | None) -> str:
    """ "" where the packet is the stored one, else what is wrong in words."""
    if stored is None:
        return "the file has packets that no segment has"
    content, begins, key = stored
    if bytes(packet) != content:
        return f"not the packet that segment {key[:12]} was stored with"
    return f"segment {key[:12]} does not begin with a key frame" if begins and not packet.is_keyframe else ""
