"""A follow-up leaves only if everything that spoke for it still does when it is due."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.following.firing import fire_due, why_not
from agentbot.following.plans import Step, start_plan, stop_plan
from agentbot.models import ChannelAccount, Conversation, FollowUp, OutboundPart, Person, PiiKey
from agentbot.pii import new_key, wrap_key
from core.errors import InputError
from core.models import Advertiser, Member

pytestmark = pytest.mark.django_db
STEPS = (Step(1, "还有什么可以帮您？"), Step(24, "活动周日结束。"))


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
        advertiser=member.advertiser,
        account=account,
        visitor="v1",
        key=key,
        last_inbound_seq=1,
        last_visitor_at=timezone.now() - dt.timedelta(hours=2),
    )
    made.refresh_from_db()
    return made


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agentbot.following.firing.EARLIEST_HOUR", 0)
    monkeypatch.setattr("agentbot.following.firing.LATEST_HOUR", 24)


def test_the_step_that_is_due_leaves_once_with_words_to_end_it(conversation, member):
    start_plan(conversation.pk, "quiet", STEPS, member)

    assert [fire_due(), fire_due()] == [1, 0]

    part = OutboundPart.objects.select_related("key").get()
    assert part.text == "还有什么可以帮您？（不想再收到消息，回复“退订”即可）"
    assert list(FollowUp.objects.order_by("step").values_list("state", flat=True)) == ["sent", "waiting"]


def test_a_plan_started_twice_is_one(conversation, member):
    for _ in range(2):
        start_plan(conversation.pk, "quiet", STEPS, member)
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda c: Conversation.objects.update(opted_out_at=timezone.now()), "opted out"),
        (lambda c: Conversation.objects.update(erased_at=timezone.now()), "erased"),
        (lambda c: ChannelAccount.objects.update(state="disabled"), "channel closed"),
        (lambda c: Conversation.objects.update(owner="human"), "a person has it"),
        (lambda c: Conversation.objects.update(last_inbound_seq=2), "visitor wrote"),
        (lambda c: Conversation.objects.update(person=Person.objects.create(advertiser=c.advertiser)), "contact given"),
    ],
)
def test_whatever_changed_since_keeps_it_back(conversation, member, change, reason):
    start_plan(conversation.pk, "quiet", STEPS, member)
    change(conversation)

    fire_due()

    assert FollowUp.objects.get(step=1).skipped_because == reason
    assert not OutboundPart.objects.exists()


def test_a_stopped_plan_never_fires(conversation, member):
    start_plan(conversation.pk, "quiet", STEPS, member)
    assert stop_plan(conversation.pk, member) == 2
    assert fire_due() == 0


def test_nobody_plans_for_somebody_who_opted_out(conversation, member):
    Conversation.objects.update(opted_out_at=timezone.now())
    with pytest.raises(InputError, match="opted out"):
        start_plan(conversation.pk, "quiet", STEPS, member)


def test_nothing_speaks_against_it_by_itself(conversation, member):
    steps = start_plan(conversation.pk, "quiet", STEPS, member)
    conversation.refresh_from_db()
    assert why_not(steps[0], conversation) == ""
