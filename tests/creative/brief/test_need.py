"""One sentence fills the brief; what it does not say is assumed and told."""

from __future__ import annotations

import pytest

from core.contracts import Money
from creative.brief import BriefError, brief_from_need, read_need


def test_the_sentence_of_the_readme() -> None:
    brief = brief_from_need("15 秒,冷萃咖啡,39.9 元,上班族")

    assert (brief.product.name, brief.product.category_key) == ("冷萃咖啡", "drinks")
    assert (brief.product.price, brief.product.audience) == (Money(3990, "CNY"), "上班族")
    assert (brief.length_seconds, brief.language, brief.platform) == (15.0, "zh-CN", "kuaishou")


def test_the_same_in_english() -> None:
    brief = brief_from_need("15s ad for cold brew coffee, $4.99, for office workers, on TikTok")

    assert (brief.product.name, brief.product.category_key) == ("cold brew coffee", "drinks")
    assert (brief.product.price, brief.product.audience) == (Money(499, "USD"), "office workers")
    assert (brief.length_seconds, brief.language, brief.platform) == (15.0, "en", "tiktok")


@pytest.mark.parametrize(
    ("need", "name", "category", "offer", "audience", "platform", "seconds"),
    [
        ("帮我做一条20秒的瑜伽垫广告，99元，给宝妈看，投抖音", "瑜伽垫", "fitness", "", "宝妈", "douyin", 20),
        ("「栖木」收纳箱 第二件半价 59元 租房党", "栖木", "home", "第二件半价", "租房党", "kuaishou", 15),
        ("30秒 英语课 首单9.9元 宝妈", "英语课", "education", "首单9.9元", "宝妈", "kuaishou", 30),
        (
            "10-second ad about wireless earbuds, 20% off, students",
            "wireless earbuds",
            "electronics",
            "20% off",
            "students",
            "tiktok",
            10,
        ),
        ("A thirty-second spot for 'Grove' shirt, $49, on Instagram Reels", "Grove", "fashion", "", "", "meta", 30),
        ("满300减50 行李箱 ¥299", "行李箱", "travel", "满300减50", "", "kuaishou", 15),
    ],
)
def test_needs_in_many_words(
    need: str, name: str, category: str, offer: str, audience: str, platform: str, seconds: float
) -> None:
    brief = brief_from_need(need)

    assert (brief.product.name, brief.product.category_key, brief.product.offer) == (name, category, offer)
    assert (brief.product.audience, brief.platform, brief.length_seconds) == (audience, platform, seconds)


@pytest.mark.parametrize(
    ("need", "name", "category", "price", "audience"),
    [
        ("帮我做个视频卖面膜", "面膜", "beauty", None, ""),
        ("扫地机器人，原价1999现价999，给宝妈", "扫地机器人", "electronics", 99900, "宝妈"),
        ("我想卖我家的手工辣椒酱 一瓶28块 抖音", "手工辣椒酱", "food", 2800, ""),
        ("给我整个15s的视频 推广下我们新开的瑜伽馆，首月99", "瑜伽馆", "fitness", None, ""),
        ("麻烦做一个卖猫粮的广告片，59.9，养宠人士，快手", "猫粮", "food", 5990, "养宠人士"),
        ("想做条短视频推荐我们的行李箱，399，出差的商务人士", "行李箱", "travel", 39900, "商务人士"),
        ("卖防晒霜，原价129，现在只要89！学生党", "防晒霜", "beauty", 8900, "学生党"),
        ("帮忙弄个视频，宣传一下我们的洗车服务，30元一次", "洗车服务", "auto", 3000, ""),
        ("做一个30秒的抖音视频,卖咖啡豆,68一袋,上班族", "咖啡豆", "drinks", 6800, "上班族"),
        ("帮我们拍个宣传英语课的视频，999元", "英语课", "education", 99900, ""),
        ("需要一个视频广告推广自热火锅，￥25.8，第二件半价", "自热火锅", "food", 2580, ""),
        ("划线价99 券后59 卫生纸", "卫生纸", "home", 5900, ""),
        ("原价39.9元 冷萃咖啡", "冷萃咖啡", "drinks", 3990, ""),
        ("视频剪辑课 199元", "视频剪辑课", "education", 19900, ""),
        ("needs a vid selling phone cases, $12, teens", "phone cases", "electronics", 1200, "teens"),
        ("Was $49 now $29, yoga mat", "yoga mat", "fitness", 2900, ""),
        (
            "promo video: headphones, was $199, now $149, commuters, 20s",
            "headphones",
            "electronics",
            14900,
            "commuters",
        ),
        ("can you make me a quick ad for my hot sauce? 8 dollars, foodies", "hot sauce", "food", 800, "foodies"),
        ("make a tiktok to promote our sneakers. price 79.99 usd", "sneakers", "fashion", 7999, ""),
    ],
)
def test_needs_as_people_really_type_them(
    need: str, name: str, category: str, price: int | None, audience: str
) -> None:
    product = brief_from_need(need).product

    assert (product.name, product.category_key, product.audience) == (name, category, audience)
    assert (product.price.minor if product.price else None) == price


@pytest.mark.parametrize("need", ["扫地机器人，原价1999现价999", "robot vacuum, was $199, now $149"])
def test_an_old_price_is_neither_price_nor_fact_nor_a_sum_to_reckon_with(need: str) -> None:
    reading = read_need(need)

    assert reading.brief.product.facts == ()
    assert "199" not in " ".join(fact.text for fact in reading.brief.all_facts())
    assert [each.reason for each in reading.assumptions if each.field == "product.price"] == [
        "the old price is left out; to say it, add it as a fact with its evidence"
    ]


def test_what_is_left_over_becomes_facts() -> None:
    brief = brief_from_need("冷萃咖啡，12 小时慢萃，0 蔗糖，39.9元")

    assert [(fact.id, fact.text) for fact in brief.product.facts] == [("need-1", "12 小时慢萃"), ("need-2", "0 蔗糖")]


@pytest.mark.parametrize(
    "wish", ["找人口播讲清楚", "三个理由的盘点", "要有实测", "a top 5 list of points", "before and after"]
)
def test_wishes_about_the_ad_are_no_facts(wish: str) -> None:
    brief = brief_from_need(f"冷萃咖啡，39.9元，{wish}")

    assert brief.product.facts == ()
    assert wish in brief.need


def test_a_missing_price_is_allowed_and_told() -> None:
    reading = read_need("瑜伽垫")

    assert reading.brief.product.price is None
    assert {each.field for each in reading.assumptions} == {
        "platform", "length_seconds", "product.price", "product.audience", "product.cta",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("need", "field"),
    [
        ("", "need"),
        ("x" * 501, "need"),
        ("咖啡\x00", "need"),
        ("15秒，39.9元", "product.name"),
        ("300秒，咖啡", "length_seconds"),
        ("咖啡，-5元", "product.price"),
    ],
)
def test_a_need_that_cannot_be_used_is_named(need: str, field: str) -> None:
    with pytest.raises(BriefError) as caught:
        brief_from_need(need)

    assert caught.value.thing == field
