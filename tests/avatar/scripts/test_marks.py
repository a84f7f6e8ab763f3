"""Cue marks in a script."""

from __future__ import annotations

import pytest

from avatar.contracts import Cue
from avatar.scripts.marks import as_line, format_marks, parse_marks, suggest_cues, suggest_emotion
from core.errors import InputError


def test_marks_leave_the_text_and_keep_their_place():
    marked = parse_marks("想要的朋友，{point}{overlay:link}点下方链接。")

    assert marked.text == "想要的朋友，点下方链接。"
    assert marked.cues == (Cue("gesture", "point", 6), Cue("overlay", "link", 6))
    assert marked.emotion == "warm"


def test_the_mood_in_front_is_that_of_the_sentence_one_inside_begins_there():
    assert parse_marks("{emotion:delight}欢迎大家").emotion == "delight"
    assert parse_marks("{emotion:delight}欢迎大家").cues == ()
    assert parse_marks("欢迎{emotion:calm}大家").cues == (Cue("emotion", "calm", 2),)


def test_fingers_are_counted_to_five():
    assert parse_marks("{count:3}三个理由").cues == (Cue("gesture", "count:3", 0),)
    for wrong in ("{count:6}", "{count}", "{count:x}"):
        with pytest.raises(InputError, match="is no cue mark"):
            parse_marks(wrong + "理由")


@pytest.mark.parametrize("wrong", ["{dance}", "{overlay:moon}", "{emotion:angry}", "{}", "{point"])
def test_a_mark_that_is_none_is_named_with_those_that_are(wrong: str):
    with pytest.raises(InputError, match=r"hold_up.*overlay:product"):
        parse_marks(f"看这里{wrong}好")


@pytest.mark.parametrize(
    "written",
    [
        "{emotion:delight}{welcome}欢迎大家，今天讲{hold_up}{overlay:product}这瓶咖啡。",
        "There are {count:3}three reasons, {point}tap the link.",
        "没有标记。",
    ],
)
def test_what_is_written_out_reads_back_the_same(written: str):
    marked = parse_marks(written)

    assert format_marks(marked.text, marked.cues, marked.emotion) == written


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("点击下方链接，带一瓶去上班。", [("gesture", "point"), ("overlay", "link")]),
        ("今天只要¥39.9，第二件半价。", [("overlay", "price"), ("overlay", "coupon")]),
        ("欢迎刚进来的朋友。", [("gesture", "welcome")]),
        ("选它有三个理由。", [("gesture", "count:3")]),
        ("第二，配料干净。", [("gesture", "count:2")]),
        ("第二件半价。", [("overlay", "coupon")]),
        ("今天天气不错。", []),
    ],
)
def test_cues_are_suggested_by_the_words(text: str, cues: list[tuple[str, str]]):
    assert [(cue.kind, cue.value) for cue in suggest_cues(text, "zh-CN")] == cues


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Tap the link below.", [("gesture", "point"), ("overlay", "link")]),
        ("Welcome in, it's only $4.99.", [("gesture", "welcome"), ("overlay", "price")]),
        ("There are two reasons.", [("gesture", "count:2")]),
    ],
)
def test_english_words_suggest_cues_too(text: str, cues: list[tuple[str, str]]):
    assert [(cue.kind, cue.value) for cue in suggest_cues(text, "en")] == cues


def test_a_suggested_cue_stands_at_its_word():
    (point, link) = suggest_cues("想要的朋友，点下方链接。", "zh-CN")

    assert (point.character, link.character) == (7, 7)


def test_what_the_writer_marked_is_not_suggested_again():
    line = as_line(3, "{wave}点下方链接，{overlay:price}只要39.9元。", "zh-CN")

    assert (line.place, line.text) == (3, "点下方链接，只要39.9元。")
    assert [(cue.kind, cue.value) for cue in line.cues] == [
        ("gesture", "wave"),
        ("overlay", "link"),
        ("overlay", "price"),
    ]


def test_moods_follow_the_words():
    assert suggest_emotion("欢迎大家来到直播间", "zh-CN") == "delight"
    assert suggest_emotion("提醒一下，我是人工智能", "zh-CN") == "calm"
    assert suggest_emotion("拧开就能喝", "zh-CN") == "warm"
