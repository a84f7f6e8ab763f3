"""Bilibili: comments of a room through the platform's open live interface, over a socket of packets.

After its developer pages "直播间长连和消息" (the list of them at s.apifox.cn/apidoc/docs-site/1106400/doc-7499813, read
2026-11-23) and public clients of the same interface (blivedm's open_live). A packet is 16 bytes of head (whole
length, head length 16, version, operation, sequence; big-endian) and a body; version 2 is zlib over more packets.
Start and heartbeat of the session are HTTP calls signed by HMAC-SHA256 over six headers. Unconfirmed: nothing of the
packet's form; of the comment's fields those beside uname, open_id, msg, msg_id and timestamp.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from avatar.comments.contracts import Heard
from avatar.comments.feeds.fields import LONGEST_NAME, LONGEST_TEXT, mapping, seconds, word
from core.errors import InputError

HEARTBEAT, HEARTBEAT_REPLY, MESSAGE, AUTH, AUTH_REPLY = 2, 3, 5, 7, 8
PLAIN, ZIPPED = (0, 1), 2
COMMENT = "LIVE_OPEN_PLATFORM_DM"
HEARTBEAT_SECONDS, SESSION_HEARTBEAT_SECONDS = 30.0, 20.0
LARGEST_UNZIPPED = 4 * 1024 * 1024
_HEAD = struct.Struct(">IHHII")


@dataclass(frozen=True)
class Packet:
    operation: int
    body: bytes


def packet(operation: int, body: bytes = b"", sequence: int = 1) -> bytes:
    """One packet to send: AUTH with the session's auth_body, HEARTBEAT every 30 s."""
    return _HEAD.pack(_HEAD.size + len(body), _HEAD.size, 1, operation, sequence) + body


def packets(received: bytes) -> Iterator[Packet]:
    """The packets of one socket message, unzipped; InputError where it is cut short or zips to more than 4 MiB."""
    at = 0
    while at < len(received):
        if len(received) - at < _HEAD.size:
            raise InputError("packet", "is cut short", "bad_packet")
        length, head, version, operation, _ = _HEAD.unpack_from(received, at)
        if not head <= length <= len(received) - at or head < _HEAD.size:
            raise InputError("packet", "has a length that cannot be", "bad_packet")
        body = received[at + head : at + length]
        at += length
        if version == ZIPPED:
            yield from packets(_unzipped(body))
        else:
            yield Packet(operation, body)


def read_message(received: bytes) -> tuple[Heard, ...]:
    """The comments in one socket message."""
    found = (_comment(each.body) for each in packets(received) if each.operation == MESSAGE)
    return tuple(each for each in found if each is not None)


def signed_headers(key: str, secret: str, body: bytes, nonce: str, timestamp: int) -> dict[str, str]:
    """Headers of the calls that start, keep and end a session."""
    headers = {
        "x-bili-accesskeyid": key,
        "x-bili-content-md5": hashlib.md5(body).hexdigest(),
        "x-bili-signature-method": "HMAC-SHA256",
        "x-bili-signature-nonce": nonce,
        "x-bili-signature-version": "1.0",
        "x-bili-timestamp": str(timestamp),
    }
    text = "\n".join(f"{name}:{value}" for name, value in sorted(headers.items()))
    return {**headers, "Authorization": hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()}


def _comment(body: bytes) -> Heard | None:
    try:
        message: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    fields: Mapping[str, Any] = mapping(mapping(message).get("data"))
    text = word(fields, "msg", longest=LONGEST_TEXT)
    if mapping(message).get("cmd") != COMMENT or not text:
        return None
    name = word(fields, "uname", longest=LONGEST_NAME)
    return Heard(
        word(fields, "open_id", "uid") or name, name, text, word(fields, "msg_id"), seconds(fields, "timestamp")
    )


def _unzipped(body: bytes) -> bytes:
    machine = zlib.decompressobj()
    try:
        made = machine.decompress(body, LARGEST_UNZIPPED)
    except zlib.error as error:
        raise InputError("packet", "does not unzip", "bad_packet") from error
    if machine.unconsumed_tail:
        raise InputError("packet", "unzips to more than 4 MiB", "bad_packet")
    return made
