"""How a visitor is met: openings, things merely mentioned, lists, repetitions, and asks that fit the moment."""

from __future__ import annotations

import re

import pytest

from agentbot.agents.lead_capture import rules_lead
from agentbot.agents.needs import read_needs
from agentbot.contracts import Article, Knowledge, PrePass, PriceFact
from agentbot.language import hard_cut, shorten
from agentbot.packs import load_pack
from agentbot.speaking import Voice
from tests.agentbot.arbiter.test_mask import TURN
from tests.agentbot.talking import CARS, MOTORS, NOON, Said, Talk, asks, text_of

HOME = Knowledge(
    "home", "净舍到家", "zh-CN", "home_services",
    (
        Article("daily", "日常保洁", "日常保洁两小时起，保洁员自带工具和清洁剂。"),
        Article("time", "时间", "每天 8:00 到 20:00 可以上门，改期要提前四小时。"),
    ),
    (
        PriceFact("p1", "日常保洁", 6800, "CNY", "小时"),
        PriceFact("p2", "油烟机清洗", 19800, "CNY", "台"),
        PriceFact("p3", "空调清洗", 12800, "CNY", "台"),
    ),
    "1",
)  # fmt: skip
DENTAL = Knowledge(
    "dental", "安和口腔", "zh-CN", "clinic", (),
    (
        PriceFact("p1", "超声波洗牙", 19800, "CNY", "次"),
        PriceFact("p2", "种植牙", 698000, "CNY", "颗"),
        PriceFact("p3", "隐形矫正", 2380000, "CNY", "疗程"),
    ),
    "1",
)  # fmt: skip


def said(knowledge: Knowledge, *turns: str) -> str:
    """What the last turn gets for an answer."""
    talk = Talk(knowledge)
    return [text_of(talk.say(text)) for text in turns][-1]


@pytest.mark.parametrize("asked", ["你们有什么车？", "有哪些车型", "都有什么车可以选？"])
def test_what_there_is_is_told_from_the_price_list(asked):
    assert "星途 X3 标准版" in said(CARS, asked)


def test_what_there_is_is_told_in_english_too():
    assert "R3 Standard" in said(MOTORS, "What cars do you have?")


def test_what_to_bring_is_answered_where_it_is_written():
    assert "带驾驶证即可" in said(CARS, "试驾需要什么资料？")


def test_a_thing_that_is_merely_mentioned_is_taken_up():
    assert "198 元/台" in said(HOME, "家里油烟机该洗了")
    assert "日常保洁" in said(HOME, "搬新家，想请人打扫一下")


def test_another_model_than_ours_is_not_taken_for_it():
    assert "520" not in said(CARS, "我想买星途 X9")


def test_who_comes_in_with_a_wish_hears_what_there_is_and_is_asked_for_neither_budget_nor_day():
    first = said(HOME, "想找人收拾一下屋子")

    assert "日常保洁" in first
    assert not re.search(r"预算|哪天|什么时候|几室|多少平", first)


def test_a_plain_question_gets_no_word_of_comfort_and_a_worry_does():
    pack = load_pack("car", "zh-CN")
    lines = [line for concern in pack.concerns if concern.id == "range_anxiety" for line in concern.empathy]

    assert not any(line in said(CARS, "标准续航多少公里？") for line in lines)
    assert any(line in said(CARS, "担心续航不够，跑长途怎么办") for line in lines)


def test_of_a_sentence_said_before_only_the_part_that_is_asked_for_comes_again():
    assert said(HOME, "几点可以上门？", "能改期吗").startswith("改期要提前四小时。")


def test_names_of_the_list_carry_a_gloss_for_visitors_of_the_other_language():
    assert "种植牙 (dental implant) it's ¥6,980 per tooth" in said(DENTAL, "Hi, how much is an implant?")
    assert "R3 Standard（标准版）" in said(MOTORS, "R3多少钱？")


def test_no_price_is_ever_cut_in_two():
    whole = "Our current prices: 超声波洗牙: ¥198; 种植牙: ¥6,980; 隐形矫正: ¥23,800 per course of treatment"
    for limit in range(12, 60):
        cut = shorten(whole, limit) + hard_cut(whole, limit)
        assert set(re.findall(r"[\d,]*\d", cut)) <= {"198", "6,980", "23,800"}
    assert "23" not in said(DENTAL, "What are your prices?").replace("23,800", "")


def test_after_a_no_only_who_wants_to_book_is_asked_again_and_given_the_choice():
    def ways(text: str, refusals: int) -> set[str]:
        turn = type(TURN)(**{**TURN.__dict__, "messages": (Said("m", "visitor", text, NOON),), "refusals": refusals})
        voice = Voice.of(turn, PrePass())
        return set(rules_lead(turn, PrePass(), voice.pack, voice.wording).asks)

    assert "ask_then_answer" in ways("怎么预约试驾？", 0)
    assert "ask_then_answer" not in ways("你们几点开门？", 0)
    assert ways("怎么预约试驾？", 1) == {"soft_choice"}
    assert ways("你们门店在哪？", 1) == set()


def test_who_wants_to_book_is_asked_for_the_sake_of_the_booking():
    turn = type(TURN)(**{**TURN.__dict__, "messages": (Said("m", "visitor", "怎么预约试驾？", NOON),)})
    voice = Voice.of(turn, PrePass())

    asked = rules_lead(turn, PrePass(), voice.pack, voice.wording).asks
    assert all("把时间跟您定下来" in text for text in asked.values())


def test_a_refusal_in_passing_is_no_question():
    talk = Talk(CARS)
    talk.say("X3 标准版多少钱？")

    result = talk.say("先不留电话了，我再看看")
    assert not asks(result)
    assert "预审" not in text_of(result)


@pytest.mark.parametrize("text", ["能学吗", "会不会伤到", "要紧吗", "跟得上吗"])
def test_a_question_that_only_asks_about_what_was_just_told_is_none_of_its_own(text):
    pack = load_pack("education", "zh-CN")
    message = Said("m", "visitor", f"孩子坐不住，{text}", NOON)

    assert len(read_needs((message,), pack)) == 1


def test_who_only_asks_whether_it_is_a_person_is_told_and_kept():
    result = Talk(MOTORS).say("Am I talking to a real person?")

    assert result.handoff_reason == ""
    assert "AI assistant" in text_of(result)


def test_what_was_asked_comes_again_rather_than_something_near_it():
    loans = Knowledge(
        "loans", "恒信助贷", "zh-CN", "finance",
        (
            Article("papers", "资料", "申请要身份证、收入证明和近半年的流水，资料只用于本次申请。"),
            Article("time", "时间", "资料齐全后一般三到五个工作日出结果。"),
        ),
        version="1",
    )  # fmt: skip
    assert "身份证" in said(loans, "怎么申请", "要准备什么资料？")
