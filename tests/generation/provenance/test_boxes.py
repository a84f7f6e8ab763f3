"""The box reader, on files made by hand: it must not depend on any program that writes them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from generation.provenance.boxes import has_c2pa_box, read_metadata
from tests.support.mp4_boxes import top_level_boxes


def _box(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(payload), kind) + payload


def _keys(*names: bytes) -> bytes:
    entries = b"".join(struct.pack(">I4s", 8 + len(name), b"mdta") + name for name in names)
    return _box(b"keys", struct.pack(">II", 0, len(names)) + entries)


def _value(index: int, value: bytes) -> bytes:
    return _box(struct.pack(">I", index), _box(b"data", struct.pack(">II", 1, 0) + value))


def _meta(*, is_quicktime: bool, keys: bytes, items: bytes) -> bytes:
    handler = _box(b"hdlr", bytes(8) + b"mdta" + bytes(13))
    return _box(b"meta", (b"" if is_quicktime else bytes(4)) + handler + keys + _box(b"ilst", items))


@pytest.mark.parametrize("is_quicktime", [True, False])
def test_keys_and_values_are_read_from_both_dialects(tmp_path: Path, is_quicktime: bool) -> None:
    meta = _meta(is_quicktime=is_quicktime, keys=_keys(b"AIGC", b"title"), items=_value(1, b"{}") + _value(2, b"x"))
    path = tmp_path / "a.mp4"
    path.write_bytes(_box(b"ftyp", b"isom") + _box(b"moov", _box(b"udta", meta)))

    assert [(entry.at, entry.key, entry.value) for entry in read_metadata(path)] == [
        ("moov.udta.meta", "AIGC", b"{}"),
        ("moov.udta.meta", "title", b"x"),
    ]


def test_a_key_is_found_wherever_it_hides_and_every_time(tmp_path: Path) -> None:
    meta = _meta(is_quicktime=False, keys=_keys(b"AIGC"), items=_value(1, b"1") + _value(1, b"2"))
    path = tmp_path / "a.mp4"
    path.write_bytes(_box(b"moov", meta + _box(b"trak", _box(b"udta", meta))))

    assert [(entry.at, entry.text) for entry in read_metadata(path)] == [
        ("moov.meta", "1"),
        ("moov.meta", "2"),
        ("moov.trak.udta.meta", "1"),
        ("moov.trak.udta.meta", "2"),
    ]


def test_large_and_open_ended_boxes_are_walked(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    large = struct.pack(">I4sQ", 1, b"free", 20) + b"four"
    path.write_bytes(large + struct.pack(">I4s", 0, b"mdat") + bytes(100))

    assert [(box.kind, box.end - box.payload) for box in top_level_boxes(path)] == [("free", 4), ("mdat", 100)]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\0", struct.pack(">I4s", 4, b"moov"), struct.pack(">I4s", 9999, b"moov"), bytes(64), b"\xff" * 64],
)
def test_nonsense_ends_the_walk_quietly(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)

    assert read_metadata(path) == ()
    assert has_c2pa_box(path) is False


def test_a_key_table_that_lies_about_its_sizes_is_survived(tmp_path: Path) -> None:
    keys = _box(b"keys", struct.pack(">II", 0, 5) + struct.pack(">I4s", 3, b"mdta") + b"AIGC")
    path = tmp_path / "a.mp4"
    path.write_bytes(_box(b"moov", _meta(is_quicktime=False, keys=keys, items=_value(7, b"x"))))

    assert [entry.value for entry in read_metadata(path)] == [b"x"]
