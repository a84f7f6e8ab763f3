"""On air and off, operator's orders, stream keys, comments and orders from outside."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time

import pytest

from avatar.feed import RoomFeed
from avatar.models import Broadcast, LiveComment, OperatorOrder, Order, StreamOutput
from avatar.rooms import load_broadcast
from avatar.services.broadcasting import give_order, on_air, start, stop
from avatar.services.intake import NotOnAir, take_signed
from avatar.services.outputs import add_output
from avatar.services.rooms import intake_key, new_intake_secret
from avatar.services.scripts import ScriptRefused
from core.errors import InputError
from core.webhooks.signing import BadSignature, secret_bytes, signed_headers
from tests.avatar.stage import a_broadcast

KEY = "live_kuaishou_4711_never_shown"


def signed(room, event: dict, event_id: str = "e1") -> tuple[dict[str, str], bytes]:
    body = json.dumps(event).encode()
    return signed_headers([intake_key(room)], event_id, int(time.time()), body), body


def test_a_room_is_on_air_once(shop):
    start(shop.room)

    with pytest.raises(InputError, match="is on air already"):
        start(shop.room)
    assert Broadcast.objects.count() == 1


def test_what_no_host_has_claimed_ends_at_once(shop):
    broadcast = start(shop.room)
    stop(broadcast)

    assert on_air(shop.room) is None
    assert Broadcast.objects.get().ended_at is not None


def test_what_a_host_runs_is_only_asked_to_end(shop):
    broadcast = a_broadcast(shop.room)
    stop(broadcast)
    row = Broadcast.objects.get()

    assert (row.state, row.stop_wanted_at is not None) == ("running", True)


def test_what_an_operator_wants_said_passes_the_checks_first(shop):
    broadcast = a_broadcast(shop.room)
    with pytest.raises(ScriptRefused):
        give_order(broadcast, shop.member, "say", "全网最低价，只要 9.9 元。")

    give_order(broadcast, shop.member, "say", "谢谢大家，我们继续。")
    assert OperatorOrder.objects.get().text == "谢谢大家，我们继续。"


def test_a_stream_key_is_sealed_and_goes_to_the_engine_alone(shop, caplog):
    caplog.set_level(logging.DEBUG)
    output = add_output(shop.room, "kuaishou", "rtmp://push.example/live", KEY)
    broadcast = a_broadcast(shop.room)

    assert KEY.encode() not in bytes(StreamOutput.objects.get().key)
    assert load_broadcast(broadcast.pk).outputs == (f"rtmp://push.example/live/{KEY}",)
    assert KEY not in caplog.text
    assert KEY not in repr(output)


@pytest.mark.parametrize(
    "url", ["http://push.example/live", "rtmp://", "rtmp://user:pw@push.example/x", "rtmp://a b/c"]
)
def test_only_rtmp_addresses_without_credentials_are_taken(shop, url):
    with pytest.raises(InputError, match="url"):
        add_output(shop.room, "other", url, KEY)


def test_a_comment_is_stored_once_and_handed_to_the_brain_once(shop):
    broadcast = a_broadcast(shop.room)
    headers, body = signed(shop.room, {"type": "comment", "viewer": "小满", "text": "多少钱"})

    first, second = take_signed(shop.room, headers, body), take_signed(shop.room, headers, body)

    assert (first.number, first.duplicate, second.number, second.duplicate) == (1, False, 1, True)
    assert LiveComment.objects.get().broadcast == broadcast


@pytest.mark.django_db(transaction=True)
def test_the_brain_takes_orders_first_and_comments_in_order_each_once():
    from tests.avatar.stage import a_live_shop

    shop = a_live_shop()
    broadcast = a_broadcast(shop.room)
    feed = RoomFeed(broadcast.pk)
    assert feed.fetch() == []
    for number, text in enumerate(("多少钱", "怎么发货"), 1):
        take_signed(shop.room, *signed(shop.room, {"viewer": "小满", "text": text}, f"e{number}"))
    give_order(broadcast, shop.member, "skip")

    woken = feed.wait(2.0)
    taken = feed.fetch()

    assert woken
    assert [(each["kind"], each.get("number"), each.get("order")) for each in taken] == [
        ("order", None, "skip"),
        ("comment", 1, None),
        ("comment", 2, None),
    ]
    assert feed.fetch() == []
    feed.close()


def test_comments_are_for_a_room_on_air(shop):
    with pytest.raises(NotOnAir):
        take_signed(shop.room, *signed(shop.room, {"viewer": "小满", "text": "在吗"}))


def test_an_order_is_kept_once_with_the_broadcast_it_came_in(shop):
    broadcast = a_broadcast(shop.room)
    at = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    event = {"type": "order", "product": "澄夜冷萃", "amount_minor": 7980, "currency": "CNY", "at": at.isoformat()}
    again = signed(shop.room, event, "order-9")

    assert take_signed(shop.room, *again).duplicate is False
    assert take_signed(shop.room, *again).duplicate is True
    order = Order.objects.get()
    assert (order.broadcast, order.amount_minor) == (broadcast, 7980)
    assert order.at <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({"type": "order", "product": "x", "amount_minor": 3.5}, "amount_minor"),
        ({"type": "order", "product": "x", "amount_minor": 1, "currency": "yuan"}, "currency"),
        ({"type": "order", "product": "x", "amount_minor": 1, "at": "yesterday"}, "at"),
        ({"type": "comment", "viewer": "x", "text": " "}, "text"),
        ({"type": "like"}, "type"),
    ],
)
def test_what_is_odd_is_named(shop, event, field):
    with pytest.raises(InputError) as refused:
        take_signed(shop.room, *signed(shop.room, event))
    assert refused.value.thing == field


def test_a_new_secret_voids_the_old_one(shop):
    headers, body = signed(shop.room, {"viewer": "小满", "text": "在吗"})
    secret = new_intake_secret(shop.room)
    shop.room.refresh_from_db()

    assert intake_key(shop.room) == secret_bytes(secret)
    with pytest.raises(BadSignature):
        take_signed(shop.room, headers, body)
