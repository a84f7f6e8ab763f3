"""Conversations, drafts and leads for tests of pages, sealed as the loops seal them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.leads.capture import Given, keep_contacts
from agentbot.models import (
    AgentTurn,
    ChannelAccount,
    Conversation,
    Lead,
    Message,
    OutboundPart,
    PiiKey,
    PolicyDecision,
)
from agentbot.pii import new_key, seal, unwrap_key, wrap_key
from core.models import Advertiser, Member


@dataclass
class Shop:
    """An advertiser with a member and a website chat."""

    advertiser: Advertiser
    member: Member
    channel: ChannelAccount


def a_shop(slug: str = "cars", name: str = "城南优选车行") -> Shop:
    advertiser = Advertiser.objects.create(slug=slug, name=name, vertical="car")
    user = get_user_model().objects.create_user(username=f"{slug}@example.com", first_name="林舒")
    member = Member.objects.create(user=user, advertiser=advertiser, role="owner")
    opened = open_channel(advertiser, "widget", name="官网", origins=("https://shop.example",))
    return Shop(advertiser, member, opened.account)


def a_talk(shop: Shop, *said: str, visitor: str = "web_1", owner: str = "bot") -> Conversation:
    """The visitor's messages, stored and read."""
    talk = Conversation.objects.create(
        advertiser=shop.advertiser,
        account=shop.channel,
        visitor=visitor,
        owner=owner,
        last_seq=len(said),
        last_inbound_seq=len(said),
        source={"channel": "widget", "ad": "ad-0418"},
    )
    key = new_key()
    talk.key = PiiKey.objects.create(advertiser=shop.advertiser, conversation=talk, wrapped=wrap_key(key))
    talk.save()
    for seq, text in enumerate(said, start=1):
        Message.objects.create(
            advertiser=shop.advertiser,
            conversation=talk,
            seq=seq,
            direction="in",
            author="visitor",
            key=talk.key,
            body=seal(key, text),
            sent_at=timezone.now(),
        )
    return talk


def a_turn(talk: Conversation, *texts: str, state: str = "scheduled", action: str = "answer") -> AgentTurn:
    """The agents' answer: scheduled, or a draft that awaits approval."""
    turn = AgentTurn.objects.create(
        advertiser_id=talk.advertiser_id,
        conversation=talk,
        upto_seq=talk.last_inbound_seq,
        epoch=talk.epoch,
        state="awaiting" if state == "draft" else "committed",
        degraded=["answer:quoted"],
    )
    PolicyDecision.objects.create(
        advertiser_id=talk.advertiser_id,
        turn=turn,
        action=action,
        propensity=0.9,
        mask=[],
        features={},
        policy="rules",
        seed=1,
    )
    key = unwrap_key(bytes(talk.key.wrapped))
    for number, text in enumerate(texts, start=1):
        event = json.dumps({"type": "message.part", "data": {"text": text}}, ensure_ascii=False)
        OutboundPart.objects.create(
            advertiser_id=talk.advertiser_id,
            account_id=talk.account_id,
            conversation=talk,
            turn=turn,
            ordinal=OutboundPart.objects.filter(conversation=talk).count() + 1,
            part_no=number,
            epoch=talk.epoch,
            planned_at=timezone.now(),
            due_at=timezone.now(),
            key=talk.key,
            body=seal(key, event),
            state=state,
        )
    return turn


def a_lead(talk: Conversation, phone: str = "+8613800138000", name: str = "李女士") -> Lead:
    """As when the visitor types a number and a name."""
    message = talk.messages.first()
    assert message is not None
    contact = FoundContact("phone", phone, "valid", 0, 11)
    words = "打我电话 138****8000"
    lead = keep_contacts(
        talk.pk, Given((contact,), str(message.pk), words, fields={"name": {"value": name, "message": ""}})
    )
    assert lead is not None
    talk.refresh_from_db()
    return lead
