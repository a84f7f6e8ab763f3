"""Two people found to be one: no lead is lost, CRMs hear of it, and undoing puts both back as they were."""

from __future__ import annotations

import json

import pytest

from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.crm.feedback import Report, take_report
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.merging import merge_people, undo_merge
from agentbot.leads.people import make_person
from agentbot.models import ChannelAccount, Conversation, CrmDelivery, Lead, Message, PersonMerge, PiiKey
from agentbot.pii import new_key, wrap_key
from core.models import Advertiser

pytestmark = pytest.mark.django_db
PHONE = FoundContact("phone", "+8613800138000", "valid", 0, 11)
WECHAT = FoundContact("wechat", "tea_lover", "valid", 0, 9)


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    return open_channel(advertiser, "webhook", **urls, may_be_private=True).account


def a_lead(account: ChannelAccount, visitor: str, contact: FoundContact, **fields: str) -> Lead:
    key = PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(new_key()))
    talk = Conversation.objects.create(advertiser_id=account.advertiser_id, account=account, visitor=visitor, key=key)
    message = Message.objects.create(
        advertiser_id=account.advertiser_id, conversation=talk, seq=1, direction="in", author="visitor",
        sent_at="2026-11-22T04:00:00Z",
    )  # fmt: skip
    told = {name: {"value": value, "message": str(message.pk)} for name, value in fields.items()}
    return keep_contacts(talk.pk, Given((contact,), str(message.pk), "words", fields=told))


def told(lead: Lead) -> dict:
    rows = CrmDelivery.objects.select_related("key").filter(lead=lead).order_by("-lead_version")
    return json.loads(rows[0].event)["data"]


def values(lead: Lead) -> dict[str, str]:
    found = Lead.objects.select_related("person__key").get(pk=lead.pk)
    return {name: field["value"] for name, field in found.fields.items()}


def test_the_lead_of_somebody_whose_other_self_has_none_moves(account):
    lead = a_lead(account, "v1", PHONE, city="杭州")
    kept = make_person(account.advertiser_id)

    merge = merge_people(kept, lead.person, "by hand")

    moved = Lead.objects.get()
    assert (moved.pk, moved.state, moved.person_id, values(moved)) == (lead.pk, "open", kept.pk, {"city": "杭州"})
    assert (told(lead)["version"], told(lead)["contacts"][0]["value"]) == (2, PHONE.value)

    undo_merge(merge)
    back = Lead.objects.get()
    assert (back.person_id, values(back), told(lead)["version"]) == (lead.person_id, {"city": "杭州"}, 3)


def test_crms_hear_of_both_leads_of_a_merge_and_of_its_undoing(account):
    kept = a_lead(account, "v1", PHONE, city="杭州")
    other = a_lead(account, "v2", WECHAT, city="上海", model="X3")

    merge = merge_people(kept.person, other.person, "by hand")

    assert values(kept) == {"city": "杭州", "model": "X3"}
    assert [each["value"] for each in told(kept)["contacts"]] == [PHONE.value, WECHAT.value]
    assert (told(other)["merged_into"], told(other)["contacts"]) == (kept.external_key, [])

    undo_merge(merge)
    assert (values(kept), values(other)) == ({"city": "杭州"}, {"city": "上海", "model": "X3"})
    assert [each["value"] for each in told(other)["contacts"]] == [WECHAT.value]
    assert "merged_into" not in told(other)
    assert PersonMerge.objects.get().undone_at is not None


def test_what_a_crm_reports_of_a_merged_lead_counts_for_the_one_it_became_part_of(account):
    kept, other = a_lead(account, "v1", PHONE), a_lead(account, "v2", WECHAT)
    merge_people(kept.person, other.person, "by hand")

    found = take_report(account.advertiser, account.crm_id, Report("e1", other.pk, "won"))

    assert (found.pk, found.stage) == (kept.pk, "won")
