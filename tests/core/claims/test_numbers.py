"""Every number of a text is found, with its value and what it counts; words like 一起 are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.claims.numbers import find_numbers
from core.claims.zh_numerals import read_numeral
from core.contracts import Language


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("39.9 元", "39.9", "CNY"),
        ("¥39.9", "39.9", "CNY"),
        ("三十九块九", "39.9", "CNY"),
        ("39块9", "39.9", "CNY"),
        ("两块九毛九", "2.99", "CNY"),
        ("五毛钱", "0.5", "CNY"),
        ("ＨＫ＄８８", "88", "HKD"),
        ("1,299.00元", "1299.00", "CNY"),
        ("12 美元", "12", "USD"),
    ],
)
def test_a_price_is_one_number_however_it_is_written(text: str, value: str, currency: str) -> None:
    (number,) = find_numbers(text, "zh-CN")

    assert (number.kind, number.value, number.currency) == ("money", Decimal(value), currency)


@pytest.mark.parametrize(
    ("language", "text", "kind", "value", "unit"),
    [
        ("zh-CN", "12 小时低温慢萃", "duration", "12", "hour"),
        ("zh-CN", "每瓶二百八十毫升", "measure", "280", "millilitre"),
        ("zh-CN", "百分之五", "percent", "5", "%"),
        ("zh-CN", "打八五折", "discount", "8.5", "折"),
        ("zh-CN", "半价", "discount", "5", "折"),
        ("zh-CN", "一年质保", "duration", "1", "year"),
        ("zh-CN", "第二件", "ordinal", "2", "件"),
        ("zh-CN", "早上九点", "clock", "900", ""),
        ("zh-CN", "11月11日", "date", "1111", ""),
        ("zh-CN", "零蔗糖", "count", "0", ""),
        ("zh-CN", "3万+", "count", "30000", ""),
        ("en", "twelve hours", "duration", "12", "hour"),
        ("en", "20% off", "discount", "20", "% off"),
        ("en", "half price", "discount", "50", "% off"),
        ("en", "a one-year warranty", "duration", "1", "year"),
        ("en", "twenty-five people", "count", "25", "person"),
        ("en", "3 million sold", "count", "3000000", ""),
        ("en", "9 am", "clock", "900", ""),
        ("en", "the V60 dripper", "name", "60", "v60"),
    ],
)
def test_a_number_says_what_it_counts(language: Language, text: str, kind: str, value: str, unit: str) -> None:
    (number,) = find_numbers(text, language)

    assert (number.kind, number.value, number.unit) == (kind, Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "一起来一口",
        "万一下雨",
        "三明治和五花肉",
        "十分好喝",
        "周一见",
        "千万别错过",
        "忙了一天",
        "半夜醒来",
        "第一口就知道",
    ],
)
def test_words_with_a_numeral_in_them_are_no_numbers(text: str) -> None:
    assert find_numbers(text, "zh-CN") == ()


@pytest.mark.parametrize(
    ("language", "text", "kind", "value", "unit"),
    [
        ("zh-CN", "一半的价格", "discount", "5", "折"),
        ("zh-CN", "价格直接对折", "discount", "5", "折"),
        ("zh-CN", "便宜一半", "discount", "5", "折"),
        ("zh-CN", "糖分少一半", "share", "0.5", "half"),
        ("zh-CN", "半瓶就够", "share", "0.5", "瓶"),
        ("zh-CN", "翻倍的快乐", "measure", "2", "times"),
        ("zh-CN", "双倍浓缩", "measure", "2", "times"),
        ("zh-CN", "几块钱一瓶", "vague", "0", "几块钱"),
        ("zh-CN", "几毛一杯", "vague", "0", "几毛"),
        ("zh-CN", "几十块", "vague", "0", "几十块"),
        ("zh-CN", "省下一杯奶茶钱", "vague", "0", "一杯奶茶钱"),
        ("en", "half the price", "discount", "50", "% off"),
        ("en", "half the sugar", "share", "0.5", "half"),
        ("en", "half an hour", "duration", "0.5", "hour"),
        ("en", "twice the caffeine", "measure", "2", "times"),
        ("en", "double the flavor", "measure", "2", "times"),
        ("en", "triple the foam", "measure", "3", "times"),
        ("en", "a few bucks a bottle", "vague", "0", "afewbucks"),
    ],
)
def test_an_amount_without_a_figure_is_a_number_too(
    language: Language, text: str, kind: str, value: str, unit: str
) -> None:
    (number,) = find_numbers(text, language)

    assert (number.kind, number.value, number.unit) == (kind, Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "等了半天",
        "一知半解",
        "多半是困了",
        "大半个月亮",
        "喝到一半",
        "书看了一半",
        "我的另一半",
        "一半工作一半生活",
        "报纸对折放好",
        "可以对折收纳",
        "加倍努力",
        "事半功倍",
        "几块饼干",
    ],
)
def test_everyday_halves_and_doubles_are_no_amounts(text: str) -> None:
    assert find_numbers(text, "zh-CN") == ()


@pytest.mark.parametrize(
    "text",
    [
        "half asleep",
        "half the battle",
        "the other half",
        "folding your pillow in half",
        "leaving half the cup",
        "double-check your bag",
        "a double take",
        "think twice",
        "buying cheap and buying twice",
    ],
)
def test_english_halves_and_doubles_of_everyday_are_no_amounts(text: str) -> None:
    assert find_numbers(text, "en") == ()


@pytest.mark.parametrize("text", ["no one knows", "one of them", "in a second", "a half-open door"])
def test_plain_english_one_is_no_number(text: str) -> None:
    assert find_numbers(text, "en") == ()


def test_an_offer_holds_both_its_numbers() -> None:
    assert [str(number.value) for number in find_numbers("买二送一", "zh-CN")] == ["2", "1"]
    assert [str(number.value) for number in find_numbers("Buy one get one free", "en")] == ["1", "1"]


def test_spans_lead_back_to_the_text_as_written() -> None:
    text = "只要 ３９.９ 元"
    (number,) = find_numbers(text, "zh-CN")

    assert text[number.span.start : number.span.end] == "３９.９ 元"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一千二", 1200),
        ("一千零二", 1002),
        ("三万五", 35000),
        ("十二", 12),
        ("二〇二六", 2026),
        ("一百零五", 105),
        ("两亿", 200_000_000),
    ],
)
def test_chinese_numerals_are_read_as_spoken(numeral: str, value: int) -> None:
    assert read_numeral(numeral) == value


def test_an_unfinished_numeral_is_refused() -> None:
    assert read_numeral("三点") is None
    assert read_numeral("咖啡") is None
