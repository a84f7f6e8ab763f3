"""Channels and knowledge: opening, secrets once, refusals in words, imports."""

from __future__ import annotations

import datetime as dt

import pytest

from agentbot.models import ChannelAccount, Conversation, CrmConnection, CrmDelivery
from agentbot.services.crm import replay
from agentbot.services.knowledge import parse_amount, read_page
from core.errors import InputError
from core.models import AdvertiserArticle, AdvertiserPrice
from tests.agentbot.views.talks import a_lead, a_talk


def test_a_website_chat_is_opened_and_its_tag_shown(page, shop):
    ChannelAccount.objects.all().delete()
    html = page.post(
        "/channels/open",
        {"kind": "widget", "mode": "shadow", "label": "店铺", "address": "shop.example\nhttps://*.cars.example"},
    ).content.decode()
    channel = ChannelAccount.objects.get()

    assert channel.origins == ["https://shop.example", "https://*.cars.example"]
    assert channel.mode == "shadow"
    assert f"data-channel=&quot;{channel.inbound_token}&quot;" in html


def test_a_signed_channels_secret_is_shown_once(page):
    form = {"kind": "webhook", "mode": "auto", "address": "https://crm.example/hook"}
    html = page.post("/channels/open", form).content.decode()

    assert "whsec_" in html
    assert "whsec_" not in page.get("/channels/").content.decode()


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/hook", "https://10.0.0.8/hook", "https://localhost/x", "ftp://x"]
)
def test_addresses_inside_the_network_are_refused_on_pages(page, address):
    before = ChannelAccount.objects.count()
    answer = page.post("/channels/open", {"kind": "webhook", "mode": "auto", "address": address})

    assert answer.status_code == 422
    assert ChannelAccount.objects.count() == before


def test_a_new_mode_holds_for_conversations_with_the_agents(page, shop):
    talk = a_talk(shop, "在吗")
    taken = a_talk(shop, "转人工", visitor="web_2", owner="human")
    page.post(f"/channels/{shop.channel.pk}/change", {"label": "官网", "mode": "shadow", "origins": "*"})

    assert Conversation.objects.get(pk=talk.pk).owner == "shadow"
    assert Conversation.objects.get(pk=taken.pk).owner == "human"


def test_a_dead_letter_is_tried_again_under_its_id(page, shop):
    lead = a_lead(a_talk(shop, "打我电话 13800138000"))
    crm = CrmConnection.objects.create(advertiser=shop.advertiser, kind="webhook", url="https://crm.example/x")
    letter = CrmDelivery.objects.create(
        advertiser=shop.advertiser, connection=crm, lead=lead, lead_version=1, event_type="lead.created", state="dead"
    )
    assert "没能送达" in page.get("/channels/").content.decode()
    page.post(f"/channels/deliveries/{letter.pk}/replay")
    letter.refresh_from_db()

    assert letter.state == "scheduled"
    assert replay(CrmDelivery.objects.filter(pk=letter.pk)) == 0


def test_articles_are_written_changed_and_brought_back(page, shop):
    page.post("/knowledge/articles", {"headline": "试驾", "body": "周末请提前一天预约。"})
    article = AdvertiserArticle.objects.get()
    html = page.post(f"/knowledge/articles/{article.pk}", {"remove": "yes"}).content.decode()

    assert not AdvertiserArticle.objects.exists()
    assert 'value="周末请提前一天预约。"' in html


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("¥129,800", (12980000, "CNY")),
        ("12.98万元", (12980000, "CNY")),
        ("20%", (2000, "%")),
        ("1,999 USD", (199900, "USD")),
        ("JPY 3000", (3000, "JPY")),
        ("0", (0, "CNY")),
    ],
)
def test_prices_are_read_as_people_write_them(written, expected):
    assert parse_amount(written) == expected


@pytest.mark.parametrize("written", ["便宜", "", "12.345", "-3"])
def test_what_is_no_price_is_refused(written):
    with pytest.raises(InputError):
        parse_amount(written)


def test_a_csv_brings_prices_and_a_second_one_changes_them(page, shop, tmp_path):
    for amount in ("800", "900"):
        file = tmp_path / "prices.csv"
        file.write_text(f"项目,价格,单位,截止\n过户,{amount},次,2026-12-31\n", encoding="utf-8")
        with file.open("rb") as body:
            page.post("/knowledge/import", {"file": body})

    price = AdvertiserPrice.objects.get()
    assert (price.item, price.amount_minor, price.unit) == ("过户", 90000, "次")
    assert price.valid_until == dt.date(2026, 12, 31)


def test_a_price_whose_days_are_over_says_so(page):
    page.post("/knowledge/prices", {"thing": "秋季优惠", "sum": "9900 元", "ends": "2020-10-01"})

    assert "2020-10-01 已过期" in page.get("/knowledge/").content.decode()


@pytest.mark.parametrize("days", [{"begins": "2026-02-01", "ends": "2026-01-01"}, {"ends": "soon"}])
def test_days_that_cannot_be_are_refused(page, days):
    answer = page.post("/knowledge/prices", {"thing": "优惠", "sum": "9900 元", **days})

    assert answer.status_code == 422
    assert not AdvertiserPrice.objects.exists()


def test_a_page_inside_the_network_is_not_fetched(page):
    answer = page.post("/knowledge/import", {"url": "https://127.0.0.1/secret"})

    assert answer.status_code == 422
    assert "内部网络" in answer.content.decode()


def test_a_pages_text_comes_without_its_menus_and_scripts():
    found = read_page(
        "<title>店规</title><nav>首页</nav><script>x()</script><h1>试驾</h1><p>带驾照。</p><footer>备案</footer>"
    )

    assert (found.title, found.text) == ("店规", "试驾\n带驾照。")


def test_the_trade_is_chosen(page, shop):
    page.post("/knowledge/trade", {"pack": "clinic"})
    shop.advertiser.refresh_from_db()

    assert shop.advertiser.vertical == "clinic"
    assert page.post("/knowledge/trade", {"pack": "casino"}).status_code == 404
