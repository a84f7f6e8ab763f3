"""A row that cannot be opened is put aside; everything beside and behind it leaves."""

from __future__ import annotations

import asyncio
import json

import pytest
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.crm.lane import CrmLane
from agentbot.leads.capture import Given, keep_contacts
from agentbot.models import ChannelAccount, Conversation, CrmDelivery, Message, OutboundPart, PiiKey
from agentbot.pii import new_key, seal, wrap_key
from agentbot.sending.parts import PartLane
from agentbot.turns.events import event_body
from core.models import Advertiser
from core.pools import make_pool

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = 7


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    return open_channel(advertiser, "webhook", **urls, may_be_private=True).account


def a_talk(account: ChannelAccount, visitor: str) -> tuple[Conversation, bytes]:
    key = new_key()
    row = PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(key))
    return Conversation.objects.create(
        advertiser_id=account.advertiser_id, account=account, visitor=visitor, key=row
    ), key


def a_part(talk: Conversation, key: bytes, ordinal: int, event: str = "message.part", **values) -> OutboundPart:
    now = timezone.now()
    body = seal(key, event_body(event, now, {"text": f"{talk.visitor} {ordinal}"}))
    return OutboundPart.objects.create(
        **{
            "advertiser_id": talk.advertiser_id, "account_id": talk.account_id, "conversation": talk, "ordinal": ordinal,
            "epoch": 1, "event_type": event, "planned_at": now, "due_at": now, "key": talk.key, "body": body,
        }
        | values
    )  # fmt: skip


def claimed(lane) -> list[dict]:
    async def claim() -> list[dict]:
        async with make_pool(2, "test") as pool:
            return [json.loads(each.body) for each in await lane(pool).claim(WORKER, 50, [])]

    return asyncio.run(claim())


@pytest.mark.parametrize("body", [b"\0" * 40, seal(new_key(), "{}")], ids=["zeros", "of another key"])
def test_a_part_that_cannot_be_opened_is_put_aside_and_the_next_leaves(account, body):
    talk, key = a_talk(account, "v1")
    damaged = a_part(talk, key, 1, body=body)
    a_part(talk, key, 2)
    other, other_key = a_talk(account, "v2")
    a_part(other, other_key, 1)

    assert [event["data"]["text"] for event in claimed(PartLane)] == ["v2 1"]
    assert [event["data"]["text"] for event in claimed(PartLane)] == ["v1 2"]

    damaged.refresh_from_db()
    assert (damaged.state, damaged.failure) == ("quarantined", "cannot be opened: ValueError")


def test_a_delivery_that_cannot_be_opened_is_put_aside_and_the_others_leave(account):
    for number in (1, 2):
        talk, _ = a_talk(account, f"v{number}")
        message = Message.objects.create(
            advertiser_id=account.advertiser_id, conversation=talk, seq=1, direction="in", author="visitor",
            sent_at=timezone.now(),
        )  # fmt: skip
        found = FoundContact("phone", f"+861380013800{number}", "valid", 0, 11)
        keep_contacts(talk.pk, Given((found,), str(message.pk), "138"))
    damaged = CrmDelivery.objects.first()
    PiiKey.objects.filter(pk=damaged.key_id).update(wrapped=b"\0" * 60)

    assert len(claimed(CrmLane)) == 1
    damaged.refresh_from_db()
    assert damaged.state == "quarantined"


def test_that_a_person_is_called_waits_for_no_stuck_part(account):
    talk, key = a_talk(account, "v1")
    a_part(talk, key, 1, state="sending", claimed_by=WORKER, claimed_at=timezone.now())
    a_part(talk, key, 2, "conversation.handed_off", is_fenced=False)
    a_part(talk, key, 3, is_fenced=False)

    assert [event["type"] for event in claimed(PartLane)] == ["conversation.handed_off"]
