"""A handoff nobody takes does not leave the visitor alone for good, and nobody in a circle."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import fields

import pytest
from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.inbox.owning import take_over
from agentbot.inbox.replies import send_as_person
from agentbot.inbox.timeouts import GONE, NOBODY, look_after_handoffs
from agentbot.models import AgentTurn, Conversation, Handoff, HostingRules, Message, OutboundPart, PiiKey
from agentbot.pii import new_key, seal, unwrap_key, wrap_key
from agentbot.turns.claiming import Claim
from agentbot.turns.committing import note_read
from agentbot.turns.context import Waiting, load
from core.clock import ManualClock
from core.models import Advertiser, Member
from core.pools import make_pool

MINUTE = 60.0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(timezone.now())


@pytest.fixture
def pending(clock) -> Conversation:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    account = open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/", may_be_private=True).account
    key = PiiKey.objects.create(advertiser=advertiser, wrapped=wrap_key(new_key()))
    made = Conversation.objects.create(
        advertiser=advertiser, account=account, visitor="v1", key=key, owner="human_pending", last_seq=2,
        last_inbound_seq=2, read_seq=2,
    )  # fmt: skip
    made.refresh_from_db()
    for seq, text in ((1, "转人工"), (2, "人呢？转人工！")):
        said(made, seq, text)
    AgentTurn.objects.create(advertiser=advertiser, conversation=made, upto_seq=1, epoch=1, handoff_reason="asked")
    Handoff.objects.create(
        advertiser=advertiser, conversation=made, reason="asked", created_at=clock.now(),
        answer_by=clock.now() + dt.timedelta(minutes=10),
    )  # fmt: skip
    return made


def said(conversation: Conversation, seq: int, text: str) -> None:
    Message.objects.create(
        advertiser_id=conversation.advertiser_id, conversation=conversation, seq=seq, direction="in", author="visitor",
        key=conversation.key, body=seal(unwrap_key(bytes(conversation.key.wrapped)), text), sent_at=timezone.now(),
    )  # fmt: skip


def waiting(conversation: Conversation) -> Waiting:
    row = Conversation.objects.get(pk=conversation.pk)
    values = {each.name: getattr(row, each.name, None) for each in fields(Claim)} | {"opted_out": False}

    async def read() -> Waiting:
        async with make_pool(1, "test") as pool:
            return (await load(pool, [Claim(**values)]))[0]

    return asyncio.run(read())


@pytest.mark.django_db(transaction=True)
def test_after_its_time_the_agents_take_it_back_and_answer_the_next_message_alone(pending, clock):
    clock.advance(9 * MINUTE)
    assert look_after_handoffs(clock.now()) == 0

    clock.advance(2 * MINUTE)
    assert [look_after_handoffs(clock.now()), look_after_handoffs(clock.now())] == [1, 0]

    found, handoff = Conversation.objects.get(), Handoff.objects.get()
    assert (found.owner, found.turn_due_at, found.epoch) == ("bot", None, pending.epoch + 1)
    assert (handoff.returned_at, handoff.timed_out_at) == (clock.now(), clock.now())
    assert AgentTurn.objects.get(kind="notice").handoff_reason == NOBODY
    assert not OutboundPart.objects.exists()

    Conversation.objects.update(last_seq=3, last_inbound_seq=3)
    said(found, 3, "X3 多少钱？")
    assert [each.text for each in waiting(found).messages] == ["X3 多少钱？"]


@pytest.mark.django_db(transaction=True)
def test_a_message_that_cannot_be_opened_holds_up_no_conversation(pending):
    Message.objects.filter(seq=1).update(body=b"\0" * 40)
    assert [each.text for each in waiting(pending).history] == [""]

    PiiKey.objects.update(wrapped=b"\0" * 60)
    assert waiting(pending).key is None


@pytest.mark.django_db
def test_a_message_being_waited_on_when_the_time_is_up_is_answered(pending, clock):
    Conversation.objects.update(last_inbound_seq=3, turn_due_at=clock.now())
    clock.advance(11 * MINUTE)

    look_after_handoffs(clock.now())

    assert Conversation.objects.get().turn_due_at is not None
    assert AgentTurn.objects.get(kind="notice").upto_seq == 2


@pytest.fixture
def anna(pending) -> Member:
    user = get_user_model().objects.create_user("anna@example.com")
    return Member.objects.create(user=user, advertiser=pending.advertiser)


def visitor_writes(conversation: Conversation, text: str) -> None:
    """Stored, and read by the brain that leaves it to the person."""
    Conversation.objects.update(last_seq=F("last_seq") + 1, epoch=F("epoch") + 1)
    Conversation.objects.update(last_inbound_seq=F("last_seq"), claimed_by=5, turn_due_at=timezone.now())
    row = Conversation.objects.get()
    said(row, row.last_seq, text)

    async def read() -> bool:
        async with make_pool(1, "test") as pool:
            values = {"conversation": row.pk, "upto": row.last_inbound_seq, "epoch": row.epoch}
            return await note_read(pool, 5, values)

    assert asyncio.run(read())


@pytest.mark.django_db
def test_what_a_person_has_taken_and_answered_stays_theirs(pending, anna, clock):
    take_over(pending.pk, anna)
    send_as_person(pending.pk, anna, "我是安娜，我来帮您")
    clock.advance(600 * MINUTE)

    assert look_after_handoffs(clock.now()) == 0
    assert Conversation.objects.get().owner == "human"


@pytest.mark.django_db
def test_whoever_asked_for_a_person_is_not_left_with_one_who_took_it_and_went_away(pending, anna, clock):
    clock.advance(9 * MINUTE)
    take_over(pending.pk, anna)
    assert look_after_handoffs(timezone.now() + dt.timedelta(minutes=9)) == 0

    late = timezone.now() + dt.timedelta(minutes=11)
    assert [look_after_handoffs(late), look_after_handoffs(late)] == [1, 0]

    found = Conversation.objects.get()
    assert (found.owner, found.assigned_to, found.turn_due_at) == ("bot", None, None)
    assert (Handoff.objects.get().returned_at, AgentTurn.objects.get(kind="notice").handoff_reason) == (late, GONE)
    assert not OutboundPart.objects.exists()


@pytest.mark.django_db
def test_a_person_who_is_typing_has_not_gone_away(pending, anna):
    take_over(pending.pk, anna)
    begun = timezone.now()
    Conversation.objects.update(person_typed_at=begun + dt.timedelta(minutes=8))

    assert look_after_handoffs(begun + dt.timedelta(minutes=12)) == 0
    assert look_after_handoffs(begun + dt.timedelta(minutes=19)) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_written_after_a_persons_last_words_is_answered_by_the_agents(pending, anna):
    send_as_person(pending.pk, anna, "您好，我是安娜")
    assert Handoff.objects.get().answer_by is None
    visitor_writes(pending, "X3 多少钱？")
    begun = timezone.now()
    assert look_after_handoffs(begun + dt.timedelta(minutes=9)) == 0

    assert look_after_handoffs(begun + dt.timedelta(minutes=11)) == 1

    found = Conversation.objects.get()
    assert (found.owner, found.turn_due_at) == ("bot", begun + dt.timedelta(minutes=11))
    assert [each.text for each in waiting(found).messages] == ["X3 多少钱？"]


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_time_stops_the_clock(pending, anna):
    send_as_person(pending.pk, anna, "您好，我是安娜")
    visitor_writes(pending, "X3 多少钱？")
    send_as_person(pending.pk, anna, "我查一下")

    assert look_after_handoffs(timezone.now() + dt.timedelta(minutes=600)) == 0
    assert Conversation.objects.get().owner == "human"


@pytest.mark.django_db
def test_who_took_it_and_does_not_write_is_reminded_where_that_is_wanted(pending, anna):
    HostingRules.objects.create(advertiser=pending.advertiser, when_nobody="remind", handoff_minutes=5)
    take_over(pending.pk, anna)
    begun = timezone.now()
    reminded = [look_after_handoffs(begun + dt.timedelta(minutes=minute)) for minute in range(1, 60)]

    assert [minute for minute, count in enumerate(reminded, start=1) if count] == [5, 10, 15]
    assert Conversation.objects.get().owner == "human"


@pytest.mark.django_db
def test_people_who_want_reminding_are_reminded_three_times(pending, clock):
    HostingRules.objects.create(advertiser=pending.advertiser, when_nobody="remind")

    reminded = []
    for _ in range(120):
        clock.advance(MINUTE)
        reminded.append(look_after_handoffs(clock.now()))

    assert [at + 1 for at, count in enumerate(reminded) if count] == [10, 20, 30]
    assert Conversation.objects.get().owner == "human_pending"


@pytest.mark.django_db
def test_nobody_comes_back_to_somebody_who_opted_out(pending, clock):
    Conversation.objects.update(opted_out_at=clock.now())
    clock.advance(60 * MINUTE)
    assert look_after_handoffs(clock.now()) == 0
