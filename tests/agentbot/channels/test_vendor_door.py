"""Platforms at the door, against a real database: stored once, then answered; a person elsewhere silences the agents."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter

import pytest
from django.utils import timezone

from agentbot.channels.asgi import current_desk
from agentbot.channels.opening_vendors import replace_credentials
from agentbot.channels.vendors.base import Request
from agentbot.channels.vendors.known import VENDORS
from agentbot.models import ChannelAccount, Conversation, Handoff, InboundEvent, Message, OutboundPart, VisitorEntry
from core.errors import InputError
from tests.agentbot.channels import platform
from tests.agentbot.channels.platform import knock, opened, run
from tests.agentbot.channels.vendors import samples

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = [
    ("douyin", samples.DOUYIN, samples.douyin_message),
    (
        "kuaishou",
        samples.KUAISHOU,
        lambda: samples.kuaishou_request("IM_RECEIVE_MSG", {"from_open_id": "v1", "content": {"text": "在吗"}}),
    ),
    ("messenger", samples.MESSENGER, lambda: samples.messenger_page(samples.messenger_message())),
    ("whatsapp", samples.WHATSAPP, lambda: samples.whatsapp_request(messages=[samples.whatsapp_message()])),
]


@pytest.mark.parametrize(("kind", "secrets", "make"), KINDS)
def test_a_message_delivered_three_times_at_once_is_one_message(kind, secrets, make):
    channel = opened(kind, secrets)
    path = f"/in/{channel.account.inbound_token}"

    async def thrice() -> list[tuple[int, bytes]]:
        return await asyncio.gather(*(knock(path, make()) for _ in range(3)))

    assert Counter(run(thrice)) == {(200, VENDORS[kind].acknowledgement.body): 3}
    assert (Message.objects.count(), InboundEvent.objects.count(), Conversation.objects.count()) == (1, 1, 1)
    conversation = Conversation.objects.get()
    assert conversation.turn_due_at is not None
    assert conversation.source["channel"] == kind


@pytest.mark.parametrize(("kind", "secrets", "make"), KINDS)
def test_what_is_forged_is_turned_away_and_nothing_is_kept(kind, secrets, make):
    channel = opened(kind, secrets)
    path = f"/in/{channel.account.inbound_token}"
    request = make()
    altered = Request("POST", request.query, request.headers, request.body.replace(b'"', b"'", 1))
    unsigned = Request("POST", request.query, {}, request.body)

    async def knocks() -> list[int]:
        return [(await knock(path, each))[0] for each in (altered, unsigned)]

    assert run(knocks) == [401, 401]
    assert Message.objects.count() == 0


def test_a_douyin_body_replayed_under_another_msg_id_is_heard_once():
    channel = opened("douyin", samples.DOUYIN)
    request = samples.douyin_message()
    replayed = Request("POST", {}, {**request.headers, "msg-id": "made-up"}, request.body)

    async def both() -> None:
        for each in (request, replayed):
            await knock(f"/in/{channel.account.inbound_token}", each)

    run(both)
    assert Message.objects.count() == 1


def test_platforms_shake_hands_at_the_same_address():
    channel = opened("messenger", samples.MESSENGER)
    query = {"hub.mode": "subscribe", "hub.verify_token": "vt-1", "hub.challenge": "77"}
    path = f"/in/{channel.account.inbound_token}"

    async def knocks() -> list[tuple[int, bytes]]:
        wrong = {**query, "hub.verify_token": "?"}
        return [await knock(path, Request("GET", each, {}, b"")) for each in (query, wrong)]

    (right, wrong) = run(knocks)
    assert right == (200, b"77")
    assert wrong[0] == 401


def test_credentials_being_replaced_are_still_taken():
    channel = opened("douyin", samples.DOUYIN)
    replace_credentials(channel.account, {"client_secret": "newer"})
    path = f"/in/{channel.account.inbound_token}"

    assert run(lambda: knock(path, samples.douyin_message()))[0] == 200


def test_what_a_person_types_in_the_platforms_app_silences_the_agents_at_once():
    channel = opened("douyin", samples.DOUYIN)
    conversation = platform.talk(channel, turn_due_at=timezone.now())
    platform.part(conversation, 1)
    began = time.monotonic()

    run(lambda: knock(f"/in/{channel.account.inbound_token}", samples.douyin_echo("")))

    conversation.refresh_from_db()
    assert time.monotonic() - began < 1.0
    assert (conversation.owner, conversation.turn_due_at) == ("human", None)
    assert OutboundPart.objects.get().state == "cancelled"
    said = Message.objects.select_related("key").get(direction="out")
    assert (said.author, said.text, said.seq) == ("person", "我来回您", 2)
    handoff = Handoff.objects.get()
    assert (handoff.reason, handoff.claimed_by, handoff.answer_by) == ("taken over", None, None)
    assert handoff.claimed_at is not None


def test_the_same_echo_again_changes_nothing_and_neither_does_our_own():
    channel = opened("douyin", samples.DOUYIN)
    path = f"/in/{channel.account.inbound_token}"

    async def echoes() -> None:
        for _ in range(2):
            await knock(path, samples.douyin_echo("", "@5"))
        await knock(path, samples.douyin_echo(samples.DOUYIN["client_key"], "@6"))

    run(echoes)
    assert Message.objects.count() == 1
    assert Conversation.objects.get().epoch == 2


def test_an_echo_of_ours_tells_that_an_unknown_part_arrived():
    channel = opened("douyin", samples.DOUYIN)
    conversation = platform.talk(channel)
    lost = platform.part(conversation, 1, state="unknown", claimed_at=timezone.now())

    run(lambda: knock(f"/in/{channel.account.inbound_token}", samples.douyin_echo(samples.DOUYIN["client_key"], "@77")))

    lost.refresh_from_db()
    conversation.refresh_from_db()
    assert (lost.state, lost.external_id, conversation.owner) == ("sent", "@77", "bot")


def test_an_echo_that_brings_our_own_id_is_matched_by_it():
    channel = opened("messenger", samples.MESSENGER)
    conversation = platform.talk(channel, visitor="psid-1")
    platform.part(conversation, 1, state="unknown", claimed_at=timezone.now())
    meant = platform.part(conversation, 2, state="unknown", claimed_at=timezone.now())
    echo = samples.messenger_echo(int(samples.MESSENGER["app_id"]), metadata=str(meant.pk))

    run(lambda: knock(f"/in/{channel.account.inbound_token}", samples.messenger_page(echo)))

    assert list(OutboundPart.objects.order_by("ordinal").values_list("state", flat=True)) == ["unknown", "sent"]


def test_a_message_that_did_not_arrive_after_all_says_why():
    channel = opened("whatsapp", samples.WHATSAPP)
    conversation = platform.talk(channel, visitor="16505551234")
    sent = platform.part(conversation, 1, state="sent", external_id="wamid.1")
    failed = {"id": "wamid.1", "status": "failed", "recipient_id": "16505551234"}
    failed["errors"] = [{"code": 131047, "title": "Re-engagement message"}]

    run(lambda: knock(f"/in/{channel.account.inbound_token}", samples.whatsapp_request(statuses=[failed])))

    sent.refresh_from_db()
    assert (sent.state, sent.failure) == ("quarantined", "WhatsApp: 131047 Re-engagement message")


def test_whoever_came_through_an_ad_is_put_down_to_it():
    channel = opened("douyin", samples.DOUYIN)
    path = f"/in/{channel.account.inbound_token}"
    entered = samples.douyin_request("im_enter_direct_msg", {"ad_info": '{"ad_id":77}', "server_message_id": "@0"})

    async def both() -> None:
        await knock(path, entered)
        await knock(path, samples.douyin_message())

    run(both)
    assert VisitorEntry.objects.get().source == {"ad": "77"}
    conversation = Conversation.objects.get()
    assert conversation.source == {"ad": "77", "channel": "douyin"}
    assert conversation.handles == {"conversation": samples.CONVERSATION, "message": "@c29bfc000+1"}


def test_wecoms_call_is_noted_for_whoever_fetches():
    channel = opened("wecom", samples.WECOM)

    status, body = run(lambda: knock(f"/in/{channel.account.inbound_token}", samples.wecom_request(int(time.time()))))

    account = ChannelAccount.objects.get()
    assert (status, body) == (200, b"success")
    assert account.pull_due_at <= timezone.now()
    assert account.pull_token.startswith("ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMz")


def test_what_is_no_credential_is_named():
    for name, value in (("aes_key", "short"), ("token", "a\nb"), ("nonsense", "x"), ("corp_id", "")):
        with pytest.raises(InputError) as refused:
            opened("wecom", {**samples.WECOM, name: value})
        assert refused.value.thing == name


def test_credentials_lie_wrapped():
    channel = opened("douyin", samples.DOUYIN)
    assert samples.DOUYIN["client_secret"].encode() not in bytes(channel.account.secret)
    assert json.dumps(samples.DOUYIN["access_token"]).encode() not in bytes(channel.account.secret)


def test_a_visitor_erased_meanwhile_gets_a_fresh_key_for_a_comment_too():
    channel = opened("douyin", samples.DOUYIN)
    path = f"/in/{channel.account.inbound_token}"
    content = {"comment_id": "@2", "comment_user_id": "v9", "content": "怎么卖", "reply_to_item_id": "@item"}

    async def both() -> None:
        await knock(path, samples.douyin_request("item_comment_reply", content))
        desk = await current_desk()
        async with desk.pool.connection() as connection:
            await connection.execute("update agentbot_piikey set wrapped = null")
        await knock(path, samples.douyin_request("item_comment_reply", {**content, "comment_id": "@3"}))

    run(both)
    assert [each.text for each in Message.objects.select_related("key").order_by("seq")] == ["", "怎么卖"]
