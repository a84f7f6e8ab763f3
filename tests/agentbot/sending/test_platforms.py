"""What leaves for a platform on the loopback: tokens, limits, and words of which nobody knows whether they arrived."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Iterator

import pytest
from django.utils import timezone

from agentbot.models import ChannelAccount, Conversation, Message, OutboundPart
from agentbot.pii import seal, unwrap_key
from agentbot.sending.fetching import Fetcher
from agentbot.sending.vendor_calls import VendorCalls
from agentbot.turns.events import event_body
from core.pools import make_pool
from core.webhooks.posting import Poster
from tests.agentbot.channels.platform import Platform, opened, part, recover, send_all, talk
from tests.agentbot.channels.vendors import samples
from tests.agentbot.crm.vendor import Stored

pytestmark = pytest.mark.django_db(transaction=True)
EXPIRED = {"data": {"error_code": 2190008, "description": "access_token expired"}}


@pytest.fixture
def server(settings) -> Iterator[Platform]:
    server = Platform()
    server.open()
    for name in ("DOUYIN_API_URL", "KUAISHOU_API_URL", "META_GRAPH_URL", "WECOM_API_URL"):
        setattr(settings, name, f"http://127.0.0.1:{server.port}")
    yield server
    server.close()


def states() -> list[str]:
    return list(OutboundPart.objects.order_by("ordinal").values_list("state", flat=True))


def test_parts_leave_in_order_with_what_the_platform_needs(server):
    conversation = talk(opened("douyin", samples.DOUYIN), handles={"conversation": "@c", "message": "@m"})
    for number in (1, 2, 3):
        part(conversation, number)

    send_all()

    assert server.texts() == ["part 1", "part 2", "part 3"]
    assert {each.headers["access-token"] for each in server.asked} == {samples.DOUYIN["access_token"]}
    assert (server.asked[0].body["conversation_id"], server.asked[0].body["msg_id"]) == ("@c", "@m")
    assert states() == ["sent"] * 3
    assert [each.external_id for each in OutboundPart.objects.order_by("ordinal")] == ["@1", "@2", "@3"]
    said = Message.objects.filter(direction="out").order_by("seq").values_list("seq", flat=True)
    assert list(said) == [2, 3, 4]


def test_a_token_that_no_longer_holds_is_renewed_once_and_shared(server):
    channel = opened("douyin", samples.DOUYIN)
    conversation = talk(channel)
    part(conversation, 1)
    server.answers = {
        "msg": [Stored(200, EXPIRED)],
        "refresh_token": [Stored(200, {"data": {"access_token": "act.new", "expires_in": 1296000}})],
    }

    send_all()

    assert server.paths() == ["POST /im/send/msg/", "POST /oauth/refresh_token/", "POST /im/send/msg/"]
    assert server.asked[2].headers["access-token"] == "act.new"
    kept = bytes(ChannelAccount.objects.get().session)
    assert b"act.new" not in kept
    assert json.loads(unwrap_key(kept))["value"] == "act.new"

    part(conversation, 2)
    send_all()
    assert server.asked[3].headers["access-token"] == "act.new"


def test_credentials_that_are_refused_pause_the_channel_and_keep_the_words(server):
    conversation = talk(opened("messenger", samples.MESSENGER))
    part(conversation, 1)
    server.answers = {"messages": [Stored(400, {"error": {"code": 190, "message": "Invalid OAuth access token."}})]}

    send_all()

    account = ChannelAccount.objects.get()
    assert (states(), account.failure) == (["scheduled"], "Meta: 190 Invalid OAuth access token.")
    assert account.paused_until > timezone.now()

    ChannelAccount.objects.update(paused_until=None)
    OutboundPart.objects.update(due_at=timezone.now())
    send_all()
    assert (states(), ChannelAccount.objects.get().failure) == (["sent"], "")


def test_wecom_is_asked_with_a_fetched_token_and_an_id_of_ours(server):
    conversation = talk(opened("wecom", samples.WECOM), visitor="wm1")
    sent = part(conversation, 1)
    server.answers = {"gettoken": [Stored(200, {"errcode": 0, "access_token": "tok", "expires_in": 7200})]}

    send_all()

    assert server.paths() == ["GET /cgi-bin/gettoken", "POST /cgi-bin/kf/send_msg"]
    assert server.asked[1].path.endswith("access_token=tok")
    assert server.asked[1].body == {
        "touser": "wm1",
        "open_kfid": "wkxxxxxxx",
        "msgid": sent.pk.hex,
        "msgtype": "text",
        "text": {"content": "part 1"},
    }


def test_an_agents_words_beyond_the_quota_are_dropped_with_the_reason(server):
    conversation = talk(opened("douyin", samples.DOUYIN))
    for number in range(1, 8):
        part(conversation, number)

    send_all()

    assert server.texts() == [f"part {number}" for number in range(1, 6)]
    assert states() == ["sent"] * 5 + ["cancelled"] * 2
    assert set(OutboundPart.objects.filter(state="cancelled").values_list("failure", flat=True)) == {"quota"}


def test_a_persons_words_beyond_the_quota_wait_and_leave_in_order(server):
    """Ten times what is allowed at once: five, and five more each time the visitor writes."""
    conversation = talk(opened("douyin", samples.DOUYIN), owner="human")
    for number in range(1, 51):
        part(conversation, number, author="person")

    send_all(seconds=3.0)
    assert server.texts() == [f"part {number}" for number in range(1, 6)]
    assert OutboundPart.objects.get(ordinal=6).failure == "quota"

    for _ in range(2):
        Conversation.objects.update(last_visitor_at=timezone.now())
        send_all(seconds=3.0)
    assert server.texts() == [f"part {number}" for number in range(1, 16)]
    assert states() == ["sent"] * 15 + ["scheduled"] * 35


@pytest.mark.parametrize(("author", "state"), [("expert", "cancelled"), ("person", "scheduled")])
def test_nothing_leaves_once_the_window_is_closed(server, author: str, state: str):
    conversation = talk(opened("whatsapp", samples.WHATSAPP))
    Conversation.objects.update(last_visitor_at=timezone.now() - dt.timedelta(hours=24, seconds=1))
    part(conversation, 1, author=author)

    send_all()

    assert server.asked == []
    assert (states(), OutboundPart.objects.get().failure) == ([state], "window")


def test_an_account_may_be_granted_more(server):
    conversation = talk(opened("douyin", samples.DOUYIN))
    ChannelAccount.objects.update(replies_per_message=6)
    for number in range(1, 8):
        part(conversation, number)

    send_all()
    assert len(server.texts()) == 6


def test_what_may_have_arrived_is_unknown_and_not_sent_again_at_once(server):
    conversation = talk(opened("douyin", samples.DOUYIN))
    part(conversation, 1)
    part(conversation, 2)
    server.answers = {"msg": [Stored(502, {})]}

    send_all(seconds=0.8)

    assert states() == ["unknown", "scheduled"]
    assert len(server.asked) == 1
    shown = Message.objects.get(part__ordinal=1)
    assert shown.direction == "out"


@pytest.mark.parametrize(
    ("fields", "comes_again"),
    [
        ({}, True),
        ({"asks_contact": True, "author": "lead"}, False),
        ({"author": "notice"}, False),
        ({"author": "person"}, False),
        ({"is_repeat": True}, False),
    ],
)
def test_without_an_echo_an_answer_is_said_once_more_and_nothing_else_is(server, fields, comes_again):
    conversation = talk(opened("douyin", samples.DOUYIN))
    long_ago = timezone.now() - dt.timedelta(seconds=61)
    part(conversation, 1, state="unknown", claimed_at=long_ago, attempts=1, **fields)

    assert recover() == int(comes_again)
    send_all()

    assert len(server.asked) == int(comes_again)
    kept = OutboundPart.objects.get()
    assert (kept.state, kept.is_repeat) == (
        "sent" if comes_again else "unknown",
        comes_again or bool(fields.get("is_repeat")),
    )


def test_within_the_minute_the_echo_has_its_time(server):
    conversation = talk(opened("douyin", samples.DOUYIN))
    part(conversation, 1, state="unknown", claimed_at=timezone.now() - dt.timedelta(seconds=30), attempts=1)

    assert recover() == 0


def test_what_a_dead_process_was_sending_is_unknown_here_and_comes_again_where_ids_are_heard(server):
    long_ago = timezone.now() - dt.timedelta(seconds=61)
    conversation = talk(opened("douyin", samples.DOUYIN))
    part(conversation, 1, state="sending", claimed_by=999_999, claimed_at=long_ago)
    ChannelAccount.objects.update(takes_ids=True)
    recover()
    assert states() == ["scheduled"]

    ChannelAccount.objects.update(takes_ids=False)
    OutboundPart.objects.update(state="sending", claimed_by=999_999, claimed_at=timezone.now(), author="person")
    recover()
    assert states() == ["unknown"]


def test_a_public_reply_goes_where_comments_are_answered(server):
    conversation = talk(opened("douyin", samples.DOUYIN))
    body = {"visitor": "visitor-1", "thread": "@item|@2", "text": "欢迎私信我们", "author": "expert"}
    reply = part(conversation, 1, event_type="comment.reply", is_fenced=False)
    key = unwrap_key(bytes(conversation.key.wrapped))
    OutboundPart.objects.filter(pk=reply.pk).update(body=seal(key, event_body("comment.reply", timezone.now(), body)))

    send_all()

    assert server.paths() == ["POST /item/comment/reply/"]
    assert server.asked[0].body == {"item_id": "@item", "comment_id": "@2", "content": "欢迎私信我们"}
    assert Message.objects.get(direction="out").is_public


def test_what_wecom_has_is_fetched_page_by_page_and_heard_once(server):
    opened("wecom", samples.WECOM)
    ChannelAccount.objects.update(pull_due_at=timezone.now(), pull_token="t1")
    first = {"msgid": "m1", "external_userid": "wm1", "send_time": 1700000000, "msgtype": "text", "origin": 3}
    pages = [
        {"errcode": 0, "next_cursor": "c1", "has_more": 1, "msg_list": [{**first, "text": {"content": "你好"}}]},
        {
            "errcode": 0,
            "next_cursor": "c2",
            "has_more": 0,
            "msg_list": [
                {**first, "text": {"content": "你好"}},
                {**first, "msgid": "m2", "text": {"content": "多少钱"}},
            ],
        },
    ]
    server.answers = {
        "gettoken": [Stored(200, {"errcode": 0, "access_token": "tok", "expires_in": 7200})],
        "sync_msg": [Stored(200, {"errcode": 42001}), *(Stored(200, page) for page in pages)],
    }
    server.answers["gettoken"].append(Stored(200, {"errcode": 0, "access_token": "tok2", "expires_in": 7200}))

    fetch()

    account = ChannelAccount.objects.get()
    assert [each.text for each in Message.objects.select_related("key").order_by("seq")] == ["你好", "多少钱"]
    assert (account.pull_cursor, account.pull_due_at, account.failure) == ("c2", None, "")
    asked = [each.body.get("cursor", "") for each in server.asked if "sync_msg" in each.path]
    assert asked == ["", "", "c1"]


def test_a_platform_that_does_not_answer_is_asked_again_later(server):
    opened("wecom", samples.WECOM)
    ChannelAccount.objects.update(pull_due_at=timezone.now())
    server.answers = {"gettoken": [Stored(500, {})]}

    fetch()

    account = ChannelAccount.objects.get()
    assert account.pull_due_at > timezone.now()
    assert account.failure.startswith("WeCom: 500")


def fetch() -> None:
    """One look."""

    async def whole() -> None:
        async with make_pool(3, "test") as pool:
            poster = Poster()
            fetcher = Fetcher(pool, VendorCalls(pool, poster))
            running = asyncio.create_task(fetcher.run())
            for _ in range(60):
                await asyncio.sleep(0.05)
                async with pool.connection() as connection:
                    row = await (await connection.execute(_LEFT)).fetchone()
                if row is not None and not row["left"]:
                    break
            fetcher.stop()
            await running
            await poster.close()

    asyncio.run(whole())


_LEFT = """
select exists (select 1 from agentbot_channelaccount where pull_due_at is not null
  and (failure = '' or pull_due_at > now() + interval '30 seconds')) as "left"
"""
