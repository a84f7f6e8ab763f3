"""People take over, write, approve and hand back; whatever the agents had begun is void."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.inbox.owning import note_typing, return_to_agents, take_over
from agentbot.inbox.replies import approve_turn, reject_turn, send_as_person
from agentbot.models import AgentTurn, Conversation, Handoff, Message, OutboundPart, PiiKey
from agentbot.pii import new_key, seal, unwrap_key, wrap_key
from agentbot.sending.parts import PartLane
from agentbot.turns.events import event_body
from core.errors import InputError
from core.models import Advertiser, Member
from core.pools import make_pool


@pytest.fixture
def member() -> Member:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    user = get_user_model().objects.create_user("anna@example.com")
    return Member.objects.create(user=user, advertiser=advertiser)


@pytest.fixture
def conversation(member: Member) -> Conversation:
    account = open_channel(
        member.advertiser, "webhook", callback_url="http://127.0.0.1:9/", may_be_private=True
    ).account
    key = PiiKey.objects.create(advertiser=member.advertiser, wrapped=wrap_key(new_key()))
    made = Conversation.objects.create(
        advertiser=member.advertiser, account=account, visitor="v1", key=key, last_seq=1, last_inbound_seq=1
    )
    Message.objects.create(
        advertiser=member.advertiser, conversation=made, seq=1, direction="in", author="visitor", sent_at=timezone.now()
    )
    made.refresh_from_db()
    return made


def agents_turn(conversation: Conversation, state: str = "scheduled") -> AgentTurn:
    turn = AgentTurn.objects.create(
        advertiser=conversation.advertiser,
        conversation=conversation,
        upto_seq=1,
        epoch=conversation.epoch,
        state="awaiting" if state == "draft" else "committed",
    )
    now = timezone.now()
    for number in (1, 2):
        body = event_body("message.part", now, {"text": f"part {number}", "author": "expert"})
        OutboundPart.objects.create(
            advertiser=conversation.advertiser,
            account=conversation.account,
            conversation=conversation,
            turn=turn,
            ordinal=number,
            part_no=number,
            epoch=conversation.epoch,
            planned_at=now,
            due_at=now,
            state=state,
            key=conversation.key,
            body=seal(unwrapped(conversation), body),
        )
    Conversation.objects.filter(pk=conversation.pk).update(part_count=2)
    return turn


def unwrapped(conversation: Conversation) -> bytes:
    return unwrap_key(bytes(conversation.key.wrapped))


def claimed() -> list[dict]:
    """What a sender would send right now."""

    async def claim() -> list[dict]:
        async with make_pool(2, "test") as pool:
            return [json.loads(each.body) for each in await PartLane(pool).claim(7, 50, [])]

    return asyncio.run(claim())


@pytest.mark.django_db(transaction=True)
def test_from_the_first_key_a_person_types_no_part_of_the_agents_leaves(conversation, member):
    agents_turn(conversation)
    began = time.monotonic()

    note_typing(conversation.pk, member)

    assert claimed() == []
    assert time.monotonic() - began < 1.0
    assert set(OutboundPart.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Handoff.objects.get().claimed_by == member


@pytest.mark.django_db(transaction=True)
def test_a_new_message_voids_the_parts_that_are_not_sent_yet(conversation):
    agents_turn(conversation)
    Conversation.objects.update(epoch=conversation.epoch + 1)

    assert claimed() == []
    assert OutboundPart.objects.get(ordinal=1).state == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_parts_leave_one_after_the_other(conversation):
    agents_turn(conversation)

    assert [event["data"]["text"] for event in claimed()] == ["part 1"]
    assert claimed() == []


@pytest.mark.django_db(transaction=True)
def test_what_a_person_writes_leaves_at_once_and_survives_the_next_message(conversation, member):
    agents_turn(conversation)

    send_as_person(conversation.pk, member, "我是小王，我来帮您")
    Conversation.objects.update(epoch=99)

    event = claimed()[0]
    assert (event["data"]["text"], event["data"]["author"]) == ("我是小王，我来帮您", "person")
    assert Conversation.objects.get().owner == "human"


@pytest.mark.django_db
def test_the_same_click_heard_twice_sends_once_and_other_words_are_never_swallowed(conversation, member):
    first = send_as_person(conversation.pk, member, "有现车", "click-1")
    again = send_as_person(conversation.pk, member, "有现车", "click-1")
    send_as_person(conversation.pk, member, "有现车，白色", "click-1")
    send_as_person(conversation.pk, member, "有现车", "click-2")

    assert again.pk == first.pk
    assert [part.text for part in OutboundPart.objects.order_by("ordinal")] == ["有现车", "有现车，白色", "有现车"]


@pytest.mark.django_db
def test_handed_back_the_agents_answer_what_is_unanswered(conversation, member):
    take_over(conversation.pk, member)

    return_to_agents(conversation.pk, member)

    found = Conversation.objects.get()
    assert (found.owner, found.turn_due_at is not None, found.assigned_to) == ("bot", True, None)
    assert Handoff.objects.get().returned_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_approved_draft_leaves_as_it_was_mended(conversation, member):
    turn = agents_turn(conversation, "draft")
    assert claimed() == []

    approve_turn(turn.pk, member, ["part 1", "better"])

    assert [event["data"]["text"] for event in claimed()] == ["part 1"]
    OutboundPart.objects.filter(ordinal=1).update(state="sent")
    OutboundPart.objects.update(due_at=timezone.now())
    assert [(event["data"]["text"], event["data"]["author"]) for event in claimed()] == [("better", "person")]


@pytest.mark.django_db
def test_a_draft_the_visitor_has_overtaken_cannot_be_approved(conversation, member):
    turn = agents_turn(conversation, "draft")
    Conversation.objects.update(epoch=conversation.epoch + 1)

    with pytest.raises(InputError, match="gone on since"):
        approve_turn(turn.pk, member)
    assert set(OutboundPart.objects.values_list("state", flat=True)) == {"draft"}


@pytest.mark.django_db
def test_a_rejected_draft_is_gone(conversation, member):
    turn = agents_turn(conversation, "draft")
    reject_turn(turn.pk, member)
    assert set(OutboundPart.objects.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(InputError, match="not await approval"):
        approve_turn(turn.pk, member)


@pytest.mark.django_db
def test_nobody_writes_to_somebody_who_opted_out(conversation, member):
    Conversation.objects.update(opted_out_at=timezone.now())
    with pytest.raises(InputError, match="opted out"):
        send_as_person(conversation.pk, member, "hello?")
    assert not OutboundPart.objects.exists()


@pytest.mark.django_db
def test_a_conversation_of_another_advertiser_is_not_there(conversation):
    other = Advertiser.objects.create(slug="other", name="Other")
    user = get_user_model().objects.create_user("bob@example.com")
    stranger = Member.objects.create(user=user, advertiser=other)
    with pytest.raises(Conversation.DoesNotExist):
        take_over(conversation.pk, stranger)
    assert Conversation.objects.get().owner == "bot"
