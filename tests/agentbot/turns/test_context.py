"""What a turn is told of the turns before it."""

from __future__ import annotations

import asyncio
from dataclasses import fields

import pytest
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.models import AgentTurn, Conversation, OutboundPart
from agentbot.turns.claiming import Claim
from agentbot.turns.context import load, turn_input
from core.models import Advertiser
from core.pools import make_pool
from tests.agentbot.talking import CARS


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("state", "attempts", "counted"),
    [
        ("sent", 1, (1, 1, 0)),
        ("scheduled", 1, (1, 1, 0)),
        ("scheduled", 0, (0, 0, None)),
        ("cancelled", 0, (0, 0, None)),
    ],
    ids=["sent", "tried without an answer", "never tried", "called off"],
)
def test_an_ask_that_may_have_been_read_counts_as_asked(state, attempts, counted):
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    account = open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/", may_be_private=True).account
    talk = Conversation.objects.create(advertiser=advertiser, account=account, visitor="v1")
    turn = AgentTurn.objects.create(advertiser=advertiser, conversation=talk, upto_seq=1, epoch=1, asks_contact=True)
    OutboundPart.objects.create(
        advertiser=advertiser, account=account, conversation=talk, turn=turn, event_type="message.part", ordinal=1,
        part_no=1, epoch=1, author="lead", asks_contact=True, planned_at=timezone.now(), state=state, attempts=attempts,
    )  # fmt: skip
    talk.refresh_from_db()
    values = {each.name: getattr(talk, each.name, None) for each in fields(Claim)} | {"opted_out": False}

    async def read():
        async with make_pool(1, "test") as pool:
            return (await load(pool, [Claim(**values)]))[0]

    told = turn_input(asyncio.run(read()), CARS, timezone.now())
    assert (told.turns, told.asks, told.turns_since_ask) == counted
