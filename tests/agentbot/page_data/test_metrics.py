"""What each metric view counts, and what the results page says of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from agentbot.models import (
    AgentTurn,
    Conversation,
    CrmConnection,
    CrmDelivery,
    HostingRules,
    Message,
    OutboundPart,
    PolicyDecision,
    VisitorEntry,
)
from agentbot.page_data.metrics import metrics_of
from tests.agentbot.views.talks import Shop, a_lead, a_shop, a_talk, a_turn

AGO = dt.timedelta


@pytest.fixture
def shop(db: None) -> Shop:
    return a_shop()


def view(name: str, *columns: str) -> list[tuple[object, ...]]:
    """The columns of every row, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(columns)} from agentbot_metric_{name} order by 1")
        return cursor.fetchall()


def a_message(talk: Conversation, author: str, after: dt.timedelta) -> None:
    """Said `after` the conversation began."""
    talk.last_seq += 1
    talk.save(update_fields=["last_seq"])
    direction = "in" if author == "visitor" else "out"
    message = Message.objects.create(
        advertiser_id=talk.advertiser_id, conversation=talk, seq=talk.last_seq, direction=direction, author=author,
        sent_at=timezone.now(),
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(created_at=talk.created_at + after)


def began(talk: Conversation, ago: dt.timedelta) -> Conversation:
    """Moved back in time with all that was said."""
    talk.created_at = timezone.now() - ago
    talk.save(update_fields=["created_at"])
    talk.messages.update(created_at=talk.created_at)
    return talk


def a_decided_turn(
    talk: Conversation, action: str, propensity: float, *, ago: dt.timedelta, policy: str = "rules"
) -> None:
    """A turn whose part was sent `ago`, where it could have asked or not."""
    turn = a_turn(talk, "好的。", state="sent", action=action)
    OutboundPart.objects.filter(turn=turn).update(sent_at=timezone.now() - ago)
    PolicyDecision.objects.filter(turn=turn).update(
        propensity=propensity, mask=["answer", "answer_then_ask"], policy=policy
    )


def test_an_answer_counts_within_five_minutes_and_a_notice_is_none(shop):
    fast, slow, noticed, waits = (a_talk(shop, "在吗", visitor=f"web_{number}") for number in range(4))
    for talk in (fast, slow, noticed):
        began(talk, AGO(hours=1))
    a_message(fast, "expert", AGO(minutes=4, seconds=59))
    a_message(slow, "person", AGO(minutes=6))
    a_message(noticed, "notice", AGO(seconds=3))

    found = {row[1]: row[0] for row in view("reply", "counted", "conversation_id")}

    assert found == {fast.pk: True, slow.pk: False, noticed.pk: False}
    assert waits.pk not in found


def test_the_opening_rate_is_of_those_who_opened_the_chat(shop):
    began(a_talk(shop, "在吗", visitor="before"), AGO(hours=2))
    for visitor in ("wrote", "looked", "left"):
        entry = VisitorEntry.objects.create(advertiser=shop.advertiser, account=shop.channel, visitor=visitor)
        VisitorEntry.objects.filter(pk=entry.pk).update(entered_at=timezone.now() - AGO(hours=1))
    a_talk(shop, "在吗", visitor="wrote")
    a_talk(shop, "在吗", visitor="unseen")
    assert [row[0] for row in view("opening", "counted")] == [False, False, True, True]
    with override("en"):
        assert metrics_of(shop.advertiser).figures[1] == ("Opening rate", "50.0%", "of 4 who opened the chat")


def test_a_lead_counts_where_it_was_given_and_after_erasure_too(shop):
    gave, silent = a_talk(shop, "打我电话 13800138000"), a_talk(shop, "在吗", visitor="web_2")
    lead = a_lead(gave)
    assert dict(view("lead", "conversation_id", "counted")) == {gave.pk: True, silent.pk: False}

    again = a_talk(shop, "又来了", visitor="web_3")
    Conversation.objects.filter(pk=again.pk).update(person=lead.person)
    assert dict(view("lead", "conversation_id", "counted"))[again.pk] is False

    lead.person.contacts.all().delete()
    type(lead).objects.update(state="erased")
    assert dict(view("lead", "conversation_id", "counted"))[gave.pk] is True


def test_silence_after_an_ask_is_weighed_by_the_chance_of_asking(shop):
    asked, quiet, fresh = (a_talk(shop, "多少钱", visitor=f"web_{number}") for number in range(3))
    a_decided_turn(asked, "answer_then_ask", 0.25, ago=AGO(days=2))
    a_decided_turn(quiet, "answer", 0.8, ago=AGO(days=2))
    a_decided_turn(fresh, "answer", 0.8, ago=AGO(hours=3))
    a_message(quiet, "visitor", AGO(hours=-40))

    assert view("ask", "asks", "had_choice", "weight", "counted") == [
        (False, True, 1.25, False),
        (True, True, 4.0, True),
    ]


def test_what_is_lost_doubled_or_unsure_is_a_row_each(shop):
    talk = a_talk(shop, "在吗")
    Conversation.objects.update(last_visitor_at=timezone.now() - AGO(minutes=2))
    turn = a_turn(talk, "有现车。", "可以试驾。", state="sent")
    OutboundPart.objects.filter(turn=turn).update(part_no=1)
    a_turn(a_talk(shop, "在吗", visitor="web_2"), "在的。", state="unknown")
    crm = CrmConnection.objects.create(advertiser=shop.advertiser, kind="webhook", url="https://crm.example/x")
    lead = a_lead(talk)
    CrmDelivery.objects.create(
        advertiser=shop.advertiser, connection=crm, lead=lead, lead_version=1, event_type="lead.created", state="dead"
    )
    assert view("loss", "kind") == [("twice",), ("undelivered",), ("unread",), ("unsure",)]


def test_lags_are_from_due_to_sent(shop):
    turn = a_turn(a_talk(shop, "在吗"), "在的。", state="sent")
    due = OutboundPart.objects.get(turn=turn).planned_at
    OutboundPart.objects.update(sent_at=due + AGO(seconds=1.5))
    assert view("lag", "kind", "seconds::float8") == [("part", 1.5)]


def test_a_lead_s_cost_is_messages_tokens_and_people_at_the_advertiser_s_prices(shop):
    talk = began(a_talk(shop, "打我电话 13800138000"), AGO(hours=1))
    a_message(talk, "expert", AGO(seconds=5))
    a_message(talk, "visitor", AGO(seconds=60))
    a_message(talk, "person", AGO(seconds=120))
    a_message(talk, "person", AGO(minutes=30))
    a_lead(talk)
    a_turn(talk, "在的。")
    AgentTurn.objects.update(tokens=40_000)
    with override("en"):
        assert metrics_of(shop.advertiser).figures[5] == ("Cost per lead", "–", "no prices are set yet")
    HostingRules.objects.create(
        advertiser=shop.advertiser, message_cost_minor=10_000, person_cost_minor=6000, model_cost_minor=500
    )

    assert view("cost", "messages", "tokens", "person_seconds", "cost_minor") == [(3, 40_000, 240.0, 450.0)]
    with override("en"):
        found = metrics_of(shop.advertiser)
    assert found.figures[5] == ("Cost per lead", "4.50 CNY", "holds messages, model tokens, people's time")
    assert found.cost_rows == (
        ("Messages sent", "3"),
        ("Model tokens", "40,000"),
        ("Minutes of people", "4"),
        ("Together", "4.50 CNY"),
    )


def test_every_metric_stands_against_the_hold_out(shop):
    for number in range(80):
        talk = began(a_talk(shop, "多少钱", visitor=f"web_{number}"), AGO(days=3))
        learned = number % 2 == 0
        a_decided_turn(talk, "answer_then_ask", 0.5, ago=AGO(days=2), policy="linear-3" if learned else "rules")
        if learned or number % 4 == 1:
            a_message(talk, "expert", AGO(minutes=1))
    with override("en"):
        found = metrics_of(shop.advertiser)

    assert found.arms[:2] == (("Conversations", "40", "40"), ("Answered within 5 minutes", "100.0%", "50.0%"))
    assert found.arms[3] == ("Silent after an ask", "100.0%", "100.0%")
    assert found.dots is not None
    assert [(dot.word, dot.text, dot.is_sure) for dot in found.dots.dots] == [
        ("Answered within 5 minutes", "+50.0 points", True),
        ("Lead rate", "+0.0 points", False),
        ("Silent after an ask", "+0.0 points", False),
    ]
    assert found.arms_sentence == "The difference in lead rate is too small to tell from chance."


def test_a_conversation_nobody_decided_in_or_from_before_learning_is_compared_with_nothing(shop):
    a_talk(shop, "在吗", visitor="undecided")
    before = began(a_talk(shop, "在吗", visitor="before"), AGO(days=5))
    a_decided_turn(before, "answer", 0.9, ago=AGO(days=5))
    for visitor, policy in (("learned", "linear-3"), ("held", "rules")):
        talk = began(a_talk(shop, "在吗", visitor=visitor), AGO(days=3, hours=-1 if policy == "rules" else 0))
        a_decided_turn(talk, "answer", 0.9, ago=AGO(days=2), policy=policy)

    assert sorted(row[0] for row in view("talk", "arm")) == ["", "learned", "rules", "rules"]
    found = metrics_of(shop.advertiser)
    assert (found.arms[0][1:], found.talks) == (("1", "1"), 4)


def test_another_advertiser_s_conversations_are_not_counted(shop):
    a_talk(a_shop("tea", "茶"), "在吗", visitor="web_9")
    found = metrics_of(shop.advertiser)
    assert (found.talks, found.entries) == (0, 0)
