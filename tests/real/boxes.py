"""A reader of MP4 metadata keys that shares no code with the product."""

from __future__ import annotations

import struct
from pathlib import Path


def values_of_key(path: Path, key: str) -> list[str]:
    """Every value of `key` in moov.udta.meta or moov.meta, as text."""
    body = path.read_bytes()
    values: list[str] = []
    for meta in _find(body, 0, len(body), ("moov",)):
        for holder in (("udta", "meta"), ("meta",)):
            for start, end in _find(body, *meta, holder):
                values += _values(body, start, end, key)
    return values


def _children(body: bytes, start: int, end: int) -> list[tuple[str, int, int]]:
    found = []
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", body, start)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", body, start + 8)[0], 16
        size = size or end - start
        found.append((kind.decode("latin-1"), start + head, start + size))
        start += size
    return found


def _find(body: bytes, start: int, end: int, path: tuple[str, ...]) -> list[tuple[int, int]]:
    spans = [(start, end)]
    for name in path:
        spans = [(a, b) for s, e in spans for kind, a, b in _children(body, s, e) if kind == name]
    return spans


def _values(body: bytes, start: int, end: int, key: str) -> list[str]:
    # `meta` is a full box: four bytes of version and flags come before its children.
    inner = {kind: (a, b) for kind, a, b in _children(body, start + 4, end)}
    if "keys" not in inner or "ilst" not in inner:
        return []
    names, at = [], inner["keys"][0] + 8
    while at < inner["keys"][1]:
        size = struct.unpack_from(">I", body, at)[0]
        names.append(body[at + 8 : at + size].decode("utf-8"))
        at += size
    values = []
    for kind, a, b in _children(body, *inner["ilst"]):
        index = struct.unpack(">I", kind.encode("latin-1"))[0] - 1
        if names[index] == key:
            values += [body[s + 8 : e].decode("utf-8") for name, s, e in _children(body, a, b) if name == "data"]
    return values
