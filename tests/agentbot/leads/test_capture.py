"""From a contact to one lead, however often and from wherever it comes."""

from __future__ import annotations

import json
import threading

import pytest
from django.db import connection

from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.erasing import erase_visitor
from agentbot.leads.merging import undo_merge
from agentbot.leads.opting_out import opt_out
from agentbot.models import (
    ChannelAccount,
    ContactPoint,
    Conversation,
    CrmDelivery,
    CrmLink,
    ErasureReport,
    Lead,
    Message,
    OutboundPart,
    Person,
    PersonMerge,
    PiiKey,
    Suppression,
)
from agentbot.pii import new_key, seal, wrap_key
from core.models import Advertiser

PHONE = FoundContact("phone", "+8613800138000", "valid", 0, 11)
OTHER = FoundContact("phone", "+8613900139000", "valid", 0, 11)
WECHAT = FoundContact("wechat", "tea_lover", "valid", 0, 9)


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    return open_channel(advertiser, "webhook", **urls, may_be_private=True).account


def a_conversation(account: ChannelAccount, visitor: str) -> Conversation:
    key = PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(new_key()))
    return Conversation.objects.create(
        advertiser_id=account.advertiser_id, account=account, visitor=visitor, key=key, last_seq=0
    )


def given(conversation: Conversation, *contacts: FoundContact, withdraws: tuple[str, ...] = ()) -> Given:
    seq = conversation.messages.count() + 1
    message = Message.objects.create(
        advertiser_id=conversation.advertiser_id,
        conversation=conversation,
        seq=seq,
        direction="in",
        author="visitor",
        key=conversation.key,
        body=b"",
        sent_at=conversation.created_at,
    )
    return Given(contacts, str(message.pk), "我的电话是138****8000", withdraws)


def events() -> list[dict]:
    rows = CrmDelivery.objects.select_related("key").order_by("lead_version")
    return [json.loads(row.event) for row in rows if row.event]


@pytest.mark.django_db
def test_a_contact_becomes_a_lead_with_consent_and_a_delivery(account):
    conversation = a_conversation(account, "v1")
    conversation.refresh_from_db()

    lead = keep_contacts(conversation.pk, given(conversation, PHONE))

    event = events()[0]
    assert (event["type"], event["data"]["external_key"]) == ("lead.created", f"aip_lead_{lead.pk}")
    assert event["data"]["contacts"] == [{"type": "phone", "value": "+8613800138000", "status": "valid"}]
    assert event["data"]["consents"][0]["purpose"] == "contact"
    assert event["data"]["consents"][0]["words"] == "我的电话是138****8000"
    assert ContactPoint.objects.get().masked == "138****8000"


@pytest.mark.django_db
def test_the_same_again_says_nothing_new(account):
    conversation = a_conversation(account, "v1")
    conversation.refresh_from_db()
    first = given(conversation, PHONE)

    leads = {keep_contacts(conversation.pk, each).pk for each in (first, first, given(conversation, PHONE))}

    assert len(leads) == 1
    assert [event["type"] for event in events()] == ["lead.created"]


@pytest.mark.django_db
def test_a_corrected_contact_drops_out(account):
    conversation = a_conversation(account, "v1")
    conversation.refresh_from_db()
    keep_contacts(conversation.pk, given(conversation, PHONE))

    keep_contacts(conversation.pk, given(conversation, OTHER, withdraws=(PHONE.value,)))

    last = events()[-1]
    assert (last["type"], last["data"]["version"]) == ("lead.updated", 2)
    assert [contact["value"] for contact in last["data"]["contacts"]] == [OTHER.value]


