"""RTMP's chunk stream (Adobe, "Real Time Messaging Protocol" 1.0, section 5): messages to bytes and back."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SET_CHUNK_SIZE, ABORT, ACKNOWLEDGE, USER_CONTROL, WINDOW_SIZE, PEER_BANDWIDTH = 1, 2, 3, 4, 5, 6
SOUND, PICTURE, METADATA, COMMAND = 8, 9, 18, 20
LONGEST_SHORT_TIME = 0xFFFFFF
"""From this time on (4 h 39 min) the 24 bits say "see the extended timestamp"."""

CHUNK_BYTES = 60_000
LONGEST_MESSAGE = 16 * 1024 * 1024


@dataclass(frozen=True)
class Message:
    """A whole message; `time` in ms modulo 2^32."""

    kind: int
    content: bytes
    time: int = 0
    stream: int = 0


def to_chunks(message: Message, channel: int, chunk_bytes: int = CHUNK_BYTES) -> bytes:
    """A full header first; every further chunk repeats the extended timestamp, as senders in the field do."""
    time = message.time & 0xFFFFFFFF
    short = min(time, LONGEST_SHORT_TIME)
    extended = struct.pack(">I", time) if short == LONGEST_SHORT_TIME else b""
    head = short.to_bytes(3, "big") + len(message.content).to_bytes(3, "big") + bytes([message.kind])
    pieces = [bytes([channel]) + head + struct.pack("<I", message.stream) + extended]
    for at in range(0, max(1, len(message.content)), chunk_bytes):
        if at:
            pieces.append(bytes([0xC0 | channel]) + extended)
        pieces.append(message.content[at : at + chunk_bytes])
    return b"".join(pieces)


@dataclass
class _Channel:
    time: int = 0
    delta: int = 0
    length: int = 0
    kind: int = 0
    stream: int = 0
    is_extended: bool = False
    content: bytearray = field(default_factory=bytearray)


class ChunkReader:
    """Puts messages together from whatever pieces the socket gives. ValueError for what is no RTMP."""

    def __init__(self) -> None:
        self._chunk_bytes = 128
        self._raw = bytearray()
        self._channels: dict[int, _Channel] = {}

    def feed(self, raw: bytes) -> list[Message]:
        """The messages that are whole now."""
        self._raw += raw
        whole: list[Message] = []
        while (used := self._take_chunk(whole)) is not None:
            del self._raw[:used]
        return whole

    def _take_chunk(self, whole: list[Message]) -> int | None:
        """Read one chunk; how many bytes it took, None while it is not all there."""
        raw = self._raw
        if not raw:
            return None
        form, number, at = raw[0] >> 6, raw[0] & 63, 1
        if number < 2:
            at += 1 + number
            if len(raw) < at:
                return None
            number = 64 + raw[1] + (raw[2] << 8 if number else 0)
        channel = self._channels.setdefault(number, _Channel())
        header = (11, 7, 3, 0)[form]
        if len(raw) < at + header:
            return None
        is_extended = raw[at : at + 3] == b"\xff\xff\xff" if form < 3 else channel.is_extended
        begins = at + header + (4 if is_extended else 0)
        length = int.from_bytes(raw[at + 3 : at + 6], "big") if form < 2 else channel.length
        if length > LONGEST_MESSAGE:
            raise ValueError("a message of more than 16 MiB")
        missing = length - len(channel.content)
        ends = begins + min(self._chunk_bytes, missing)
        if len(raw) < ends:
            return None
        self._note_header(channel, form, at, is_extended, length)
        channel.content += raw[begins:ends]
        if len(channel.content) == channel.length:
            self._complete(channel, whole)
        return ends

    def _note_header(self, channel: _Channel, form: int, at: int, is_extended: bool, length: int) -> None:
        raw, starts = self._raw, not channel.content
        if form < 3:
            extended_at = at + (11, 7, 3)[form]
            where, size = (extended_at, 4) if is_extended else (at, 3)
            time = int.from_bytes(raw[where : where + size], "big")
            channel.is_extended, channel.delta = is_extended, time if form else 0
            channel.time = channel.time + time if form else time
        elif starts:
            channel.time += channel.delta
        if form < 2:
            channel.length, channel.kind = length, raw[at + 6]
        if form == 0:
            channel.stream = int.from_bytes(raw[at + 7 : at + 11], "little")

    def _complete(self, channel: _Channel, whole: list[Message]) -> None:
        message = Message(channel.kind, bytes(channel.content), channel.time, channel.stream)
        channel.content.clear()
        if message.kind == SET_CHUNK_SIZE and len(message.content) >= 4:
            self._chunk_bytes = max(1, struct.unpack(">I", message.content[:4])[0] & 0x7FFFFFFF)
        whole.append(message)
