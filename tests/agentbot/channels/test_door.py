"""The signed channel's door against a real database: stored once, then answered; everything else turned away."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from agentbot.channels.asgi import current_desk, with_channels
from agentbot.channels.opening import OpenedChannel, connect_webhook, open_channel
from agentbot.leads.people import make_person
from agentbot.models import Conversation, InboundEvent, Lead, Message, PiiKey
from core.models import Advertiser
from core.webhooks.signing import secret_bytes, signed_headers

pytestmark = pytest.mark.django_db(transaction=True)
Answer = tuple[int, dict[str, Any], dict[str, str]]


async def elsewhere(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("not ours")


APP = with_channels(elsewhere)


@pytest.fixture
def channel() -> OpenedChannel:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    return open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/cb", may_be_private=True)


async def post(path: str, body: bytes, headers: dict[str, str]) -> Answer:
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await APP({"type": "http", "method": "POST", "path": path, "headers": pairs}, receive, send)
    shown = {key.decode(): value.decode() for key, value in told[0]["headers"]}
    return told[0]["status"], json.loads(told[1]["body"]), shown


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        try:
            return await work()
        finally:
            await (await current_desk()).close()

    return asyncio.run(whole())


def signed(channel: OpenedChannel, message_id: str, **fields: Any) -> tuple[str, bytes, dict[str, str]]:
    body = json.dumps({"visitor": "v1", "text": "多少钱？", "sent_at": "2026-01-31T08:30:00Z", **fields}).encode()
    headers = signed_headers([secret_bytes(channel.secret)], message_id, int(time.time()), body)
    return f"/in/{channel.account.inbound_token}", body, headers


def test_a_message_is_stored_sealed_and_its_turn_is_due(channel):
    status, answer, _ = run(lambda: post(*signed(channel, "m1")))

    message = Message.objects.select_related("key").get()
    conversation = Conversation.objects.get()
    assert (status, answer) == (200, {"message": str(message.pk), "duplicate": False})
    assert (message.text, message.seq, conversation.owner, conversation.epoch) == ("多少钱？", 1, "bot", 1)
    assert "多少钱".encode() not in bytes(message.body)
    waits = (conversation.turn_due_at - conversation.last_visitor_at).total_seconds()
    assert waits == pytest.approx(2.5, abs=0.2)


def test_fifty_copies_at_once_are_one_message(channel):
    async def flood() -> list[Answer]:
        return await asyncio.gather(*(post(*signed(channel, "m1")) for _ in range(15)))

    answers = run(flood)
    assert Counter((status, answer["duplicate"]) for status, answer, _ in answers) == {(200, False): 1, (200, True): 14}
    assert len({answer["message"] for _, answer, _ in answers}) == 1
    assert (Message.objects.count(), InboundEvent.objects.count()) == (1, 1)


def test_the_next_messages_push_the_turn_out_but_not_beyond_ten_seconds(channel):
    async def talk() -> None:
        for number in range(3):
            await post(*signed(channel, f"m{number}"))

    run(talk)
    conversation = Conversation.objects.get()
    assert (conversation.last_seq, conversation.epoch, conversation.unread_count) == (3, 3, 3)
    assert (conversation.turn_due_at - conversation.window_opened_at).total_seconds() <= 10.0


def test_two_visitors_have_a_conversation_each(channel):
    async def talk() -> None:
        await asyncio.gather(*(post(*signed(channel, f"m{n}", visitor=f"v{n}")) for n in range(4)))

    run(talk)
    assert Conversation.objects.count() == 4


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda path, body, headers: (path, body + b" ", headers), 401),
        (lambda path, body, headers: (path, body, {**headers, "webhook-timestamp": str(int(time.time()) - 400)}), 401),
        (lambda path, body, headers: (path, body, {k: v for k, v in headers.items() if k != "webhook-id"}), 401),
        (lambda path, body, headers: (path + "x", body, headers), 404),
        (lambda path, body, headers: (path, b"x" * 70_000, headers), 413),
    ],
)
def test_what_is_not_in_order_is_turned_away_and_nothing_is_kept(channel, change, status):
    assert run(lambda: post(*change(*signed(channel, "m1"))))[0] == status
    assert Message.objects.count() == 0


def test_a_signed_message_without_text_is_named(channel):
    status, answer, _ = run(lambda: post(*signed(channel, "m1", text="")))
    assert (status, answer["field"]) == (422, "text")


def test_a_flood_of_one_visitor_waits_and_another_does_not(channel):
    async def flood() -> tuple[list[Answer], Answer]:
        answers = [await post(*signed(channel, f"m{n}")) for n in range(40)]
        return answers, await post(*signed(channel, "other", visitor="v2"))

    answers, other = run(flood)
    refused = [headers["retry-after"] for status, _, headers in answers if status == 429]
    assert refused
    assert set(refused) == {"1"}
    assert [status for status, _, _ in answers[:10]] == [200] * 10
    assert other[0] == 200


def test_a_visitor_erased_meanwhile_gets_a_fresh_key(channel):
    async def talk() -> Answer:
        await post(*signed(channel, "m1"))
        async with (await current_desk()).pool.connection() as connection:
            await connection.execute("update agentbot_piikey set wrapped = null")
        return await post(*signed(channel, "m2", text="again"))

    assert run(talk)[0] == 200
    assert [each.text for each in Message.objects.select_related("key").order_by("seq")] == ["", "again"]
    assert PiiKey.objects.count() == 2


def test_a_crm_reports_back_what_became_of_a_lead(channel):
    advertiser = channel.account.advertiser
    crm, secret = connect_webhook(advertiser, "http://127.0.0.1:9/crm", may_be_private=True)
    lead = Lead.objects.create(advertiser=advertiser, person=make_person(advertiser.pk))

    def report(stage: str, key: str = secret) -> tuple[str, bytes, dict[str, str]]:
        body = json.dumps({"external_key": lead.external_key, "stage": stage}).encode()
        return f"/crm/{crm.pk}", body, signed_headers([secret_bytes(key)], "e1", int(time.time()), body)

    async def talk() -> list[int]:
        told = [report("qualified"), report("qualified"), report("sold"), report("won", channel.secret)]
        return [(await post(*each))[0] for each in told]

    assert run(talk) == [200, 200, 422, 401]
    lead.refresh_from_db()
    assert (lead.stage, lead.version) == ("qualified", 2)


def test_what_no_database_keeps_is_left_out_of_a_source(channel):
    status, _, _ = run(lambda: post(*signed(channel, "m1", source={"ad": "a\0b", "room": "\ud83d1"})))

    assert status == 200
    assert Conversation.objects.get().source == {"channel": "webhook", "ad": "ab", "room": "1"}


@pytest.mark.parametrize("token", ["%00", "\0" * 32, "x", "a/b" * 10])
def test_an_address_that_no_channel_can_have_is_not_there(channel, token: str):
    _, body, headers = signed(channel, "m1")
    assert run(lambda: post(f"/in/{token}", body, headers))[0] == 404
