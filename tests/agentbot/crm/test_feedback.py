"""What a CRM reports of a lead counts once, and old news never after newer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agentbot.arbiter.situation import named_features
from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.crm.feedback import Report, take_report
from agentbot.leads.capture import Given, keep_contacts
from agentbot.models import AgentTurn, ChannelAccount, Conversation, Lead, Message, PiiKey, PolicyDecision, Reward
from agentbot.pii import new_key, wrap_key
from core.models import Advertiser

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    urls = {"callback_url": "http://127.0.0.1:9/cb", "crm_url": "http://127.0.0.1:9/crm"}
    return open_channel(advertiser, "webhook", **urls, may_be_private=True).account


@pytest.fixture
def lead(account) -> Lead:
    """Given after the second of two turns asked."""
    key = PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(new_key()))
    talk = Conversation.objects.create(advertiser_id=account.advertiser_id, account=account, visitor="v1", key=key)
    for seq, action in ((1, "answer"), (2, "answer_then_ask")):
        turn = AgentTurn.objects.create(advertiser_id=account.advertiser_id, conversation=talk, upto_seq=seq, epoch=1)
        PolicyDecision.objects.create(
            advertiser_id=account.advertiser_id, turn=turn, action=action, propensity=0.9, mask=["answer", action],
            features=named_features(0.5, 1, 0, 0, False, False, False, False), policy="rules-1", seed=1,
            created_at=NOON + seq * HOUR,
        )  # fmt: skip
    message = Message.objects.create(
        advertiser_id=account.advertiser_id, conversation=talk, seq=1, direction="in", author="visitor", sent_at=NOON
    )
    phone = FoundContact("phone", "+8613800138000", "valid", 0, 11)
    return keep_contacts(talk.pk, Given((phone,), str(message.pk), "138****8000"))


def stages(lead: Lead, account: ChannelAccount, *reports: tuple[str, str, dt.datetime | None]) -> list[str]:
    return [
        take_report(account.advertiser, account.crm_id, Report(key, lead.pk, stage, at)).stage
        for key, stage, at in reports
    ]


def test_an_older_contacted_does_not_turn_won_back(lead, account):
    told = (("e2", "won", None), ("e1", "contacted", None), ("e2", "won", None), ("e3", "lost", None))
    assert stages(lead, account, *told) == ["won", "won", "won", "lost"]


def test_a_report_delivered_again_later_changes_nothing(lead, account):
    told = (("e1", "contacted", None), ("e2", "lost", None), ("e3", "won", None), ("e2", "lost", None))
    assert stages(lead, account, *told) == ["contacted", "lost", "won", "won"]


def test_with_their_moments_the_newest_counts_whatever_the_order(lead, account):
    told = (("e1", "won", NOON), ("e2", "lost", NOON - HOUR), ("e3", "contacted", NOON + HOUR))
    assert stages(lead, account, *told) == ["won", "won", "contacted"]


def test_qualified_and_won_reward_the_ask_that_brought_the_contact_once(lead, account):
    stages(
        lead, account, ("e1", "qualified", None), ("e2", "won", None), ("e3", "won", None), ("e1", "qualified", None)
    )

    asked = PolicyDecision.objects.get(action="answer_then_ask")
    found = list(Reward.objects.order_by("pk").values_list("decision", "kind", "value"))
    assert found == [(asked.pk, "contact", 1.0), (asked.pk, "valid", 2.0), (asked.pk, "won", 5.0)]


def test_a_landline_to_be_confirmed_is_no_valid_contact_yet(lead, account):
    Reward.objects.all().delete()
    talk = Conversation.objects.create(
        advertiser_id=account.advertiser_id, account=account, visitor="v2", key=lead.conversation.key
    )
    turn = AgentTurn.objects.create(advertiser_id=account.advertiser_id, conversation=talk, upto_seq=1, epoch=1)
    PolicyDecision.objects.create(
        advertiser_id=account.advertiser_id, turn=turn, action="soft_choice", propensity=0.9, mask=["soft_choice"],
        features={}, policy="rules-1", seed=1,
    )  # fmt: skip
    message = Message.objects.create(
        advertiser_id=account.advertiser_id, conversation=talk, seq=1, direction="in", author="visitor",
        sent_at=timezone.now(),
    )  # fmt: skip
    landline = FoundContact("phone", "+861088886666", "to_confirm", 0, 11)
    keep_contacts(talk.pk, Given((landline,), str(message.pk), "010"))
    assert not Reward.objects.exists()
