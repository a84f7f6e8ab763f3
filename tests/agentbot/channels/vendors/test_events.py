"""What platforms' requests say, and what is written to them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from agentbot.channels.base import Comment, Echo, Entry, Inbound, Pull
from agentbot.channels.vendors.base import Outgoing
from agentbot.channels.vendors.known import VENDORS
from core.errors import InputError
from tests.agentbot.channels.vendors import samples

NOW = 1_700_000_000.0
PART = str(uuid.UUID(int=7))


def read(kind: str, secrets, request):
    return VENDORS[kind].read(secrets, request, NOW)


def test_a_douyin_message_brings_what_is_needed_to_answer():
    assert read("douyin", samples.DOUYIN, samples.douyin_message()) == (
        Inbound(
            external_id="im_receive_msg:@c29bfc000+1",
            visitor="visitor-1",
            text="这款多少钱？",
            sent_at=dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.UTC),
            verified_by="douyin",
            handles={"conversation": samples.CONVERSATION, "message": "@c29bfc000+1"},
        ),
    )


def test_a_replayed_douyin_message_keeps_its_id_whatever_header_it_comes_under():
    """`Msg-Id` is not covered by the signature: whoever replays a body may write there what they like."""
    content = {"server_message_id": "@1", "message_type": "text", "text": "hi"}
    first = samples.douyin_request("im_receive_msg", content, "m-1")
    again = samples.douyin_request("im_receive_msg", content, "made up")
    assert read("douyin", samples.DOUYIN, first)[0].external_id == read("douyin", samples.DOUYIN, again)[0].external_id


@pytest.mark.parametrize(("source", "is_ours"), [(samples.DOUYIN["client_key"], True), ("", False)])
def test_douyin_tells_what_we_sent_from_what_a_person_typed(source, is_ours):
    (echo,) = read("douyin", samples.DOUYIN, samples.douyin_echo(source))
    assert isinstance(echo, Echo)
    assert (echo.is_ours, echo.visitor, echo.message) == (is_ours, "visitor-1", "@c29bfc000+9")


def test_opening_douyins_chat_from_an_ad_is_an_entry():
    """ "接收用户进入私信会话页事件", developer.open-douyin.com, 2026-11-23: `ad_info` is JSON in a string."""
    content = {"conversation_short_id": "@c", "server_message_id": "@1", "ad_info": '{"ad_id":77,"creative_id":88}'}
    (entry,) = read("douyin", samples.DOUYIN, samples.douyin_request("im_enter_direct_msg", content))
    assert isinstance(entry, Entry)
    assert (entry.visitor, entry.source) == ("visitor-1", {"ad": "77", "creative": "88"})


def test_a_douyin_comment_stands_in_the_thread_of_the_comment_on_top():
    content = {"comment_id": "@2", "comment_user_id": "v9", "content": "怎么卖", "reply_to_item_id": "@item"}
    (on_top,) = read("douyin", samples.DOUYIN, samples.douyin_request("item_comment_reply", content))
    below = {**content, "comment_id": "@3", "reply_to_comment_id": "@2"}
    (answer,) = read("douyin", samples.DOUYIN, samples.douyin_request("item_comment_reply", below))
    assert isinstance(on_top, Comment)
    assert (on_top.thread, on_top.text, on_top.visitor) == ("@item|@2", "怎么卖", "v9")
    assert answer.thread == on_top.thread


def test_events_of_another_app_and_unknown_ones_say_nothing():
    other = samples.douyin_request("im_receive_msg", {"text": "hi"}, client_key="other")
    assert read("douyin", samples.DOUYIN, other) == ()
    assert read("douyin", samples.DOUYIN, samples.douyin_request("authorize", {})) == ()


def test_kuaishous_event_is_known_by_the_task_that_its_signature_covers():
    data = {"from_open_id": "v1", "message_type": "TEXT", "content": {"text": "在吗"}, "timestamp": 1700000000000}
    (said,) = read("kuaishou", samples.KUAISHOU, samples.kuaishou_request("IM_RECEIVE_MSG", data, "t-77"))
    assert (said.external_id, said.visitor, said.text) == ("task:t-77", "v1", "在吗")
    with pytest.raises(InputError, match="taskId"):
        read("kuaishou", samples.KUAISHOU, samples.kuaishou_request("IM_RECEIVE_MSG", data, ""))


def test_one_request_of_messenger_brings_many_events():
    found = read(
        "messenger",
        samples.MESSENGER,
        samples.messenger_page(
            samples.messenger_message("hello"),
            samples.messenger_message("", "mid.2", attachments=[{"type": "image", "payload": {"url": "https://x"}}]),
            samples.messenger_echo(1517776481860111, metadata=PART),
            samples.messenger_echo(None),
        ),
    )
    assert [(type(each), each.text) for each in found] == [
        (Inbound, "hello"),
        (Inbound, "[image]"),
        (Echo, "I'll take it from here"),
        (Echo, "I'll take it from here"),
    ]
    assert [(each.is_ours, each.part) for each in found[2:]] == [(True, PART), (False, "")]


def test_another_page_of_the_same_app_is_another_channels():
    assert read("messenger", samples.MESSENGER, samples.messenger_page(samples.messenger_message(), page="222")) == ()


def test_a_comment_under_a_page_s_post_is_read_and_the_page_s_own_is_not():
    def change(author: str) -> dict[str, object]:
        value = {
            "item": "comment",
            "verb": "add",
            "comment_id": "111_5",
            "parent_id": "111_1",
            "post_id": "111_1",
            "from": {"id": author, "name": "Ann"},
            "message": "How much is it?",
            "created_time": 1700000000,
        }
        return {"field": "feed", "value": value}

    visitor = samples.messenger_page(changes=[change("psid-1")])
    own = samples.messenger_page(changes=[change("111")])
    (comment,) = read("messenger", samples.MESSENGER, visitor)
    assert (comment.thread, comment.text, comment.visitor) == ("111_5", "How much is it?", "psid-1")
    assert read("messenger", samples.MESSENGER, own) == ()


def test_whatsapp_brings_messages_with_their_ad_statuses_and_what_was_typed_in_the_app():
    message = samples.whatsapp_message(referral={"source_id": "ad-9", "source_type": "ad"})
    status = {"id": "wamid.1", "status": "delivered", "recipient_id": "16505551234", "biz_opaque_callback_data": PART}
    (said, arrived) = read(
        "whatsapp", samples.WHATSAPP, samples.whatsapp_request(messages=[message], statuses=[status])
    )
    assert (said.visitor, said.text, said.source) == ("16505551234", "Does it come in another color?", {"ad": "ad-9"})
    assert (arrived.is_ours, arrived.message, arrived.part, arrived.failure) == (True, "wamid.1", PART, "")

    typed = {"from": "15550783881", "to": "16505551234", "id": "wamid.2", "type": "text", "text": {"body": "Yes"}}
    (echo,) = read("whatsapp", samples.WHATSAPP, samples.whatsapp_request("smb_message_echoes", message_echoes=[typed]))
    assert (echo.is_ours, echo.text) == (False, "Yes")


def test_a_message_that_whatsapp_could_not_bring_says_why():
    failed = {
        "id": "wamid.1",
        "status": "failed",
        "recipient_id": "16505551234",
        "errors": [{"code": 131047, "title": "Re-engagement message"}],
    }
    (echo,) = read("whatsapp", samples.WHATSAPP, samples.whatsapp_request(statuses=[failed]))
    assert echo.failure == "WhatsApp: 131047 Re-engagement message"


def test_wecoms_callback_only_says_that_there_is_something():
    assert read("wecom", samples.WECOM, samples.wecom_request(int(NOW))) == (
        Pull("wkxxxxxxx", "ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR"),
    )


def test_what_is_fetched_from_wecom_is_read_by_whose_it_is():
    """ "接收消息和事件", developer.work.weixin.qq.com, 2026-11-23: origin 3 the visitor, 4 the system, 5 a person."""
    message = {"msgid": "m1", "external_userid": "wm1", "send_time": 1700000000, "msgtype": "text"}
    pulled = {
        "errcode": 0,
        "next_cursor": "4gw7MepFLfgF2VC5npN",
        "has_more": 0,
        "msg_list": [
            {**message, "origin": 3, "text": {"content": "你好"}},
            {**message, "origin": 5, "msgid": "m2", "servicer_userid": "Zhangsan", "text": {"content": "您好"}},
            {**message, "origin": 4, "msgid": "m3", "msgtype": "event", "external_userid": ""}
            | {"event": {"event_type": "enter_session", "external_userid": "wm1", "scene": "ad-7"}},
        ],
    }
    (said, echo, entry), cursor, has_more = VENDORS["wecom"].read_pulled(pulled)
    assert (said.external_id, said.visitor, said.text) == ("msgid:m1", "wm1", "你好")
    assert (echo.is_ours, echo.text) == (False, "您好")
    assert (entry.visitor, entry.source) == ("wm1", {"scene": "ad-7"})
    assert (cursor, has_more) == ("4gw7MepFLfgF2VC5npN", False)


def test_calls_are_written_as_each_platform_wants_them():
    said = Outgoing(PART, "v1", "您好", {"conversation": "@c", "message": "@m"})
    call = VENDORS["douyin"].write(samples.DOUYIN, "act.1", said)
    assert (call.path, call.query, call.headers) == (
        "/im/send/msg/",
        {"open_id": samples.DOUYIN["open_id"]},
        {"access-token": "act.1"},
    )
    assert call.body == {
        "to_user_id": "v1",
        "conversation_id": "@c",
        "msg_id": "@m",
        "scene": "im_reply_msg",
        "content": {"msg_type": 1, "text": {"text": "您好"}},
    }
    call = VENDORS["messenger"].write(samples.MESSENGER, "EAAB", said)
    assert (call.path, call.body) == (
        "/v25.0/111/messages",
        {
            "recipient": {"id": "v1"},
            "messaging_type": "RESPONSE",
            "message": {"text": "您好", "metadata": PART},
        },
    )
    call = VENDORS["whatsapp"].write(samples.WHATSAPP, "EAAW", said)
    assert call.body is not None
    assert (call.path, call.body["to"], call.body["text"]["body"]) == ("/v25.0/106540352242922/messages", "v1", "您好")
    call = VENDORS["wecom"].write(samples.WECOM, "tok", said)
    assert call.body is not None
    assert (call.query, call.body["msgid"]) == ({"access_token": "tok"}, "00000000000000000000000000000007")


@pytest.mark.parametrize(
    ("kind", "status", "body", "expected", "may_have_arrived"),
    [
        ("douyin", 200, {"data": {"error_code": 0, "msg_id": "@9"}}, 200, False),
        ("douyin", 200, {"data": {"error_code": 2190008, "description": "expired"}}, 401, False),
        ("douyin", 200, {"data": {"error_code": 2100004}}, 503, False),
        ("douyin", 200, {"data": {"error_code": 99}}, 422, False),
        ("messenger", 400, {"error": {"code": 190, "message": "Invalid OAuth access token."}}, 401, False),
        ("messenger", 400, {"error": {"code": 613}}, 429, False),
        ("messenger", 400, {"error": {"code": 100}}, 422, False),
        ("whatsapp", 500, {"error": {"code": 131000}}, 503, False),
        ("whatsapp", 502, {}, 502, True),
        ("whatsapp", 200, {"messages": [{"id": "wamid.5"}]}, 200, False),
        ("wecom", 200, {"errcode": 42001, "errmsg": "access_token expired"}, 401, False),
        ("wecom", 200, {"errcode": 45009}, 429, False),
        ("wecom", 200, {"errcode": 95018, "errmsg": "send msg session status invalid"}, 422, False),
        ("wecom", 200, {"errcode": 0, "errmsg": "ok", "msgid": "m"}, 200, False),
        ("kuaishou", 200, {"result": 1, "message_id": "k1"}, 200, False),
        ("kuaishou", 200, {"result": 100200103}, 401, False),
    ],
)
def test_answers_mean_what_the_outbox_knows(kind, status, body, expected, may_have_arrived):
    answer = VENDORS[kind].judge(status, body)
    assert (answer.status, answer.may_have_arrived) == (expected, may_have_arrived)
    assert bool(answer.failure) == (expected != 200)
