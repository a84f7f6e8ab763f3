"""Plans begin by themselves where somebody fell silent, and nobody who opted out hears of it."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from agentbot.channels.opening import open_channel
from agentbot.contracts import FoundContact
from agentbot.following.firing import fire_due
from agentbot.following.plans import LONGEST_TEXT
from agentbot.following.starting import AFTER_ASK, AFTER_PROMISE, start_due, usual_steps
from agentbot.leads.capture import Given, keep_contacts
from agentbot.leads.opting_out import opt_out
from agentbot.models import (
    AgentTurn,
    ChannelAccount,
    Conversation,
    FollowUp,
    HostingRules,
    Lead,
    Message,
    OutboundPart,
    PiiKey,
)
from agentbot.packs import VERTICALS
from agentbot.pii import new_key, seal, wrap_key
from core.models import Advertiser

HOUR = dt.timedelta(hours=1)
NOW = timezone.now().replace(hour=4, minute=0)
PHONE = FoundContact("phone", "+8613800138000", "valid", 0, 11)


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agentbot.following.firing.EARLIEST_HOUR", 0)
    monkeypatch.setattr("agentbot.following.firing.LATEST_HOUR", 24)


@pytest.fixture
def account() -> ChannelAccount:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    return open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/", may_be_private=True).account


def asked(
    account: ChannelAccount, visitor: str = "v1", *, said: str = "多少钱？", hours_ago: float = 3
) -> Conversation:
    """The visitor asked something, and our last turn asked for the contact."""
    at = NOW - hours_ago * HOUR
    key = new_key()
    made = Conversation.objects.create(
        advertiser_id=account.advertiser_id, account=account, visitor=visitor, last_seq=1, last_inbound_seq=1, read_seq=1,
        key=PiiKey.objects.create(advertiser_id=account.advertiser_id, wrapped=wrap_key(key)), last_visitor_at=at,
    )  # fmt: skip
    made.refresh_from_db()
    Message.objects.create(
        advertiser_id=account.advertiser_id, conversation=made, seq=1, direction="in", author="visitor", sent_at=at,
        key=made.key, body=seal(key, said),
    )  # fmt: skip
    turn = AgentTurn.objects.create(
        advertiser_id=account.advertiser_id, conversation=made, upto_seq=1, epoch=1, asks_contact=True
    )
    OutboundPart.objects.create(
        advertiser_id=account.advertiser_id, account=account, conversation=made, turn=turn, ordinal=1, epoch=1,
        planned_at=at, state="sent", sent_at=at, asks_contact=True,
    )  # fmt: skip
    Conversation.objects.update(part_count=1)
    return made


def given(conversation: Conversation) -> Given:
    return Given((PHONE,), str(conversation.messages.get(seq=1).pk), "138****8000")


def sent() -> list[str]:
    return [part.text for part in OutboundPart.objects.select_related("key").filter(state="scheduled").order_by("pk")]


@pytest.mark.django_db
def test_silence_after_an_ask_begins_one_plan_that_asks_for_nothing(account):
    asked(account)
    asked(account, "v2", said="How much is it?")

    assert [start_due(NOW), start_due(NOW)] == [2, 0]
    assert fire_due(NOW) == 0
    assert fire_due(NOW + 18 * HOUR) == 2

    assert sorted(sent()) == [
        "Is there anything you'd like me to add to what you asked? Just reply whenever it suits you."
        " (Reply STOP to hear no more.)",
        "您上次问的，还有什么要我补充的吗？方便时回我一句就行。（不想再收到消息，回复“退订”即可）",
    ]
    assert not AgentTurn.objects.filter(kind="follow_up", asks_contact=True).exists()


@pytest.mark.parametrize("vertical", [*VERTICALS, "", "unheard of"])
def test_every_trade_has_words_of_its_own_that_fit_and_promise_nothing(vertical):
    for language, start in (("zh-CN", "要是还在考虑"), ("en", "No hurry")):
        words = [step.text for plan in (AFTER_ASK, AFTER_PROMISE) for step in usual_steps(plan, vertical, language)]
        assert words[1].startswith(start)
        assert not [text for text in words if "{" in text or len(text) > LONGEST_TEXT or any(map(str.isdigit, text))]
    assert "销售顾问把车价" in usual_steps(AFTER_ASK, "car", "zh-CN")[1].text


@pytest.mark.django_db
def test_a_promised_call_is_asked_after_unless_somebody_has_called(account):
    one, other = asked(account), asked(account, "v2")
    lead = keep_contacts(one.pk, given(one))
    second = keep_contacts(
        other.pk,
        Given((FoundContact("wechat", "tea_lover", "valid", 0, 9),), str(other.messages.get(seq=1).pk), "tea***"),
    )

    assert start_due(NOW) == 2
    Lead.objects.filter(pk=second.pk).update(stage="contacted")
    fire_due(NOW + 30 * HOUR)

    assert FollowUp.objects.get(conversation=one).state == "sent"
    assert FollowUp.objects.get(conversation=other).skipped_because == "somebody has called"
    assert sent()[0].startswith("您之前留了联系方式，同事联系上您了吗？")
    assert lead.conversation_id == one.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda c: Conversation.objects.update(last_visitor_at=NOW - HOUR),
        lambda c: Conversation.objects.update(last_visitor_at=NOW - 100 * HOUR),
        lambda c: Conversation.objects.update(opted_out_at=NOW),
        lambda c: Conversation.objects.update(owner="human"),
        lambda c: Conversation.objects.update(turn_due_at=NOW),
        lambda c: AgentTurn.objects.update(refuses=True),
        lambda c: OutboundPart.objects.update(asks_contact=False),
        lambda c: HostingRules.objects.create(advertiser=c.advertiser, follows_up=False),
        lambda c: ChannelAccount.objects.update(state="disabled"),
    ],
)
def test_no_plan_begins_where_something_speaks_against_it(account, change):
    change(asked(account))
    assert start_due(NOW) == 0


@pytest.mark.django_db
def test_an_advertisers_own_plan_comes_before_the_usual_one(account):
    HostingRules.objects.create(
        advertiser=account.advertiser, follow_up_steps=[{"after_hours": 10, "text": "周末有试驾活动。"}]
    )
    asked(account)
    start_due(NOW)
    assert FollowUp.objects.get().text == "周末有试驾活动。（不想再收到消息，回复“退订”即可）"


@pytest.mark.django_db
def test_a_contact_that_opted_out_is_not_followed_up_in_another_conversation(account):
    one, other = asked(account), asked(account, "v2")
    keep_contacts(one.pk, given(one))
    start_due(NOW)
    keep_contacts(other.pk, Given((PHONE,), str(other.messages.get(seq=1).pk), "138****8000"))
    FollowUp.objects.update(preconditions={"seq": 1})

    opt_out(one.pk)
    fire_due(NOW + 30 * HOUR)

    assert FollowUp.objects.get(conversation=other, step=1).skipped_because == "opted out elsewhere"
    assert sent() == []


@pytest.mark.django_db
def test_a_conversation_whose_key_is_damaged_holds_up_nobody(account):
    broken = asked(account)
    asked(account, "v2")
    start_due(NOW)
    PiiKey.objects.filter(pk=broken.key_id).update(wrapped=b"x" * 60)

    assert fire_due(NOW + 18 * HOUR) == 2
    assert FollowUp.objects.get(conversation=broken, step=1).skipped_because == "its key cannot be opened"
    assert len(sent()) == 1


@pytest.mark.django_db(transaction=True)
def test_opting_out_while_a_step_fires_blocks_neither(account):
    talks = [asked(account, f"v{number}") for number in range(12)]
    start_due(NOW)
    failures: list[Exception] = []

    def run(work, *values) -> None:
        try:
            for value in values:
                work(value)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(opt_out, *(each.pk for each in talks))),
        threading.Thread(target=run, args=(fire_due, *[NOW + 18 * HOUR] * 3)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sent() == []
    assert not FollowUp.objects.filter(state="waiting").exists()
