"""An advertiser comes from its profile, whole or not at all."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.models import Advertiser, AdvertiserArticle, AdvertiserPrice
from core.profiles import parse_profile, save_profile

PROFILE = {
    "slug": "tea-house",
    "name": "山间茶馆",
    "language": "zh-CN",
    "vertical": "food",
    "prices": [
        {"item": "龙井", "amount": "129.8", "currency": "CNY", "unit": "盒"},
        {"item": "抹茶", "amount": 1500, "currency": "JPY"},
        {"item": "会员折扣", "amount": "12.5", "currency": "%"},
    ],
    "articles": [{"title": "关于我们", "text": "三代人做茶。"}],
}


@pytest.mark.django_db
def test_a_profile_is_loaded_with_prices_in_minor_units():
    advertiser, created = save_profile(parse_profile(PROFILE))

    assert created
    assert (advertiser.slug, advertiser.name, advertiser.vertical) == ("tea-house", "山间茶馆", "food")
    prices = AdvertiserPrice.objects.for_advertiser(advertiser).order_by("pk")
    assert {(price.item, price.amount_minor, price.currency, price.unit) for price in prices} == {
        ("龙井", 12980, "CNY", "盒"),
        ("抹茶", 1500, "JPY", ""),
        ("会员折扣", 1250, "%", ""),
    }
    assert AdvertiserArticle.objects.get().text == "三代人做茶。"


@pytest.mark.django_db
def test_loading_again_leaves_exactly_what_the_profile_says():
    save_profile(parse_profile(PROFILE))

    advertiser, created = save_profile(parse_profile({"slug": "tea-house", "name": "新名字", "prices": []}))

    assert not created
    assert advertiser.name == "新名字"
    assert not AdvertiserPrice.objects.exists()
    assert not AdvertiserArticle.objects.exists()


@pytest.mark.django_db
def test_two_prices_of_one_thing_are_refused_and_nothing_is_saved():
    twins = {**PROFILE, "prices": [PROFILE["prices"][0], PROFILE["prices"][0]]}

    with pytest.raises(InputError, match=r"prices\[1\]: is there twice"):
        save_profile(parse_profile(twins))
    assert not Advertiser.objects.exists()


@pytest.mark.parametrize(
    ("change", "thing"),
    [
        ({"colour": "red"}, "colour"),
        ({"slug": "Tea House"}, "slug"),
        ({"name": ""}, "name"),
        ({"language": "fr"}, "language"),
        ({"prices": [{"item": "x", "amount": "1", "currency": "CNY", "vat": 1}]}, "prices[0].vat"),
        ({"prices": [{"item": "x", "amount": "1"}]}, "prices[0].currency"),
        ({"prices": [{"item": "x", "amount": "1.999", "currency": "CNY"}]}, "prices[0].amount"),
        ({"prices": [{"item": "x", "amount": "NaN", "currency": "CNY"}]}, "prices[0].amount"),
        ({"prices": [{"item": "x", "amount": "-1", "currency": "CNY"}]}, "prices[0].amount"),
        ({"prices": [{"item": "x", "amount": "ten", "currency": "CNY"}]}, "prices[0].amount"),
        ({"prices": [{"item": "x", "amount": "1.5", "currency": "JPY"}]}, "prices[0].amount"),
        ({"prices": [{"item": "x", "amount": "1", "currency": "yuan"}]}, "prices[0].currency"),
        ({"prices": "free"}, "prices"),
        ({"articles": [{"title": "t"}]}, "articles[0].text"),
    ],
)
def test_what_is_wrong_is_named(change, thing):
    with pytest.raises(InputError) as caught:
        parse_profile({**PROFILE, **change})

    assert caught.value.thing == thing


def test_a_file_that_is_no_mapping_is_refused():
    with pytest.raises(InputError, match="profile: "):
        parse_profile(["slug", "name"])


@pytest.mark.django_db
def test_a_price_may_hold_for_a_time():
    days = {"valid_from": "2026-11-01", "valid_until": "2026-11-30"}
    save_profile(parse_profile({**PROFILE, "prices": [{"item": "龙井", "amount": "99", "currency": "CNY", **days}]}))

    price = AdvertiserPrice.objects.get()
    assert (str(price.valid_from), str(price.valid_until)) == ("2026-11-01", "2026-11-30")


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ({"valid_until": "soon"}, r"prices\[0\].valid_until"),
        ({"valid_from": "2026-12-01", "valid_until": "2026-11-01"}, r"prices\[0\].valid_until: 2026-11-01 is before"),
    ],
)
def test_days_that_are_none_are_named(days: dict[str, str], named: str):
    price = {"item": "龙井", "amount": "99", "currency": "CNY", **days}
    with pytest.raises(InputError, match=named):
        parse_profile({**PROFILE, "prices": [price]})


@pytest.mark.django_db
def test_what_licences_of_models_ask_about_stands_in_the_profile():
    advertiser, _ = save_profile(parse_profile({**PROFILE, "territory": "uk", "annual_revenue_usd": "250000"}))

    assert (advertiser.territory, advertiser.annual_revenue_usd) == ("GB", 250_000)
    assert parse_profile(PROFILE).annual_revenue_usd is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"territory": "Germany"}, "territory: 'GERMANY' is not a code of two letters"),
        ({"annual_revenue_usd": "1.5 million"}, "annual_revenue_usd: '1.5 million' is not a number of whole dollars"),
    ],
)
def test_an_odd_territory_or_revenue_is_named(change, named):
    with pytest.raises(InputError, match=named):
        parse_profile({**PROFILE, **change})
