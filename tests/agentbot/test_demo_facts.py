"""What the demo's dealer approves is found, however it is asked for, in Chinese and by an English visitor."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from agentbot.contracts import Article, Knowledge, PriceFact
from core.profiles import parse_profile
from tests.agentbot.talking import Talk, text_of

PROFILE = Path(__file__).parents[2] / "demo" / "conversation" / "advertiser.yaml"

IN_CHINESE = (
    ("过户费多少", "800"),
    ("过户要钱吗", "800"),
    ("过户费用是多少", "800"),
    ("试驾要钱吗", "0 元"),
    ("试驾收费吗", "0 元"),
    ("试驾免费吗", "0 元"),
    ("跑了多少公里", "2.6 万公里"),
    ("里程多少", "2.6 万公里"),
    ("开了多少公里了", "2.6 万公里"),
    ("什么颜色", "白色"),
    ("颜色是什么", "白色"),
    ("车是啥颜色的", "白色"),
    ("几个人坐", "五座"),
    ("几座的", "五座"),
    ("能坐几个人", "五座"),
    ("能分几期", "36 期"),
    ("可以分多少期", "36 期"),
    ("分期最长多久", "36 期"),
    ("就问问价格", "129,800"),
    ("报个价", "129,800"),
    ("多少钱", "129,800"),
    ("质保多久", "一年"),
    ("保修几年", "一年"),
    ("有质保吗", "一年"),
    ("几点开门", "9:00"),
    ("营业时间", "9:00"),
    ("几点关门", "18:30"),
    ("周末能看车吗", "9:00"),
    ("周末能试驾吗", "提前一天"),
    ("周末试驾要预约吗", "提前一天"),
    ("首付最少多少", "20%"),
    ("首付最低多少", "20%"),
    ("首付比例多少", "20%"),
    ("首付几成", "20%"),
    ("试驾要带什么", "驾驶证"),
    ("是一手车吗", "一手车主"),
    ("有检测报告吗", "检测报告"),
    ("出过事故吗", "事故"),
    ("泡过水吗", "泡水"),
    ("过户要多久", "当天"),
    ("过户谁来办", "代办"),
    ("征信有逾期能分期吗", "申请分期"),
    ("征信不好可以贷款吗", "申请分期"),
    ("看资料要钱吗", "不收费"),
    ("批不下来收费吗", "不用付"),
    ("还在吗", "店里现有"),
    ("车还在吗", "店里现有"),
    ("哪年的车", "2023"),
)
IN_ENGLISH = (
    ("is it still available?", "现有一台"),
    ("what's the minimum down payment?", "20%"),
    ("do you have a warranty?", "质保"),
    ("warranty?", "质保"),
    ("opening hours?", "9:00"),
    ("what are your opening hours?", "9:00"),
    ("how much?", "129,800"),
    ("how much is it?", "129,800"),
    ("what colour is it?", "白色"),
    ("how many seats?", "五座"),
    ("what's the mileage?", "2.6 万公里"),
    ("can I book a test drive?", "提前一天"),
    ("can I finance it with bad credit?", "申请分期"),
    ("how many months can I pay over?", "36 期"),
    ("any accidents?", "事故"),
    ("how much is the transfer fee?", "800"),
    ("is the test drive free?", "0"),
    ("are you open on weekends?", "9:00"),
    ("can I pay in instalments?", "分期"),
)


def dealer() -> Knowledge:
    profile = parse_profile(yaml.safe_load(PROFILE.read_text(encoding="utf-8")))
    articles = tuple(Article(f"a{at}", each.title, each.text) for at, each in enumerate(profile.articles))
    prices = tuple(
        PriceFact(f"p{at}", each.item, each.amount_minor, each.currency, each.unit)
        for at, each in enumerate(profile.prices)
    )
    return Knowledge("dealer", profile.name, profile.language, profile.vertical, articles, prices, "1")


DEALER = dealer()


@pytest.mark.parametrize(("question", "fact"), IN_CHINESE)
def test_the_fact_is_in_the_answer(question: str, fact: str):
    talk = Talk(DEALER)
    talk.say("你好")

    assert fact in text_of(talk.say(question))


@pytest.mark.parametrize(("question", "fact"), IN_ENGLISH)
def test_an_english_visitor_gets_the_fact_with_english_words_round_it(question: str, fact: str):
    talk = Talk(DEALER)
    talk.say("Hi there, I saw your ad")

    said = text_of(talk.say(question))

    assert fact in said
    assert any(word in said for word in ("Our notes", "is ", "comes to", "costs", "price", "quote", ": "))


@pytest.mark.parametrize(
    "question", ["能带狗吗", "轮胎是什么牌子", "有几把钥匙", "能刷花呗吗", "do you sell motorbikes?"]
)
def test_what_nothing_approved_speaks_of_is_owned_up_to(question: str):
    talk = Talk(DEALER)
    talk.say("你好" if not question.isascii() else "Hi there, I saw your ad")

    result = talk.say(question)

    assert not any(segment.sources for segment in result.expert.segments)
