"""Silence after an ask, complaints and opt-outs come to count, once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agentbot.arbiter.situation import named_features
from agentbot.channels.opening import open_channel
from agentbot.learning.rewards import note_rewards
from agentbot.models import AgentTurn, Conversation, Message, OutboundPart, PolicyDecision, Reward
from core.models import Advertiser

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def talk() -> Conversation:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    account = open_channel(advertiser, "widget").account
    return Conversation.objects.create(advertiser=advertiser, account=account, visitor="v1")


def decided(talk: Conversation, hours_ago: float, action: str = "answer_then_ask", handoff: str = "") -> PolicyDecision:
    at = NOW - hours_ago * HOUR
    asks = action != "answer"
    turn = AgentTurn.objects.create(
        advertiser_id=talk.advertiser_id, conversation=talk, upto_seq=int(hours_ago * 10), epoch=1, asks_contact=asks,
        handoff_reason=handoff, created_at=at,
    )  # fmt: skip
    OutboundPart.objects.create(
        advertiser_id=talk.advertiser_id, account_id=talk.account_id, conversation=talk, turn=turn,
        ordinal=int(hours_ago * 10), epoch=1, planned_at=at, state="sent", sent_at=at, asks_contact=asks,
    )  # fmt: skip
    return PolicyDecision.objects.create(
        advertiser_id=talk.advertiser_id, turn=turn, action=action, propensity=0.9, mask=["answer", action],
        features=named_features(0.5, 1, 0, 0, False, False, False, False), policy="rules-1", seed=1, created_at=at,
    )  # fmt: skip


def said(talk: Conversation, hours_ago: float) -> None:
    at = NOW - hours_ago * HOUR
    Message.objects.create(
        advertiser_id=talk.advertiser_id, conversation=talk, seq=int(hours_ago * 10), direction="in", author="visitor",
        sent_at=at, created_at=at,
    )  # fmt: skip


def rewards() -> list[tuple[int, str, float]]:
    return list(Reward.objects.order_by("pk").values_list("decision", "kind", "value"))


def test_a_day_of_silence_after_an_ask_costs_once(talk):
    asked = decided(talk, 25)

    assert [note_rewards(NOW), note_rewards(NOW + HOUR)] == [1, 0]
    assert rewards() == [(asked.pk, "silence", -0.3)]


def test_no_silence_before_the_day_is_over_after_a_reply_or_without_an_ask(talk):
    decided(talk, 23)
    decided(talk, 60)
    said(talk, 50)
    decided(talk, 26, "answer")

    assert note_rewards(NOW) == 0


def test_a_late_reply_does_not_undo_the_silence(talk):
    asked = decided(talk, 60)
    said(talk, 30)

    note_rewards(NOW)
    assert rewards() == [(asked.pk, "silence", -0.3)]


def test_a_complaint_counts_against_the_decision_before_it(talk):
    before = decided(talk, 2)
    decided(talk, 1, "hand_off", handoff="complaint")

    assert [note_rewards(NOW), note_rewards(NOW)] == [1, 0]
    assert rewards() == [(before.pk, "complaint", -1.0)]


def test_an_opt_out_counts_against_the_last_decision_of_that_day(talk):
    decided(talk, 9)
    last = decided(talk, 3)
    Conversation.objects.update(opted_out_at=NOW - HOUR)

    note_rewards(NOW)
    assert rewards() == [(last.pk, "opt_out", -1.0)]


def test_an_opt_out_weeks_later_is_no_decisions_fault(talk):
    decided(talk, 24 * 8)
    said(talk, 24 * 8 - 1)
    Conversation.objects.update(opted_out_at=NOW)

    note_rewards(NOW)
    assert rewards() == []
