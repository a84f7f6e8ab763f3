"""What a host may not say."""

from __future__ import annotations

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
