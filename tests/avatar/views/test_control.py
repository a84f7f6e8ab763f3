"""The control room: words, comments with reasons, operator's orders, health, which lines sell."""

from __future__ import annotations

import datetime as dt

import pytest

from avatar.models import LiveComment, OperatorOrder, Order, SpokenUtterance
from avatar.page_data.selling import selling_lines
from core.models import Member
from tests.avatar.stage import a_broadcast

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def broadcast(shop):
    row = a_broadcast(shop.room)
    row.begun_at = NOW
    row.media_seconds = 100.0
    row.figures = {"late_ms": 6.0, "cpu_seconds_all": 21.0, "label": {"ok": True, "wall_ms": 0}}
    row.save()
    return row


def said(broadcast, text: str, at: dt.datetime = NOW, **more) -> SpokenUtterance:
    values = {"kind": "script", "sentence": 0, "started_tick": 0, "state": "said", "heard": text} | more
    return SpokenUtterance.objects.create(
        advertiser=broadcast.advertiser, broadcast=broadcast, text=text, started_at=at, **values
    )


def control(page, broadcast, show: str = "") -> str:
    return page.get(f"/rooms/{broadcast.room_id}/control?show={show}").content.decode()


def test_a_room_that_never_was_on_air_has_its_set_up_page(page, shop):
    assert page.get(f"/rooms/{shop.room.pk}/control")["Location"] == f"/rooms/{shop.room.pk}/"


def test_words_said_cut_and_being_said(page, broadcast):
    said(broadcast, "一瓶三百毫升，开盖就能喝。", state="cut", heard="一瓶三百毫升", cut={"kind": "clause"})
    said(broadcast, "三十九块九。", kind="answer", sentence=None, answered=[1], state="on_air")
    html = control(page, broadcast)

    assert '<span class="unheard">，开盖就能喝。</span>' in html
    assert "切断 · 听到 6 字" in html
    assert 'data-at="0.00">三' in html


def test_a_comment_says_why_it_was_not_answered(page, broadcast):
    shared = {"advertiser": broadcast.advertiser, "broadcast": broadcast, "viewer": "momo"}
    LiveComment.objects.create(
        **shared, number=1, external_id="1", text="主播好漂亮", state="dropped", reason="small talk"
    )
    LiveComment.objects.create(**shared, number=2, external_id="2", text="多少钱", state="ready", source="canned")

    assert "多少钱" in control(page, broadcast)
    assert "主播好漂亮" not in control(page, broadcast)
    assert "闲聊" in control(page, broadcast, "all")


def test_an_operators_word_is_stored_and_a_forbidden_one_is_not_said(page, broadcast):
    address = f"/rooms/{broadcast.room_id}/control/order"
    page.post(address, {"order": "slate"})
    refused = page.post(address, {"order": "say", "text": "全网最低价。"}, headers={"HX-Request": "true"})

    assert list(OperatorOrder.objects.values_list("order", flat=True)) == ["slate"]
    assert refused.status_code == 422
    assert "没有说" in refused.content.decode()
    assert 'value="unslate"' in control(page, broadcast)


def test_a_rep_may_look_and_not_speak(page, broadcast, shop):
    Member.objects.filter(pk=shop.member.pk).update(role="rep")

    assert page.get(f"/rooms/{broadcast.room_id}/control").status_code == 200
    assert page.post(f"/rooms/{broadcast.room_id}/control/order", {"order": "skip"}).status_code == 403


def test_health_stands_with_limits_and_the_cost_of_a_half_hour(page, broadcast):
    html = control(page, broadcast)

    assert "6 毫秒" in html
    assert "0.21 核" in html
    assert "¥0.04" in html


def test_what_hosted_rooms_cost_stands_beside_it_once_the_operator_said_so(page, broadcast, settings):
    assert "¥18–60" not in control(page, broadcast)

    settings.LIVE_OFFERED_LOWEST_FEN, settings.LIVE_OFFERED_HIGHEST_FEN = 1800, 6000

    assert "¥18–60" in control(page, broadcast)


def test_what_is_over_offers_to_begin_again(page, broadcast):
    broadcast.state, broadcast.failure = "failed", "every output was lost for 60 s"
    broadcast.ended_at = NOW + dt.timedelta(seconds=95)
    broadcast.save()
    html = control(page, broadcast)

    assert "every output was lost for 60 s" in html
    assert "01:35" in html
    assert f"/rooms/{broadcast.room_id}/air" in html


def test_an_order_is_shared_out_among_the_lines_heard_before_it(shop, broadcast):
    said(broadcast, "第一句。", NOW - dt.timedelta(minutes=10), sentence=0)
    said(broadcast, "第二句。", NOW - dt.timedelta(seconds=60), sentence=1)
    said(broadcast, "答一句。", NOW, kind="answer", sentence=None)
    Order.objects.create(
        advertiser=shop.advertiser,
        room=shop.room,
        broadcast=broadcast,
        external_id="o1",
        product="x",
        amount_minor=300,
        at=NOW,
    )
    lines = selling_lines(shop.room, broadcast)

    assert [(line.number, line.is_answer, round(line.orders, 3), line.earned) for line in lines] == [
        (0, True, 0.667, "¥2"),
        (2, False, 0.333, "¥1"),
    ]


def test_rooms_stand_on_home_and_account(page, broadcast):
    assert "rail-live" in page.get("/rooms/").content.decode()
