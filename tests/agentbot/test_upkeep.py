"""What time does to the books."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid

import pytest
from django.utils import timezone

from agentbot import upkeep
from agentbot.channels.opening import open_channel
from agentbot.models import AgentDraft, AgentTurn, Conversation, Handoff, InboundEvent, Message
from core.models import Advertiser
from core.pools import make_pool

pytestmark = pytest.mark.django_db(transaction=True)


def tidy() -> int:
    async def work() -> int:
        async with make_pool(2, "test") as pool:
            return await upkeep.tidy(pool)

    return asyncio.run(work())


def test_ids_are_known_for_a_week_and_old_words_go_by_night(monkeypatch):
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    account = open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/", may_be_private=True).account
    now = timezone.now()
    for days in (7, 9):
        InboundEvent.objects.create(
            advertiser=advertiser,
            account=account,
            external_id=str(days),
            message_id=uuid.uuid4(),
            received_at=now - dt.timedelta(days=days),
        )
    old = now - dt.timedelta(days=181)
    conversation = Conversation.objects.create(
        advertiser=advertiser, account=account, visitor="v1", last_message_at=old, last_seq=1
    )
    Message.objects.create(
        advertiser=advertiser,
        conversation=conversation,
        seq=1,
        direction="in",
        author="visitor",
        body=b"x",
        sent_at=old,
        created_at=old,
    )
    turn = AgentTurn.objects.create(
        advertiser=advertiser, conversation=conversation, upto_seq=1, epoch=1, created_at=old
    )
    AgentDraft.objects.create(advertiser=advertiser, turn=turn, kind="lead", body=b"x")
    Handoff.objects.create(advertiser=advertiser, conversation=conversation, reason="asked", body=b"x", created_at=old)

    monkeypatch.setattr(upkeep, "NIGHT_HOUR", -1)
    assert tidy() == 1
    assert [each.external_id for each in InboundEvent.objects.all()] == ["7"]
    monkeypatch.setattr(upkeep, "NIGHT_HOUR", timezone.localtime().hour)
    assert tidy() == 3
    assert [kept.objects.get().body for kept in (Message, AgentDraft, Handoff)] == [None, None, None]
