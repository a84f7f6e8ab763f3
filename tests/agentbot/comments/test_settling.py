"""Comments carried out: one public reply a thread, complaints to people, a number typed in public is a lead."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from agentbot.channels.opening import OpenedChannel, open_channel
from agentbot.channels.vendors.base import Request
from agentbot.comments.answering import answer_comments
from agentbot.comments.by_person import reply_in_public, unanswered
from agentbot.inbox.replies import approve_turn, reject_turn
from agentbot.leads.erasing import erase_visitor
from agentbot.leads.opting_out import opt_out
from agentbot.models import AgentTurn, Conversation, Handoff, Lead, Message, OutboundPart, PublicComment
from agentbot.turns.knowledge import KnowledgeShelf
from core.errors import InputError
from core.models import Advertiser, AdvertiserArticle, Member
from core.pools import make_pool
from core.webhooks.signing import secret_bytes, signed_headers
from tests.agentbot.channels.platform import knock, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel() -> OpenedChannel:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea", vertical="car")
    AdvertiserArticle.objects.create(advertiser=advertiser, title="试驾", text="店里周末也可以试驾。")
    return open_channel(advertiser, "webhook", callback_url="http://127.0.0.1:9/cb", may_be_private=True)


def comment(channel: OpenedChannel, message_id: str, text: str, thread: str = "t1", **fields: Any) -> Request:
    told = {"kind": "comment", "visitor": "v1", "thread": thread, "text": text, "sent_at": "2026-01-31T08:30:00Z"}
    body = json.dumps({**told, **fields}).encode()
    return Request("POST", {}, signed_headers([secret_bytes(channel.secret)], message_id, int(time.time()), body), body)


def hear(channel: OpenedChannel, *requests: Request) -> list[tuple[int, bytes]]:
    async def all_of_them() -> list[tuple[int, bytes]]:
        return [await knock(f"/in/{channel.account.inbound_token}", each) for each in requests]

    return run(all_of_them)


def settle_all() -> None:
    PublicComment.objects.filter(state="waiting").update(due_at=timezone.now())

    async def whole() -> None:
        async with make_pool(2, "test") as pool:
            assert await answer_comments(pool, KnowledgeShelf(pool)) == 0

    asyncio.run(whole())


def replies() -> list[dict[str, Any]]:
    rows = OutboundPart.objects.filter(event_type="comment.reply").select_related("key").order_by("ordinal")
    return [json.loads(each.event) for each in rows]


def test_a_comment_stands_in_the_visitors_conversation_and_begins_no_turn(channel):
    (status, _), (again, body) = hear(channel, comment(channel, "c1", "怎么卖"), comment(channel, "c1", "怎么卖"))

    assert (status, again, json.loads(body)["duplicate"]) == (200, 200, True)
    conversation = Conversation.objects.get()
    assert (conversation.turn_due_at, conversation.last_inbound_seq, conversation.last_seq) == (None, 0, 1)
    message = Message.objects.select_related("key").get()
    assert (message.text, message.is_public) == ("怎么卖", True)


def test_a_comment_and_direct_messages_of_one_person_are_one_conversation(channel):
    direct = {"visitor": "v1", "text": "你好", "sent_at": "2026-01-31T08:31:00Z"}
    body = json.dumps(direct).encode()
    headers = signed_headers([secret_bytes(channel.secret)], "m1", int(time.time()), body)

    hear(channel, comment(channel, "c1", "怎么卖"), Request("POST", {}, headers, body))

    conversation = Conversation.objects.get()
    assert [each.is_public for each in Message.objects.order_by("seq")] == [True, False]
    assert (conversation.last_inbound_seq, conversation.turn_due_at is not None) == (2, True)


def test_a_wish_to_buy_is_answered_once_a_thread(channel):
    hear(
        channel,
        comment(channel, "c1", "怎么卖"),
        comment(channel, "c2", "多少钱呀", visitor="v2"),
        comment(channel, "c3", "多少钱", thread="t2", visitor="v2"),
    )
    settle_all()

    told = replies()
    assert [(each["type"], each["data"]["thread"], each["data"]["visitor"]) for each in told] == [
        ("comment.reply", "t1", "v1"),
        ("comment.reply", "t2", "v2"),
    ]
    assert set(told[0]["data"]) == {"conversation", "visitor", "thread", "text", "author", "degraded"}
    assert told[0]["data"]["author"] == "expert"
    assert list(PublicComment.objects.order_by("created_at").values_list("kind", "state")) == [
        ("intent", "answered"),
        ("intent", "left"),
        ("intent", "answered"),
    ]
    settle_all()
    assert replies() == told


def test_a_complaint_goes_to_a_person_and_nothing_is_said_in_public(channel):
    hear(channel, comment(channel, "c1", "骗人的店，我要投诉"))
    settle_all()

    conversation = Conversation.objects.get()
    handoff = Handoff.objects.get()
    assert (conversation.owner, handoff.reason) == ("human_pending", "complaint")
    assert handoff.answer_by is not None
    assert "投诉" in handoff.summary
    event = json.loads(OutboundPart.objects.select_related("key").get().event)
    assert (event["type"], event["data"]["reason"]) == ("conversation.handed_off", "complaint")
    assert PublicComment.objects.get().state == "person"

    hear(channel, comment(channel, "c2", "多少钱", thread="t2"))
    settle_all()
    assert replies() == []


def test_a_number_typed_in_public_is_a_lead(channel):
    hear(channel, comment(channel, "c1", "想试驾，我电话 13800138000"))
    settle_all()

    assert Lead.objects.count() == 1
    assert "13800138000" not in replies()[0]["data"]["text"]


def test_spam_and_talk_stay_as_they_are(channel):
    hear(channel, comment(channel, "c1", "加我领福利"), comment(channel, "c2", "好看"))
    settle_all()

    assert replies() == []
    assert set(PublicComment.objects.values_list("kind", "state")) == {("spam", "left"), ("talk", "left")}


def test_nobody_who_opted_out_is_answered_in_public(channel):
    hear(channel, comment(channel, "c1", "怎么卖"))
    opt_out(Conversation.objects.get().pk)
    settle_all()

    assert replies() == []


def test_in_shadow_mode_a_person_lets_the_reply_out(channel):
    channel.account.mode = "shadow"
    channel.account.save()
    user = get_user_model().objects.create_user("anna@example.com")
    member = Member.objects.create(user=user, advertiser=channel.account.advertiser)
    hear(channel, comment(channel, "c1", "怎么卖"), comment(channel, "c2", "怎么买", thread="t2"))
    settle_all()
    first, second = AgentTurn.objects.order_by("created_at")
    assert set(OutboundPart.objects.values_list("state", flat=True)) == {"draft"}

    # A word by direct message voids no answer to what was said in public.
    Conversation.objects.update(epoch=7)
    approve_turn(first.pk, member)
    reject_turn(second.pk, member)

    assert list(OutboundPart.objects.order_by("ordinal").values_list("state", flat=True)) == ["scheduled", "cancelled"]
    assert PublicComment.objects.get(thread="t2").state == "left"


def test_a_person_answers_a_complaint_in_public_once(channel):
    user = get_user_model().objects.create_user("anna@example.com")
    member = Member.objects.create(user=user, advertiser=channel.account.advertiser)
    hear(channel, comment(channel, "c1", "骗人的店，我要投诉"))
    settle_all()
    row = PublicComment.objects.get()
    talk = Conversation.objects.get()
    assert unanswered(talk) == [row]

    reply_in_public(talk.pk, row.pk, member, "抱歉给您带来不便，店长已私信您。")

    talk.refresh_from_db()
    (told,) = replies()
    assert (told["data"]["thread"], told["data"]["author"]) == ("t1", "person")
    assert (talk.owner, talk.assigned_to) == ("human", member)
    assert unanswered(talk) == []
    with pytest.raises(InputError, match="answered already"):
        reply_in_public(talk.pk, row.pk, member, "再说一次")


def test_erasing_a_visitor_takes_their_comments_along(channel):
    hear(channel, comment(channel, "c1", "怎么卖"))
    settle_all()

    report = erase_visitor(channel.account.advertiser, Conversation.objects.get().pk)

    assert report.counts["comments"] == 1
    assert [each.text for each in Message.objects.select_related("key")] == [""]


def test_who_wants_to_hear_no_more_says_so_in_public_too(channel):
    hear(
        channel,
        comment(channel, "c1", "别再给我发私信了，怎么卖"),
        comment(channel, "c2", "周末可以试驾吗", thread="t2"),
    )
    settle_all()

    assert Conversation.objects.get().opted_out_at is not None
    assert (replies(), set(PublicComment.objects.values_list("state", flat=True))) == ([], {"left"})


def test_a_comment_without_its_thread_is_named(channel):
    ((status, body),) = hear(channel, comment(channel, "c1", "怎么卖", thread=""))
    assert (status, json.loads(body)["field"]) == (422, "thread")


def test_any_other_kind_is_a_direct_message_as_ever(channel):
    hear(channel, comment(channel, "c1", "怎么卖", kind="text"))
    assert not Message.objects.get().is_public
