"""Answers that are ready before they are asked for."""

from __future__ import annotations

import pytest

from avatar.scripts.canned import TOPICS, CannedAnswer, canned_answers
from avatar.scripts.checking import check_line
from core.contracts import Language
from tests.avatar.scripts.facts import TODAY, brief


def answers(language: Language, **changes: object) -> dict[str, CannedAnswer]:
    told = brief(language, **changes)
    return {each.topic: each for each in canned_answers(told.all_facts(), language, told.platform, TODAY)}


def test_typical_questions_are_answered_from_the_facts():
    found = answers("zh-CN")

    assert found["price"].text == "澄夜冷萃咖啡的价格是¥39.9，第二件半价，点下方链接就能看到。"
    assert found["shipping"].text == "下单后 48 小时内发货。"
    assert found["size"].text == "每瓶 280 毫升。"
    assert found["discount"].text == "现在的优惠是第二件半价，¥39.9，下单页面会直接算好。"
    assert found["price"].fact_ids == ("name", "price", "offer")
    assert found["price"].is_bound


def test_english_questions_too():
    found = answers("en")

    assert found["price"].text == "Chengye Cold Brew is $4.99, second bottle half price, and the link is right below."
    assert found["shipping"].text == "Ships within 48 hours."
    assert found["size"].text == "280 ml in every bottle."


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_topic_has_an_answer_that_may_be_said(language: Language):
    told = brief(language)
    found = answers(language)

    assert tuple(found) == TOPICS
    for answer in found.values():
        assert check_line(answer.text, told.all_facts(), language, told.platform, TODAY) == ()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_without_a_fact_the_viewer_is_sent_to_the_product_page(language: Language):
    found = answers(language, facts=[], price="none", offer="")

    for topic in ("price", "discount", "shipping", "size", "after_sales", "ingredients"):
        assert not found[topic].is_bound
        assert not any(character.isdigit() for character in found[topic].text)


def test_a_fact_that_ran_out_is_not_said():
    told = brief("zh-CN", facts=[{"id": "ship", "text": "48 小时内发货", "valid_until": "2026-11-23"}])
    later = TODAY.replace(day=24)
    found = {each.topic: each for each in canned_answers(told.all_facts(), "zh-CN", "kuaishou", later)}

    assert found["shipping"].text == "快递怎么走、多久能到，下单页面写得清楚，以那里为准。"


def test_the_link_is_pointed_at():
    assert [cue.value for cue in answers("zh-CN")["link"].cues] == ["point", "link"]


def test_it_says_what_it_is():
    assert "不是真人" in answers("zh-CN")["identity"].text
    assert "not a real person" in answers("en")["identity"].text
