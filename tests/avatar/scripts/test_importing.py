"""Scripts of human hosts."""

from __future__ import annotations

import pytest

from avatar.scripts.importing import read_lines
from core.errors import InputError


def test_plain_text_becomes_sentences():
    text = "1. 大家好！欢迎来到直播间。\n\n主播：今天39.9元，{point}点下方链接。\n- 第二件半价\n"

    assert read_lines(text.encode(), "host.txt") == (
        "大家好！",
        "欢迎来到直播间。",
        "今天39.9元，{point}点下方链接。",
        "第二件半价",
    )


def test_subtitles_run_on_until_a_sentence_ends():
    text = "1\n00:00:01,000 --> 00:00:02,000\n今天给大家\n\n2\n00:00:02,000 --> 00:00:04,000\n讲一款咖啡。\n"

    assert read_lines(text.encode("utf-8-sig"), "host.srt") == ("今天给大家，讲一款咖啡。",)


def test_old_encodings_are_read():
    assert read_lines("你好。".encode("gb18030"), "host.txt") == ("你好。",)
    assert read_lines("你好。".encode("utf-16"), "host.txt") == ("你好。",)


def test_a_run_without_full_stops_is_parted():
    lines = read_lines(("这一句没有句号，" * 60).encode(), "host.txt")

    assert len(lines) == 4
    assert all(len(line) <= 200 for line in lines)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "holds no sentence"),
        ("好。{dance}跳".encode(), "sentence 2: {dance} is no cue mark"),
        (b"a. " * 200_000, "larger than 512 kB"),
        (b"\x00\x01\x02\xff", "is no text"),
    ],
)
def test_what_cannot_be_read_is_named(payload: bytes, reason: str):
    with pytest.raises(InputError, match=reason):
        read_lines(payload, "host.txt")
