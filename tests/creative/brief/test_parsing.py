"""A brief is read whole or not at all; everything wrong with it is named at once."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from core.contracts import Fact, Money
from creative.brief import BriefError, brief_to_yaml, parse_brief, read_brief

TODAY = dt.date(2026, 11, 22)
DEMO = Path(__file__).parents[3] / "demo"
GOOD: dict[str, Any] = {
    "product": {
        "name": "澄夜冷萃咖啡",
        "category": "冷萃咖啡",
        "price": "¥39.9",
        "facts": [{"id": "brew", "text": "12 小时低温慢萃", "evidence": "工艺单", "valid_until": "2027-01-31"}],
    },
    "language": "zh-CN",
    "platform": "kuaishou",
    "length_seconds": 15,
}


def changed(**fields: Any) -> dict[str, Any]:
    """GOOD with other fields; `product_x` sets field x of the product; None takes a field out."""
    brief = copy.deepcopy(GOOD)
    for key, value in fields.items():
        place, name = (brief["product"], key[8:]) if key.startswith("product_") else (brief, key)
        if value is None:
            place.pop(name, None)
        else:
            place[name] = value
    return brief


def problems(source: Any) -> dict[str, str]:
    with pytest.raises(BriefError) as caught:
        parse_brief(source, TODAY)
    return dict(caught.value.problems)


@pytest.mark.parametrize("name", ["brief.yaml", "brief.en.yaml"])
def test_the_sample_briefs_are_complete_and_come_back_the_same(name: str) -> None:
    brief = parse_brief((DEMO / name).read_text(encoding="utf-8"), TODAY)

    assert brief.product.price is not None
    assert len(brief.product.facts) >= 6
    assert brief.product.category_key == "drinks"
    assert parse_brief(brief_to_yaml(brief), TODAY) == brief


def test_a_brief_is_read_with_its_money_in_minor_units() -> None:
    brief = parse_brief(GOOD, TODAY)

    assert brief.product.price == Money(3990, "CNY")
    assert brief.product.facts == (Fact("brew", "12 小时低温慢萃", "工艺单", "2027-01-31"),)
    assert brief.length_seconds == 15.0


def test_everything_wrong_is_named_at_once() -> None:
    found = problems(
        changed(
            language="fr",
            platform="vine",
            length_seconds=900,
            colour="red",
            product_name="",
            product_category=["coffee"],
            product_price="-3",
            product_facts=[
                {"id": "price", "text": "a"},
                {"id": "a"},
                {"id": "b", "text": "x"},
                {"id": "b", "text": "y"},
            ],
        )
    )

    assert set(found) == {
        "colour",
        "language",
        "platform",
        "length_seconds",
        "product.name",
        "product.category",
        "product.price",
        "product.facts[0].id",
        "product.facts[1].text",
        "product.facts[3].id",
    }


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("product", {"product": None}),
        ("product", {"product": "coffee"}),
        ("product.name", {"product_name": None}),
        ("product.name", {"product_name": "x" * 61}),
        ("product.name", {"product_name": "澄夜\x07"}),
        ("product.category", {"product_category": None}),
        ("product.price", {"product_price": None}),
        ("product.price", {"product_price": "39.999"}),
        ("product.price", {"product_price": "cheap"}),
        ("product.price", {"product_price": "0"}),
        ("product.price", {"product_price": "JP¥12.5"}),
        ("product.price", {"product_price": True}),
        ("product.link", {"product_link": "javascript:alert(1)"}),
        ("product.size", {"product_size": "L"}),
        ("product.facts", {"product_facts": "many"}),
        ("product.facts[0]", {"product_facts": ["12 小时"]}),
        ("product.facts[0].proof", {"product_facts": [{"id": "a", "text": "b", "proof": "c"}]}),
        ("product.facts[0].id", {"product_facts": [{"id": "a b", "text": "b"}]}),
        ("product.facts[0].valid_until", {"product_facts": [{"id": "a", "text": "b", "valid_until": "2026-11-21"}]}),
        ("product.facts[0].valid_until", {"product_facts": [{"id": "a", "text": "b", "valid_until": "soon"}]}),
        ("language", {"language": None}),
        ("platform", {"platform": None}),
        ("length_seconds", {"length_seconds": None}),
        ("length_seconds", {"length_seconds": "long"}),
        ("length_seconds", {"length_seconds": float("nan")}),
        ("length_seconds", {"length_seconds": 2}),
        ("advertiser", {"advertiser": "Chengye Coffee"}),
    ],
)
def test_a_bad_field_is_named(field: str, changes: dict[str, Any]) -> None:
    assert list(problems(changed(**changes))) == [field]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[]", "mapping"),
        ("a: &x 1\nb: *x", "aliases"),
        ("language: en\nlanguage: zh-CN", "twice"),
        ("a: b: c", "readable"),
        ("a: {b: {c: {d: {e: {f: {g: 1}}}}}}", "deep"),
        ("x: " + "y" * 70_000, "KiB"),
    ],
)
def test_yaml_that_surprises_or_attacks_is_refused(text: str, word: str) -> None:
    assert word in problems(text)["brief"]


def test_bytes_that_are_not_utf8_are_refused() -> None:
    assert problems(b"\xff\xfe\x00") == {"brief": "is not UTF-8 text"}


@pytest.mark.parametrize(
    ("written", "minor", "currency"),
    [
        ("¥39.9", 3990, "CNY"),
        ("39.9元", 3990, "CNY"),
        ("39.9", 3990, "CNY"),
        (39.9, 3990, "CNY"),
        ("三十九块九", 3990, "CNY"),
        ("1,299.00", 129900, "CNY"),
        ("$12", 1200, "USD"),
        ("HK$88/盒", 8800, "HKD"),
        ("NT$1,200", 120000, "TWD"),
        ("€12,99", 1299, "EUR"),
        ("£5.50", 550, "GBP"),
        ("1200日元", 1200, "JPY"),
        ("¥128起", 12800, "CNY"),
    ],
)
def test_prices_are_read_as_people_write_them(written: Any, minor: int, currency: str) -> None:
    assert parse_brief(changed(product_price=written), TODAY).product.price == Money(minor, currency)


def test_a_brief_may_name_no_price_on_purpose() -> None:
    brief = parse_brief(changed(product_price="none"), TODAY)

    assert (brief.product.price, brief.product.price_text) == (None, "")
    assert parse_brief(brief_to_yaml(brief), TODAY) == brief


def test_what_was_assumed_is_told() -> None:
    reading = read_brief(changed(product_category="玄学摆件", product_name="某物", product_price="12"), TODAY)

    assert [each.field for each in reading.assumptions] == ["product.price", "product.category", "product.cta"]
    assert reading.brief.product.price_text == "¥12"
    assert reading.brief.product.cta == "点击下方链接"


def test_numbers_stay_as_they_were_typed() -> None:
    text = (
        "product: {name: 39.90, category: 咖啡, price: 39.90}\nlanguage: zh-CN\nplatform: douyin\nlength_seconds: 15.0"
    )

    assert parse_brief(text, TODAY).product.name == "39.90"
