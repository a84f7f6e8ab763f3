"""Who opted out is not written to, anywhere; who comes back with a contact is called, and still not written to."""

from __future__ import annotations

import asyncio

import pytest
from django.contrib.auth import get_user_model

from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.inbox.replies import send_as_person
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.opting_out import opt_out
from agentbot.models import (
    ChannelAccount,
    Conversation,
    CrmDelivery,
    Lead,
    LeadTask,
    Message,
    OutboundPart,
    PiiKey,
    Suppression,
)
from agentbot.pii import new_key, seal, unwrap_key, wrap_key
from agentbot.turns.brain import Brain
from agentbot.turns.claiming import claim_due
from core.errors import InputError
from core.models import Advertiser, Member
from core.pools import make_pool

PHONE = FoundContact("phone", "+8613800138000", "valid", 0, 11)


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    return open_channel(advertiser, "webhook", **urls, may_be_private=True).account


@pytest.fixture
def member(account) -> Member:
    return Member.objects.create(
        user=get_user_model().objects.create_user("anna@example.com"), advertiser=account.advertiser
    )


def a_talk(account: ChannelAccount, visitor: str) -> Conversation:
    key = PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(new_key()))
    made = Conversation.objects.create(advertiser_id=account.advertiser_id, account=account, visitor=visitor, key=key)
    made.refresh_from_db()
    return made


def said(talk: Conversation, text: str, direction: str = "in") -> Message:
    seq = talk.messages.count() + 1
    made = Message.objects.create(
        advertiser_id=talk.advertiser_id, conversation=talk, seq=seq, direction=direction, key=talk.key,
        author="visitor" if direction == "in" else "expert", sent_at=talk.created_at,
        body=seal(unwrap_key(bytes(talk.key.wrapped)), text),
    )  # fmt: skip
    values = {"last_seq": seq} | ({"last_inbound_seq": seq} if direction == "in" else {})
    Conversation.objects.filter(pk=talk.pk).update(**values)
    return made


def read_by_the_brain(talk: Conversation) -> None:
    """One round of a real brain over what the visitor has just said."""
    Conversation.objects.filter(pk=talk.pk).update(turn_due_at=talk.created_at)

    async def answer() -> None:
        async with make_pool(2, "test") as pool:
            brain = Brain(pool, 7)
            await brain._answer_all(await claim_due(pool, 7, 5))

    asyncio.run(answer())


@pytest.mark.django_db
def test_a_person_answers_but_does_not_write_unasked_to_a_contact_that_opted_out(account, member):
    one, other = a_talk(account, "v1"), a_talk(account, "v2")
    for each in (one, other):
        keep_contacts(each.pk, Given((PHONE,), str(said(each, "13800138000").pk), "138****8000"))
    opt_out(one.pk)

    send_as_person(other.pk, member, "您好，您的问题我来答")
    OutboundPart.objects.all().delete()
    said(other, "您好，您的问题我来答", "out")
    with pytest.raises(InputError, match="opted out elsewhere"):
        send_as_person(other.pk, member, "周末有活动")
    assert not OutboundPart.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_contact_left_after_an_opt_out_is_a_lead_for_a_person_and_nothing_is_sent(account):
    talk = a_talk(account, "v1")
    said(talk, "退订")
    opt_out(talk.pk)
    said(talk, "想了想还是请打我电话 13800138000")

    for _ in range(2):
        read_by_the_brain(talk)

    lead = Lead.objects.get()
    assert [each.masked for each in lead.person.contacts.all()] == ["138****8000"]
    assert CrmDelivery.objects.get().event_type == "lead.created"
    assert [task.text[:3] for task in LeadTask.objects.all()] == ["退订后"]
    assert not OutboundPart.objects.exists()
    found = Conversation.objects.get()
    assert (found.opted_out_at is not None, found.turn_due_at, found.read_seq) == (True, None, 2)
    assert Suppression.objects.filter(scope="opt_out").exists()


@pytest.mark.django_db(transaction=True)
def test_a_number_in_another_opt_out_is_no_contact(account):
    talk = a_talk(account, "v1")
    said(talk, "退订")
    opt_out(talk.pk)
    said(talk, "别再打 13800138000 了，退订")

    read_by_the_brain(talk)

    assert not Lead.objects.exists()
