"""From decisions in the books to a policy that turns carry, and back again."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import uuid

import numpy as np
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from agentbot.arbiter.bandit import LinearPolicy, policy_from
from agentbot.arbiter.choosing import is_held_out
from agentbot.arbiter.situation import FEATURES, named_features
from agentbot.channels.opening import open_channel
from agentbot.learning import policies
from agentbot.learning.decisions import logged_rows
from agentbot.models import (
    AgentTurn,
    Conversation,
    Message,
    OutboundPart,
    PiiKey,
    PolicyDecision,
    PolicyVersion,
    Reward,
)
from agentbot.pii import new_key, seal, wrap_key
from agentbot.tasks import learn
from agentbot.turns.brain import Brain
from agentbot.turns.claiming import claim_due
from agentbot.turns.policies import PolicyShelf
from core.models import Advertiser
from core.pools import make_pool

NOW = timezone.now()
MASK = ["answer", "soft_choice"]
SENSITIVE = named_features(0.5, 2, 0, 0, True, False, False, False)


def a_log(count: int, gain: float, vertical: str = "car", state: str = "sent") -> None:
    """Decisions of sensitive talk: the soft way earns `gain` more than an answer alone, logged evenly."""
    rng = np.random.default_rng(5)
    advertiser = Advertiser.objects.create(slug=f"{vertical}-{uuid.uuid4().hex[:6]}", name="A", vertical=vertical)
    account = open_channel(advertiser, "widget").account
    talks = [
        Conversation(advertiser=advertiser, account=account, visitor=f"v{number}") for number in range(count // 3 + 1)
    ]
    Conversation.objects.bulk_create(talks)
    turns, parts, decisions, earned = [], [], [], []
    for number in range(count):
        at = NOW - dt.timedelta(days=3) + dt.timedelta(seconds=number)
        action = MASK[int(rng.integers(0, 2))]
        turn = AgentTurn(advertiser=advertiser, conversation=talks[number // 3], upto_seq=number, epoch=1)
        turns.append(turn)
        parts.append(
            OutboundPart(
                advertiser=advertiser, account=account, conversation=talks[number // 3], turn=turn, ordinal=number,
                epoch=1, planned_at=at, state=state,
            )
        )  # fmt: skip
        seen = named_features(float(rng.random()), int(rng.integers(1, 6)), 0, 0, True, False, False, False)
        decisions.append(
            PolicyDecision(
                advertiser=advertiser, turn=turn, action=action, propensity=0.5, mask=MASK, features=seen,
                policy="rules-1", seed=1, created_at=at,
            )
        )  # fmt: skip
        earned.append(rng.random() < 0.2 + gain * (action == "soft_choice"))
    AgentTurn.objects.bulk_create(turns)
    OutboundPart.objects.bulk_create(parts)
    kept = PolicyDecision.objects.bulk_create(decisions)
    Reward.objects.bulk_create(
        Reward(advertiser=advertiser, decision=decision, kind="contact", value=1.0)
        for decision, won in zip(kept, earned, strict=True)
        if won
    )


def answered(visitors: int) -> set[tuple[bool, str]]:
    """(held out, policy) of the decisions that a real brain takes on what so many visitors ask."""
    advertiser = Advertiser.objects.create(slug="shop", name="Shop", vertical="car")
    account = open_channel(advertiser, "widget").account
    for number in range(visitors):
        key = new_key()
        row = PiiKey.objects.create(advertiser=advertiser, wrapped=wrap_key(key))
        talk = Conversation.objects.create(
            pk=uuid.UUID(int=number), advertiser=advertiser, account=account, visitor=f"v{number}", key=row, last_seq=1,
            last_inbound_seq=1, turn_due_at=timezone.now(),
        )  # fmt: skip
        Message.objects.create(
            advertiser=advertiser, conversation=talk, seq=1, direction="in", author="visitor", sent_at=timezone.now(),
            key=row, body=seal(key, "X3 多少钱？"),
        )  # fmt: skip

    async def answer() -> None:
        async with make_pool(4, "test") as pool:
            brain = Brain(pool, 7)
            await brain._answer_all(await claim_due(pool, 7, visitors))

    asyncio.run(answer())
    made = PolicyDecision.objects.filter(advertiser=advertiser).select_related("turn")
    return {(is_held_out(str(each.turn.conversation_id)), each.policy) for each in made}


def carried(vertical: str) -> dict:
    async def read() -> dict:
        async with make_pool(1, "test") as pool:
            return await PolicyShelf(pool).of(vertical)

    return asyncio.run(read())


@pytest.mark.django_db(transaction=True)
def test_a_policy_that_holds_is_carried_by_turns_until_somebody_goes_back(capsys):
    a_log(5000, 0.6)

    (version,) = policies.learn_all(NOW)

    assert (version.vertical, version.is_promoted, version.reason) == ("car", True, policies.PROMOTED)
    assert version.lower > version.current
    learned = policy_from(carried("car"))
    assert learned is not None
    assert (learned.name, learned.preferred(SENSITIVE, MASK)) == (version.name, "soft_choice")
    assert carried("clinic") == {}

    call_command("promote_policy", "--rollback", "--vertical", "car", "--json")

    assert json.loads(capsys.readouterr().out)["policies"][0]["in_force"] == "rules"
    assert carried("car") == {}
    again = policies.learn("car", NOW + dt.timedelta(hours=1))
    assert again is not None
    assert (again.is_promoted, again.reason) == (False, policies.WENT_BACK)


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_decided_by_the_policy_in_force_but_for_the_tenth_that_stays_with_rules():
    weights = {action: [0.0] * len(FEATURES) for action in ("answer", "soft_choice")}
    PolicyVersion.objects.create(
        vertical="car", name="car-1", policy=LinearPolicy("car-1", weights).as_json(), is_promoted=True, reason="",
        decisions=1, value=1, lower=1, effective=1, current=0,
    )  # fmt: skip

    assert answered(20) == {(False, "car-1"), (True, "rules-1")}


@pytest.mark.django_db
def test_the_scheduler_rings_for_learning():
    assert settings.CELERY_BEAT_SCHEDULE["learn from conversations"]["task"] == learn.name
    learn()


@pytest.mark.django_db
def test_verdicts_that_do_not_promote_are_kept_with_their_reason():
    a_log(600, 0.6, "clinic")
    a_log(100, 0.6, "travel")

    assert [(each.vertical, each.reason) for each in policies.learn_all(NOW)] == [("clinic", policies.TOO_FEW)]
    assert policies.learn_daily(NOW + dt.timedelta(hours=1)) == []
    assert policies.in_force("clinic") is None
    assert PolicyVersion.objects.get().decisions == 600


@pytest.mark.django_db
def test_going_back_brings_the_one_before_or_the_rules():
    for name in ("first", "second"):
        PolicyVersion.objects.create(
            vertical="car", name=name, policy={}, is_promoted=True, reason="", decisions=1, value=1, lower=1,
            effective=1, current=0,
        )  # fmt: skip

    policies.go_back("car", NOW)
    assert policies.in_force("car").name == "first"
    policies.go_back("car", NOW, to_rules=True)
    assert policies.in_force("car") is None


@pytest.mark.django_db
def test_what_never_reached_a_visitor_teaches_nothing():
    a_log(6, 0.5, state="cancelled")
    assert logged_rows("car", NOW) == []


@pytest.mark.django_db
def test_a_decision_answers_for_all_that_followed_it():
    a_log(3, 0.0)
    Reward.objects.all().delete()
    last = PolicyDecision.objects.order_by("created_at").last()
    Reward.objects.create(advertiser_id=last.advertiser_id, decision=last, kind="contact", value=1.0)
    Reward.objects.create(advertiser_id=last.advertiser_id, decision=last, kind="won", value=5.0)

    assert [row.reward for row in logged_rows("car", NOW)] == [6.0, 6.0, 6.0]


@pytest.mark.django_db
def test_decisions_too_young_to_know_are_left_out():
    a_log(3, 0.0)
    assert logged_rows("car", NOW - dt.timedelta(days=3)) == []