@pytest.mark.django_db
def test_two_people_who_turn_out_to_be_one_are_merged_and_can_be_parted_again(account):
    first, second = a_conversation(account, "v1"), a_conversation(account, "v2")
    for each in (first, second):
        each.refresh_from_db()
    kept = keep_contacts(first.pk, given(first, PHONE))
    merged = keep_contacts(second.pk, given(second, WECHAT))

    keep_contacts(second.pk, given(second, PHONE))

    assert set(Lead.objects.filter(state="open")) == {kept}
    assert {each.value for each in ContactPoint.objects.filter(person=kept.person)} == {PHONE.value, WECHAT.value}
    undo_merge(PersonMerge.objects.get())
    assert set(Lead.objects.filter(state="open")) == {kept, merged}
    merged.person.refresh_from_db()
    assert [each.value for each in ContactPoint.objects.filter(person=merged.person)] == [WECHAT.value]
    assert merged.person.merged_into is None


@pytest.mark.django_db
def test_after_an_opt_out_nothing_waits_to_be_sent(account):
    conversation = a_conversation(account, "v1")
    conversation.refresh_from_db()
    keep_contacts(conversation.pk, given(conversation, PHONE))
    OutboundPart.objects.create(
        advertiser_id=account.advertiser_id,
        account=account,
        conversation=conversation,
        ordinal=1,
        epoch=1,
        planned_at=conversation.created_at,
    )

    opt_out(conversation.pk)

    assert [part.state for part in OutboundPart.objects.all()] == ["cancelled"]
    assert Conversation.objects.get().opted_out_at is not None
    assert events()[-1]["data"]["consents"] == []
    assert Suppression.objects.filter(scope="opt_out").count() == 2


@pytest.mark.django_db
def test_erasing_leaves_no_word_and_tells_the_crm(account):
    conversation = a_conversation(account, "v1")
    conversation.refresh_from_db()
    lead = keep_contacts(conversation.pk, given(conversation, PHONE))
    person = lead.person
    sealed = seal(b"0" * 32, "x")
    CrmLink.objects.create(advertiser_id=lead.advertiser_id, lead=lead, connection=account.crm, external_id="x")
    Message.objects.update(body=sealed)

    report = erase_visitor(account.advertiser, conversation.pk)

    assert (report.counts["contacts"], report.counts["messages"], report.counts["leads"]) == (1, 1, 1)
    assert [event["type"] for event in events()] == ["lead.erased"]
    assert not ContactPoint.objects.exists()
    assert not PiiKey.objects.filter(person=person, wrapped__isnull=False).exists()
    assert Conversation.objects.get().visitor == f"erased-{conversation.pk}"
    assert Suppression.objects.filter(scope="erasure").count() == 2
    assert ErasureReport.objects.get().finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_leads_at_once_are_one(account):
    conversations = [a_conversation(account, f"v{number}") for number in range(50)]
    gifts = []
    for each in conversations:
        each.refresh_from_db()
        gifts.append(given(each, PHONE))
    queue = list(zip(conversations, gifts, strict=True))
    failures: list[Exception] = []

    def work() -> None:
        try:
            while queue:
                conversation, gift = queue.pop()
                keep_contacts(conversation.pk, gift)
        except IndexError:
            return
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert (Lead.objects.count(), Person.objects.count(), ContactPoint.objects.count()) == (1, 1, 1)
    assert [event["type"] for event in events()] == ["lead.created"]
    assert Conversation.objects.filter(person=Person.objects.get()).count() == 50


@pytest.mark.django_db
def test_a_mistyped_number_of_somebody_else_makes_nobody_the_same_person(account):
    first, second = a_conversation(account, "v1"), a_conversation(account, "v2")
    keep_contacts(first.pk, given(first, PHONE))
    keep_contacts(second.pk, given(second, PHONE))
    mine = keep_contacts(second.pk, given(second, OTHER, withdraws=(PHONE.value,)))

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.person_id != second.person_id
    assert mine.person_id == second.person_id
    assert [each.masked for each in first.person.contacts.all()] == ["138****8000"]
    assert [each.masked for each in second.person.contacts.all()] == ["139****9000"]
