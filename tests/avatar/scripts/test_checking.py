"""What a host may not say."""

from __future__ import annotations

import pytest

from avatar.scripts.asides import bridges, notices
from avatar.scripts.checking import check_lines
from tests.avatar.scripts.facts import TODAY, brief


def test_a_line_that_breaks_the_law_is_named_with_its_word():
    told = brief("zh-CN")
    (problem,) = check_lines(["拧开就能喝。", "这是全国最好的咖啡。"], told.all_facts(), "zh-CN", "kuaishou", TODAY)

    assert (problem.line, problem.word) == (2, "最好")
    assert "say it without this word" in problem.sentence()


def test_a_price_no_fact_holds_is_named_with_the_way_out():
    told = brief("zh-CN")
    (problem,) = check_lines(["今天只要29.9元。"], told.all_facts(), "zh-CN", "kuaishou", TODAY)

    assert problem.word == "29.9元"
    assert problem.reason == "no approved fact holds '29.9元'; add it as a fact or take the number out"


@pytest.mark.parametrize(
    "text",
    [
        "选它有三个理由。",
        "第一，看瓶子；第二，看标签。",
        "先看第一点，再看第二点。",
        "这是第一句话，一共两句话。",
        "有三位朋友都在问。",
        "准备好了吗，三、二、一。",
    ],
)
def test_counting_ones_own_words_is_no_claim(text: str):
    assert check_lines([text], (), "zh-CN", "kuaishou", TODAY) == ()


@pytest.mark.parametrize(
    "text",
    ["Three good reasons, and here is number one: the beans.", "This is line 3.", "Three of you ask about it."],
)
def test_counting_ones_own_words_is_no_claim_in_english(text: str):
    assert check_lines([text], (), "en", "tiktok", TODAY) == ()


@pytest.mark.parametrize("text", ["销量全国第一。", "卖出三万瓶。", "三个月保质期。", "第一品牌。", "两瓶起拍。"])
def test_counting_the_product_still_is(text: str):
    assert check_lines([text], (), "zh-CN", "kuaishou", TODAY) != ()


@pytest.mark.parametrize("text", ["The number one coffee.", "Sold in three countries.", "Ready in two minutes."])
def test_counting_the_product_still_is_in_english(text: str):
    assert check_lines([text], (), "en", "tiktok", TODAY) != ()


def test_a_line_without_words_is_refused():
    (problem,) = check_lines(["……"], (), "zh-CN", "kuaishou", TODAY)

    assert problem.sentence() == "the line says nothing; write a sentence or take it out"


def test_bridges_and_notices_may_be_said_of_any_product():
    for language, platform in (("zh-CN", "kuaishou"), ("en", "tiktok")):
        lines = [*bridges(language), *notices(language, "Lin")]

        assert len(bridges(language)) >= 12
        assert len(set(lines)) == len(lines)
        assert check_lines(lines, (), language, platform, TODAY) == ()
    assert all("AI" in each or "人工智能" in each for each in notices("zh-CN", "小林"))
