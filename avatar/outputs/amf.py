"""AMF0, as far as RTMP commands need it (Adobe, "Action Message Format - AMF 0")."""

from __future__ import annotations

import struct
from typing import Any

NUMBER, BOOLEAN, STRING, OBJECT, NULL, UNDEFINED, ECMA_ARRAY, OBJECT_END, STRICT_ARRAY, LONG_STRING = (
    0,
    1,
    2,
    3,
    5,
    6,
    8,
    9,
    10,
    12,
)


class Array(dict[str, Any]):
    """A mapping that is written as an ECMA array: metadata is."""


def encode(*values: Any) -> bytes:
    """The values one after the other."""
    return b"".join(_encode(value) for value in values)


def _encode(value: Any) -> bytes:
    if value is None:
        return bytes([NULL])
    if isinstance(value, bool):
        return bytes([BOOLEAN, value])
    if isinstance(value, int | float):
        return bytes([NUMBER]) + struct.pack(">d", value)
    if isinstance(value, str):
        return bytes([STRING]) + _name(value)
    pairs = b"".join(_name(name) + _encode(each) for name, each in value.items()) + b"\0\0" + bytes([OBJECT_END])
    if isinstance(value, Array):
        return bytes([ECMA_ARRAY]) + struct.pack(">I", len(value)) + pairs
    return bytes([OBJECT]) + pairs


def _name(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">H", len(raw)) + raw


def decode(raw: bytes) -> list[Any]:
    """The values in `raw`; ValueError when it is no AMF0."""
    values, at = [], 0
    try:
        while at < len(raw):
            value, at = _decode(raw, at)
            values.append(value)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"not AMF0: {error}") from error
    return values


def _decode(raw: bytes, at: int) -> tuple[Any, int]:
    kind, at = raw[at], at + 1
    if kind == NUMBER:
        return struct.unpack_from(">d", raw, at)[0], at + 8
    if kind == BOOLEAN:
        return bool(raw[at]), at + 1
    if kind == STRING:
        return _read_name(raw, at)
    if kind == LONG_STRING:
        length = struct.unpack_from(">I", raw, at)[0]
        return raw[at + 4 : at + 4 + length].decode(), at + 4 + length
    if kind in (NULL, UNDEFINED):
        return None, at
    if kind in (OBJECT, ECMA_ARRAY):
        return _read_pairs(raw, at + 4 if kind == ECMA_ARRAY else at)
    if kind == STRICT_ARRAY:
        return _read_row(raw, at)
    raise ValueError(f"AMF0 type {kind} is not read")


def _read_name(raw: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from(">H", raw, at)[0]
    return raw[at + 2 : at + 2 + length].decode(), at + 2 + length


def _read_pairs(raw: bytes, at: int) -> tuple[dict[str, Any], int]:
    pairs: dict[str, Any] = {}
    while True:
        name, at = _read_name(raw, at)
        if not name and raw[at] == OBJECT_END:
            return pairs, at + 1
        pairs[name], at = _decode(raw, at)


def _read_row(raw: bytes, at: int) -> tuple[list[Any], int]:
    count, at = struct.unpack_from(">I", raw, at)[0], at + 4
    row = []
    for _ in range(count):
        value, at = _decode(raw, at)
        row.append(value)
    return row, at
