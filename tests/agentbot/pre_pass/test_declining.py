"""A no to the purchase, told from worries and other wishes."""

from __future__ import annotations

import pytest

from agentbot.pre_pass import read
from agentbot.pre_pass.declining import declines
from agentbot.pre_pass.shapes import plain
from tests.agentbot.pre_pass.test_reading import said

NOES = (
    "不买了",
    "下次再说",
    "没兴趣了",
    "我买了别家的了",
    "不考虑了，谢谢",
    "我再想想",
    "太贵了，算了",
    "算了不买了",
    "too expensive, forget it",
    "I'm not interested anymore, thanks",
    "I don't want to buy anymore",
    "ok, no thanks, not buying",
    "别问了",
    "没兴趣了，谢谢",
    "算了",
    "不需要了，我已经买了别的车",
    "不用了",
    "no thanks",
    "ok, no thanks",
    "Never mind, I'm not interested",
    "I changed my mind, not buying",
    "不想买了",
    "太贵了不买了",
    "算了不买了，太贵了",
    "我考虑一下",
    "我再考虑考虑",
    "已经在别家买了",
    "I'll think about it",
    "maybe another time",
    "I already bought one elsewhere",
    "还是算了吧",
    "那算了",
    "先不买了",
    "别再问了",
    "回去商量商量再说",
    "改天再说吧",
    "不感兴趣",
    "暂时不考虑",
    "I'll pass",
    "I bought one elsewhere",
    "太贵了买不起",
    "我不买了，谢谢",
    "不要了，谢谢",
    "let me think about it",
    "不买",
    "我不想买了",
)
OTHERS = (
    "多少钱",
    "不然我不买了",
    "能便宜点吗，不然不买了",
    "太贵了",
    "别给我打电话",
    "不想留电话",
    "对SUV没兴趣，想看轿车",
    "不买保险可以吗",
    "不买了能退定金吗",
    "买不买都可以看吗",
    "算了，说说X5吧",
    "我想看看",
    "能再考虑降点价吗",
    "not interested in the red one, what about blue?",
    "don't want to give my number",
    "I don't need a loan, cash is fine",
    "what if I change my mind?",
    "我再看看别的车有吗",
    "今天去不了，周日去",
    "有兴趣",
    "还没买过车",
    "没买过车，能介绍一下吗",
    "我想买",
    "I want to buy it",
    "do I need to buy insurance?",
    "下次保养什么时候",
    "如果不买了定金退吗",
    "号码不要了",
    "这个微信不用了",
    "怕买了后悔",
    "不用担心",
    "我考虑买X3",
    "考虑分期",
    "我想要白色的，不要黑色",
    "I need to think about financing options",
    "do you want to buy my old car?",
    "还有别的车吗",
    "is it too expensive to insure?",
    "不考虑二手的，有新车吗",
    "I bought one here before, love it",
    "我之前在你们家买了车，想再看看",
    "下次再说的话价格会变吗",
    "您别问我预算了吧，先告诉我价格",
    "暂时不需要贷款，全款有优惠吗",
    "我再想想预算，质保多久",
)


@pytest.mark.parametrize("text", NOES)
def test_a_no_to_the_purchase_is_one(text: str):
    assert declines(plain(text))
    assert read(said(text)).declines


@pytest.mark.parametrize("text", OTHERS)
def test_worries_bargains_and_other_wishes_are_none(text: str):
    assert not declines(plain(text))


def test_a_plain_no_to_our_ask_is_about_the_contact_and_no_more():
    ours = said("方便留个电话吗？", author="lead", asks=True)

    seen = read(said("不用了"), ours)
    both = read(said("ok, no thanks, not buying"), ours)

    assert (seen.refuses_contact, seen.declines) == (True, False)
    assert both.declines


def test_a_refusal_counts_at_the_end_of_a_message_too():
    ours = said("Could you leave a number?", author="lead", asks=True)

    assert read(said("ok, no thanks"), ours).refuses_contact
    assert read(said("我知道了，还是不用了"), ours).refuses_contact
    assert not read(said("我要白色的，不要黑色"), ours).refuses_contact
