"""Visitors who decline, are under age, take a contact back or only nod."""

from __future__ import annotations

import dataclasses

import pytest

from agentbot.guarding import Grounds, guarded
from agentbot.guards import nothing_left
from agentbot.merging import Line
from tests.agentbot.talking import CARS, MOTORS, NOON, Talk, asks, text_of

GOODBYES_ZH = ("不打扰您", "慢慢考虑", "不多说了", "听您的")
GOODBYES_EN = ("won't keep you", "take your time", "leave it there", "know where to find me")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "text", ["不买了", "下次再说", "没兴趣了，谢谢", "我买了别家的了", "我再想想", "太贵了，算了", "别问了"]
)
def test_who_declines_gets_a_plain_goodbye_and_nothing_else(text: str, seed: int):
    talk = Talk(seed=seed)
    talk.say("你好")
    talk.say("X3多少钱?")

    result = talk.say(text)

    assert not asks(result)
    assert len(result.parts) == 1
    assert any(words in text_of(result) for words in GOODBYES_ZH)
    assert "？" not in text_of(result)


@pytest.mark.parametrize("text", ["too expensive, forget it", "I'm not interested anymore, thanks", "not buying"])
def test_the_same_goodbye_in_english(text: str):
    talk = Talk(MOTORS)
    talk.say("How much is the R3?")

    result = talk.say(text)

    assert not asks(result)
    assert any(words in text_of(result) for words in GOODBYES_EN)
    assert "?" not in text_of(result)


def test_a_question_beside_the_no_is_answered_first():
    talk = Talk()
    talk.say("你好")

    said = text_of(talk.say("不买了，就问一下你们几点开门?"))

    assert "9:00" in said
    assert any(words in said for words in GOODBYES_ZH)


def test_the_turn_after_a_no_does_not_ask_either():
    for seed in range(8):
        talk = Talk(seed=seed)
        talk.say("你好")
        talk.say("不买了")
        assert not asks(talk.say("续航多少?"))


def test_a_visitor_under_age_is_answered_sent_to_a_parent_and_never_asked():
    for seed in range(6):
        talk = Talk(seed=seed)
        talk.say("你好")

        first = talk.say("我16岁，能试驾吗")
        second = talk.say("电话13800138000，打给我")

        assert "120" not in text_of(first)
        assert "提前一天" in text_of(first)
        assert "家长" in text_of(first)
        assert not asks(first)
        assert not asks(second)
        assert second.pre_pass.contacts == ()


def test_a_visitor_under_age_in_english():
    result = Talk(MOTORS).say("I'm 16, can I book a test drive?")

    assert "parent" in text_of(result)
    assert "emergency" not in text_of(result)


def test_a_contact_taken_back_is_confirmed_as_dropped():
    talk = Talk()
    talk.say("想看看X3")
    talk.say("13888880001")

    result = talk.say("发错了，别打这个")

    assert result.pre_pass.withdraws == ("+8613888880001",)
    assert "不" in text_of(result)
    assert not asks(result)


def test_noted_is_said_only_of_what_was_noted():
    for seed in range(10):
        talk = Talk(seed=seed)
        talk.say("你好")
        assert not any(words in text_of(talk.say("啦啦啦啦啦啦啦啦啦")) for words in ("记下", "记住"))


def test_a_line_that_cannot_stand_leaves_nothing_behind_beside_a_full_answer():
    grounds = Grounds(CARS, ("shop",), NOON.date())
    full, wrong = Line("试驾需要提前一天预约,带驾驶证即可。", "expert"), Line("保证全网最好。", "expert")

    lines, findings = guarded([full, wrong], grounds)
    alone, _ = guarded([wrong], grounds)

    assert findings
    assert lines == [full]
    assert alone == [dataclasses.replace(wrong, text=nothing_left("zh-CN"))]


def test_no_ask_stands_beside_a_private_worry_or_early_on_right_after_it():
    for seed in range(8):
        talk = Talk(seed=seed)
        assert not asks(talk.say("我征信不好,能贷吗?"))
        assert not asks(talk.say("哦,续航多少?"))
        assert not asks(talk.say("我逾期过两次,有影响吗?"))
