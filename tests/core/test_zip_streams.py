"""A zip made while it is sent: of the length announced, and read by others."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from core.zip_streams import BytesBody, ZipEntry, ZipStream

AT = dt.datetime(2026, 11, 22, 14, 6, 10)


def an_entry(name: str, content: bytes, spare: int = 0, sent: list[str] | None = None) -> ZipEntry:
    told = (lambda: sent.append(name)) if sent is not None else (lambda: None)
    return ZipEntry(name, len(content) + spare, lambda: BytesBody(content), told)


def written(stream: ZipStream) -> bytes:
    content = b"".join(stream)
    assert len(content) == stream.size
    return content


def test_the_files_come_back_as_they_went_in():
    stream = ZipStream([an_entry("澄夜-01.mp4", b"video" * 999), an_entry("empty.srt", b"")], AT)
    archive = zipfile.ZipFile(io.BytesIO(written(stream)))

    assert archive.testzip() is None
    assert {each.filename: archive.read(each) for each in archive.infolist()} == {
        "澄夜-01.mp4": b"video" * 999,
        "empty.srt": b"",
    }
    assert archive.infolist()[0].date_time == (2026, 11, 22, 14, 6, 10)


def test_an_entry_may_come_out_shorter_than_announced():
    entries = [an_entry("a", b"12345", spare=700), an_entry("b", b"678", spare=60_000)]
    archive = zipfile.ZipFile(io.BytesIO(written(ZipStream(entries, AT))))

    assert (archive.read("a"), archive.read("b"), archive.testzip()) == (b"12345", b"678", None)


def test_one_that_comes_out_longer_breaks_the_download_rather_than_lying():
    stream = ZipStream([ZipEntry("a", 3, lambda: BytesBody(b"1234"))], AT)

    with pytest.raises(ValueError, match="announced were up to 3"):
        list(stream)


def test_it_can_be_unpacked_while_it_arrives():
    """Sizes and checksum stand before each file, so no reader has to wait for the end."""
    content = written(ZipStream([an_entry("a.txt", b"hello")], AT))

    assert content[6:8] == (1 << 11).to_bytes(2, "little")
    assert int.from_bytes(content[18:22], "little") == 5
    assert content[30 : 30 + 5 + 4] == b"a.txt" + b"\x41\x4c\0\0"


def test_offsets_beyond_four_gigabytes_are_written_the_long_way():
    entries = [an_entry(f"{number}.bin", bytes([number]) * 500) for number in range(4)]
    archive = zipfile.ZipFile(io.BytesIO(written(ZipStream(entries, AT, large=700))))

    assert archive.testzip() is None
    assert [archive.read(f"{number}.bin")[0] for number in range(4)] == [0, 1, 2, 3]
    assert archive.infolist()[3].header_offset > 700


def test_each_file_is_told_of_when_it_is_out():
    sent: list[str] = []
    parts = iter(ZipStream([an_entry("a", b"1", sent=sent), an_entry("b", b"2", sent=sent)], AT))
    next(parts), next(parts)
    assert sent == []

    next(parts)
    assert sent == ["a"]


def test_a_file_of_four_gigabytes_is_refused_before_anything_is_sent():
    with pytest.raises(ValueError, match="too long"):
        ZipStream([ZipEntry("a", 1 << 32, lambda: BytesBody(b""))], AT)
