"""The moment a question names."""

from __future__ import annotations

import pytest

from generation.described import ShotDescription
from generation.describing.moments import asked_second, is_seen_at, without_place


@pytest.mark.parametrize(
    ("question", "second", "rest"),
    [
        ("what colour is the bag at 0:12?", 12.0, "what colour is the bag ?"),
        ("第12秒那个包是什么颜色", 12.0, "那个包是什么颜色"),
        ("1分05秒的时候手里拿的是什么", 65.0, "手里拿的是什么"),
        ("what is she holding at 7 seconds", 7.0, "what is she holding"),
        ("视频里她背的包", None, "她背的包"),
        ("what brand is the cup in this video", None, "what brand is the cup"),
        ("里面那个杯子是什么牌子", None, "里面那个杯子是什么牌子"),
        ("the 5s one, is it in stock", None, "the 5s one, is it in stock"),
        ("3个杯子是谁的", None, "3个杯子是谁的"),
        ("15秒的视频里穿的什么", None, "穿的什么"),
        ("在15秒的那个广告里她背的包", None, "在那个广告里她背的包"),
        ("第15秒的视频里穿的什么", 15.0, "穿的什么"),
        ("the 30 second video: what colour?", None, "the video: what colour?"),
        ("what is she wearing in the 30 seconds long clip", None, "what is she wearing"),
        ("the 30 second video: what is on at 0:12", 12.0, "the video: what is on"),
        ("at 30 seconds video shows what", 30.0, "video shows what"),
    ],
)
def test_a_question_may_name_a_second(question, second, rest):
    assert (asked_second(question), without_place(question)) == (second, rest)


def test_a_shot_is_seen_within_a_second_of_the_asked_one():
    shot = ShotDescription(300, 360)

    assert [is_seen_at(shot, second) for second in (8.9, 9.5, 12.9, 13.0)] == [False, True, True, False]
