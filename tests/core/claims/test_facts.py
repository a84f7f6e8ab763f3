"""Numbers and claims of a line are bound to facts that say the same; everything else is named."""

from __future__ import annotations

import datetime as dt

import pytest

from core.claims.facts import Binding, bind, bind_text
from core.contracts import Fact, Language

TODAY = dt.date(2026, 11, 22)
FACTS = (
    Fact("brew", "12 小时低温慢萃"),
    Fact("sugar", "0 蔗糖"),
    Fact("beans", "云南保山阿拉比卡豆"),
    Fact("shipping", "下单后 48 小时内发货"),
    Fact("name", "澄夜冷萃咖啡"),
    Fact("price", "¥39.9"),
    Fact("offer", "第二件半价"),
)
FACTS_EN = (
    Fact("brew", "12-hour cold steep"),
    Fact("sugar", "zero added sugar"),
    Fact("name", "Chengye Cold Brew"),
    Fact("price", "$4.99"),
    Fact("shipping", "Ships within 48 hours"),
    Fact("offer", "Second bottle half price"),
)


def bound(text: str, language: Language = "zh-CN") -> Binding:
    return bind(text, FACTS if language == "zh-CN" else FACTS_EN, language, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "一半的价格",
        "价格直接对折",
        "便宜一半",
        "全场半价",
        "翻倍的快乐",
        "几块钱一瓶",
        "省下一杯奶茶钱",
        "48 小时送到",
        "48小时内到货",
        "两天就到",
        "12小时内发货",
        "次日达",
    ],
)
def test_what_no_fact_says_blocks_whatever_the_words(text: str) -> None:
    assert any(finding.blocks for finding in bound(text).findings)


@pytest.mark.parametrize(
    "text",
    [
        "half the price",
        "half price today",
        "twice the caffeine",
        "double the flavor",
        "delivered within 48 hours",
        "arrives in 48 hours",
        "ships within 12 hours",
    ],
)
def test_in_english_too(text: str) -> None:
    assert any(finding.blocks for finding in bound(text, "en").findings)


def test_a_condition_of_an_offer_is_said_with_it() -> None:
    assert (bound("第二件，半价带走").fact_ids, bound("第二件，半价带走").findings) == (("offer",), ())
    assert bound("Your second bottle is half price", "en").findings == ()
    assert [finding.text for finding in bound("现在半价").findings] == ["半价"]


def test_a_time_of_delivery_needs_a_fact_about_delivery() -> None:
    line = "48 小时送到"
    ships, arrives = Fact("ships", "下单后 48 小时内发货"), Fact("arrives", "市区 48 小时送达")

    assert bind(line, (ships,), "zh-CN", TODAY).fact_ids == ()
    assert bind(line, (ships, arrives), "zh-CN", TODAY).fact_ids == ("arrives",)
    assert bind(line, (ships, arrives), "zh-CN", TODAY).findings == ()


def test_the_same_amount_in_other_words_is_bound() -> None:
    facts = (Fact("shot", "双倍浓缩"), Fact("half", "糖量减少一半"))

    assert bind("2 倍浓缩", facts, "zh-CN", TODAY).findings == ()
    assert bind("双倍快乐", facts, "zh-CN", TODAY).findings != ()


@pytest.mark.parametrize("text", ["网购到货，敢拆吗", "图片好看，到手翻车", "冬天到了", "每天到家都累"])
def test_things_that_arrive_in_a_story_claim_nothing(text: str) -> None:
    assert bound(text).findings == ()


@pytest.mark.parametrize("text", ["39.9 元", "¥39.9", "三十九块九一瓶", "只要39块9"])
def test_a_price_is_bound_in_every_spelling(text: str) -> None:
    assert bound(text).fact_ids == ("price",)
    assert bound(text).findings == ()


@pytest.mark.parametrize(
    "text", ["$39.9", "39.9 美元", "39 元", "19.95 元一瓶", "省了 20 元", "12 天发货", "每天 12 杯", "12 个口味"]
)
def test_another_amount_currency_or_thing_is_unbound(text: str) -> None:
    assert "unbound-number" in [finding.rule for finding in bound(text).findings]


def test_a_line_names_every_fact_it_uses_and_where() -> None:
    spans, findings = bind_text("澄夜冷萃咖啡，12 小时低温慢萃，39.9元", FACTS, "zh-CN", TODAY)

    assert spans == (("name", 0, 6), ("brew", 7, 16), ("price", 17, 22))
    assert findings == ()


def test_the_finding_stands_on_the_words() -> None:
    text = "卖出10万瓶的咖啡"
    found = {(each.rule, each.text, each.blocks) for each in bound(text).findings}

    assert found == {("unbound-number", "10万瓶", True), ("unbound-claim", "卖出", True)}


@pytest.mark.parametrize(
    "text",
    [
        "通过 ISO 认证",
        "提神醒脑",
        "比别家好喝",
        "限时三小时",
        "医生都说好",
        "富含维生素",
        "纯棉面料",
        "假一赔十",
        "产自巴西",
    ],
)
def test_a_claim_without_a_fact_is_unbound(text: str) -> None:
    assert "unbound-claim" in [finding.rule for finding in bound(text).findings]


@pytest.mark.parametrize(
    ("text", "fact_id"), [("无糖也好喝", "sugar"), ("48小时内发货", "shipping"), ("第二件半价", "offer")]
)
def test_a_claim_with_a_fact_of_its_kind_is_bound(text: str, fact_id: str) -> None:
    assert fact_id in bound(text).fact_ids
    assert bound(text).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "better than other brands",
        "made in Italy",
        "doctors recommend",
        "organic beans",
        "ships in two days",
        "save 20%",
    ],
)
def test_english_claims_need_facts_too(text: str) -> None:
    assert bound(text, "en").findings != ()


@pytest.mark.parametrize(
    ("text", "fact_id"),
    [("Twelve hours of steeping", "brew"), ("no added sugar", "sugar"), ("Just $4.99 a bottle", "price")],
)
def test_english_numbers_and_claims_are_bound(text: str, fact_id: str) -> None:
    assert bound(text, "en").fact_ids == (fact_id,)
    assert bound(text, "en").findings == ()


def test_an_expired_fact_proves_nothing() -> None:
    facts = (Fact("brew", "12 小时低温慢萃", valid_until="2026-11-21"),)

    assert bind("12 小时低温慢萃", facts, "zh-CN", TODAY).spans == ()
    assert bind("12 小时低温慢萃", facts, "zh-CN", dt.date(2026, 11, 21)).findings == ()


def test_plain_talk_needs_no_fact() -> None:
    assert bound("下班路上，来一口，心情就好了").findings == ()
    assert bound("You're home and the couch is calling", "en").findings == ()
