"""Subtitles the way people really save them, and worse."""

from __future__ import annotations

import time

import pytest

from core.errors import InputError
from creative.references.subtitles import MAX_BYTES, Subtitle, read_subtitles, spread_over

PLAIN = "1\n00:00:00,000 --> 00:00:02,000\n一杯冷萃\n\n2\n00:00:02,500 --> 00:00:04,000\n十二小时\n"
LINES = (Subtitle(0.0, 2.0, "一杯冷萃"), Subtitle(2.5, 4.0, "十二小时"))


@pytest.mark.parametrize(
    "payload",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("gb18030"),
        PLAIN.replace(",", ".").encode(),
        PLAIN.replace("1\n00", "00").replace("\n2\n", "\n").encode(),
        PLAIN.replace("1\n00", "77\n00").replace("\n2\n", "\n-3\n").replace("-3\n", "77\n").encode(),
        PLAIN.replace("-->", "->").encode(),
        PLAIN.replace("\n\n2", "\n2").encode(),
        PLAIN.replace("一杯冷萃", "<i>{\\an8}一杯冷萃</i>").encode(),
        PLAIN.replace("00:00:02,500 --> 00:00:04,000", "0:0:2,500 --> 00:00:04,000 X1:10 Y1:20").encode(),
        ("WEBVTT\n\n" + PLAIN).encode(),
    ],
)
def test_the_same_lines_come_out_of_every_way_of_writing(payload: bytes):
    assert read_subtitles(payload, "ref.srt") == LINES


def test_two_text_lines_are_one_subtitle():
    payload = b"1\n00:00:01,000 --> 00:00:02,000\none\n  two\n"

    assert read_subtitles(payload, "a.srt") == (Subtitle(1.0, 2.0, "one two"),)


def test_a_number_that_is_said_is_no_counter():
    payload = b"1\n00:00:01,000 --> 00:00:02,000\nonly\n39\n\n2\n00:00:02,000 --> 00:00:03,000\nyuan\n"

    assert [line.text for line in read_subtitles(payload, "a.srt")] == ["only 39", "yuan"]


def test_lines_are_put_in_order_and_never_overlap():
    payload = (
        b"1\n00:00:03,000 --> 00:00:05,000\nlater\n\n2\n00:00:00,000 --> 00:00:04,000\nearlier\n\n"
        b"3\n00:00:03,010 --> 00:00:06,000\nbeside\n"
    )

    lines = read_subtitles(payload, "a.srt")
    assert [(line.start, line.end, line.text) for line in lines] == [(0.0, 3.0, "earlier"), (3.0, 6.0, "later beside")]


def test_empty_backward_and_endless_lines_are_passed_over():
    payload = (
        b"1\n00:00:03,000 --> 00:00:01,000\nback\n\n2\n00:00:04,000 --> 00:00:05,000\n<b></b>\n\n"
        b"3\n900:00:00,000 --> 901:00:00,000\nfar\n\n4\n00:00:06,000 --> 00:00:07,000\nkept\n"
    )

    assert [line.text for line in read_subtitles(payload, "a.srt")] == ["kept"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", "subtitles-empty"),
        (b"just text\nwithout times", "subtitles-empty"),
        (b"\xff\xff\xff\x00", "subtitles-encoding"),
        (b"x" * (MAX_BYTES + 1), "subtitles-too-large"),
        (
            b"".join(
                b"00:%02d:%02d,%03d --> 01:00:00,000\nx\n\n" % (n // 60000, n // 1000 % 60, n % 1000)
                for n in range(0, 300_000, 100)
            ),
            "subtitles-too-many",
        ),
    ],
)
def test_what_holds_no_subtitles_is_refused_by_name(payload: bytes, code: str):
    with pytest.raises(InputError) as caught:
        read_subtitles(payload, "广告.srt")

    assert (caught.value.thing, caught.value.code) == ("广告.srt", code)


@pytest.mark.parametrize(
    "payload",
    [
        b"<" * MAX_BYTES,
        b"00:00:01,000 --> " * (MAX_BYTES // 17),
        b"00:00:01,000 --> 00:00:02,000\n" + b"{\\" * 200_000,
        b"\n" * MAX_BYTES,
        b"00:00:01,000 --> 00:00:02,000 " + b" " * 400_000 + b"\nx",
    ],
)
def test_hostile_text_is_read_in_no_time(payload: bytes):
    began = time.process_time()
    try:
        read_subtitles(payload, "a.srt")
    except InputError:
        pass
    assert time.process_time() - began < 2.0


def test_one_subtitle_is_at_most_five_hundred_characters():
    payload = b"00:00:01,000 --> 00:00:02,000\n" + b"word " * 1000

    assert len(read_subtitles(payload, "a.srt")[0].text) <= 500


def test_a_script_without_times_is_laid_over_the_length_by_weight():
    lines = spread_over("It's 39.9 by three p.m. today. 一杯冷萃咖啡！\nLast", 10.0)

    assert [line.text for line in lines] == ["It's 39.9 by three p.m. today.", "一杯冷萃咖啡！", "Last"]
    assert (lines[0].start, lines[-1].end) == (0.0, 10.0)
    assert lines[0].end == lines[1].start
    assert lines[1].end - lines[1].start > lines[2].end - lines[2].start


def test_an_empty_script_has_no_lines():
    assert spread_over(" \n ", 10.0) == ()
