"""What a comment is, and what may stand under it."""

from __future__ import annotations

import datetime as dt

import pytest

from agentbot import pre_pass
from agentbot.comments.classifying import classify
from agentbot.comments.replying import is_fit_for_public, plan_comment
from agentbot.contracts import QUOTED, Article, Knowledge, PriceFact, Said

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
SHOP = Knowledge(
    advertiser="tea",
    name="城南汽车",
    language="zh-CN",
    vertical="car",
    articles=(
        Article("a1", "试驾", "试驾需要带驾驶证。店里周末也可以试驾。"),
        Article("a2", "电话", "门店电话 13800138000，欢迎来电。"),
        Article("a3", "质保", "整车质保三年或十万公里。"),
    ),
    prices=(PriceFact("p1", "星河 SUV", 12980000, "CNY"),),
)


def said(text: str) -> Said:
    return Said("m1", "visitor", text, NOW)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("这车多少钱", "intent"),
        ("想试驾，怎么约", "intent"),
        ("我电话 13800138000，联系我", "intent"),
        ("How much is it?", "intent"),
        ("dm me please", "intent"),
        ("后排能放下婴儿车吗", "question"),
        ("能贷款吗 征信不好", "question"),
        ("Does it come in blue?", "question"),
        ("你们店骗人，我要投诉", "complaint"),
        ("This is a scam, I want a refund", "complaint"),
        ("转人工", "complaint"),
        ("加我领福利，日赚三百", "spam"),
        ("互粉互粉", "spam"),
        ("make money fast at www.example.com", "spam"),
        ("哈哈哈哈哈哈哈哈哈哈哈哈哈", "spam"),
        ("真好看", "talk"),
        ("Nice video", "talk"),
        ("别再给我推送了", "talk"),
    ],
)
def test_comments_are_told_apart(text: str, kind: str):
    assert classify(text, pre_pass.read((said(text),))) == kind


@pytest.mark.parametrize("text", ["你们骗人，我要投诉", "加我领福利", "真好看"])
def test_complaints_spam_and_talk_get_no_public_answer(text: str):
    assert plan_comment(said(text), "t1", SHOP, NOW).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "这车多少钱？",
        "星河 SUV 的价格？",
        "质保多久？",
        "门店电话是多少？",
        "你好，怎么预约试驾",
        "我的电话 13900139000",
    ],
)
@pytest.mark.parametrize("thread", ["t1", "t2", "t3", "t4"])
def test_a_public_answer_holds_no_figure_no_contact_and_no_ask(text: str, thread: str):
    plan = plan_comment(said(text), thread, SHOP, NOW)
    assert plan.text.endswith("（AI 助手回复）")
    assert "私信" in plan.text
    assert is_fit_for_public(plan.text, "zh-CN")
    assert not any(character.isdigit() for character in plan.text)


def test_a_question_with_an_approved_answer_is_quoted():
    plan = plan_comment(said("店里周末能去吗？"), "t1", SHOP, NOW)
    assert plan.text == "店里周末也可以试驾。更多细节，欢迎私信我们。（AI 助手回复）"
    assert plan.degraded == (QUOTED,)


def test_words_in_another_language_than_the_comments_are_not_quoted():
    plan = plan_comment(said("Is it open at the weekend?"), "t1", SHOP, NOW)
    assert (plan.text, plan.degraded) == (
        "Thanks for asking! Message us directly and we'll explain it properly. (AI assistant)",
        (),
    )


def test_a_sensitive_worry_is_not_talked_about_in_public():
    plan = plan_comment(said("征信不好能贷款吗"), "t1", SHOP, NOW)
    assert plan.kind == "question"
    assert "征信" not in plan.text


def test_the_same_comment_gives_the_same_words_and_posts_differ():
    first = [plan_comment(said("怎么买"), f"t{number}", SHOP, NOW).text for number in range(40)]
    again = [plan_comment(said("怎么买"), f"t{number}", SHOP, NOW).text for number in range(40)]
    assert first == again
    assert len(set(first)) == 3


@pytest.mark.parametrize(
    "text", ["只要 9.9 万", "打八折", "电话 13800138000", "方便留个电话吗？", "看 https://x.cn", "三年质保", "50% off"]
)
def test_what_is_not_fit_for_the_public(text: str):
    assert not is_fit_for_public(text, "zh-CN")
