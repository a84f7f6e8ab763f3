"""What platforms send, as their pages (or clients of theirs) word it; each sample names its page, read 2026-11-23."""

from __future__ import annotations

import json
import struct
import zlib

import pytest

from avatar.comments.contracts import Heard
from avatar.comments.feeds import bilibili, douyin, kuaishou, tiktok, youtube
from core.errors import InputError, ServiceDown
from core.webhooks.signing import BadSignature

# Kuaishou: docs.rs/kwai_interactive_live 0.4.0, Comment, User and the poll's answer; read 2026-11-23.
KUAISHOU = {
    "result": 1,
    "pCursor": "c2",
    "sleep": 1500,
    "data": [
        {"cmd": 3, "payload": {"user": {"id": "f9a1", "userName": "小李", "headUrl": "x"}, "content": "多少钱"}},
        {"cmd": 2, "payload": {"user": {"id": "f9a1"}, "giftName": "玫瑰", "count": 1}},
        {"cmd": 3, "payload": {"user": {"id": "b2"}, "content": ""}},
        {"cmd": 3, "payload": None},
        "nonsense",
    ],
}
# Douyin: …/live-room-scope/data-open/data-open-desc, 数据推送; read 2026-11-23.
DOUYIN = [
    {"msg_id": "7001", "sec_openid": "u-1", "content": "几天到", "avatar_url": "x", "nickname": "阿强",
     "timestamp": 1795400000123},
    {"msg_id": "7002", "sec_open_id": "u-2", "content": "666", "nickname": "王姐", "timestamp": 1795400000456},
]  # fmt: skip
# Bilibili: open-live message LIVE_OPEN_PLATFORM_DM as blivedm's open_live reads it; read 2026-11-23.
BILIBILI = {
    "cmd": "LIVE_OPEN_PLATFORM_DM",
    "data": {"room_id": 1, "uid": 0, "open_id": "39b8fedb", "uname": "老张", "msg": "怎么喝", "msg_id": "m-1",
             "fans_medal_level": 0, "timestamp": 1795400000},
}  # fmt: skip
# YouTube: developers.google.com/youtube/v3/live/docs/liveChatMessages (resource and list); read 2026-11-23.
YOUTUBE = {
    "kind": "youtube#liveChatMessageListResponse",
    "nextPageToken": "t2",
    "pollingIntervalMillis": 3210,
    "items": [
        {
            "id": "LCC.1",
            "snippet": {"type": "textMessageEvent", "publishedAt": "2026-11-23T02:00:00.5+00:00",
                        "displayMessage": "how much is it?"},
            "authorDetails": {"channelId": "UC1", "displayName": "@ana", "isChatOwner": False},
        },
        {"id": "LCC.2", "snippet": {"type": "superStickerEvent"}, "authorDetails": {"channelId": "UC2"}},
        {"id": "LCC.3", "snippet": {"type": "textMessageEvent", "displayMessage": "we are live"},
         "authorDetails": {"channelId": "UC0", "isChatOwner": True}},
    ],
}  # fmt: skip
# TikTok: TikTok-Live-Connector's "chat" event (README, "not an official API"); read 2026-11-23. Unconfirmed.
TIKTOK = {"type": "WebcastChatMessage", "data": {"comment": "link?", "msgId": "9", "createTime": "1795400000123",
                                                 "user": {"userId": "65", "uniqueId": "bo.b", "nickname": "Bo"}}}  # fmt: skip


def test_kuaishou_comments_come_page_by_page():
    page = kuaishou.read_page(KUAISHOU, "c1")

    assert page == kuaishou.Page((Heard("f9a1", "小李", "多少钱"),), "c2", 1.5)
    assert kuaishou.poll_query("tok", "c2") == {"token": "tok", "pCursor": "c2", "len": "200"}
    assert kuaishou.read_page({"result": 2}, "c2").is_over
    with pytest.raises(ServiceDown, match="Kuaishou: answered result 100200500"):
        kuaishou.read_page({"result": 100200500}, "c2")


def test_douyins_signature_is_that_of_its_own_example():
    headers = {"x-nonce-str": "123456", "x-timestamp": "456789", "x-roomid": "268", "x-msg-type": "live_gift"}

    assert douyin.signature(headers, "abc123你好".encode(), "123abc") == "PDcKhdlsrKEJif6uMKD2dw=="


def signed_push(payload, kind="live_comment"):
    body = json.dumps(payload).encode()
    headers = {"x-nonce-str": "n", "x-timestamp": "1795400001000", "x-roomid": "1", "x-msg-type": kind}
    return headers | {"x-signature": douyin.signature(headers, body, "s")}, body


def test_douyin_comments_are_pushed_and_verified():
    headers, body = signed_push(DOUYIN)

    assert douyin.read_push(headers, body, "s", 1795400002.0) == (
        Heard("u-1", "阿强", "几天到", "7001", 1795400000.123),
        Heard("u-2", "王姐", "666", "7002", 1795400000.456),
    )
    assert douyin.read_push(*signed_push(DOUYIN, "live_gift"), "s", 1795400002.0) == ()
    with pytest.raises(BadSignature, match="no signature fits"):
        douyin.read_push(headers, body + b" ", "s", 1795400002.0)
    with pytest.raises(BadSignature, match="more than 300 s off"):
        douyin.read_push(headers, body, "s", 1795400302.0)
    broken = {**headers, "x-signature": douyin.signature(headers, b"{", "s")}
    with pytest.raises(InputError, match="body: is not JSON"):
        douyin.read_push(broken, b"{", "s", 1795400002.0)


def test_bilibili_comments_come_in_packets_zipped_or_not():
    plain = bilibili.packet(bilibili.MESSAGE, json.dumps(BILIBILI).encode())
    zipped = struct.pack(">IHHII", 16 + len(zlib.compress(plain * 2)), 16, 2, 5, 0) + zlib.compress(plain * 2)
    beat = bilibili.packet(bilibili.HEARTBEAT_REPLY, b"\0\0\0\1")
    comment = Heard("39b8fedb", "老张", "怎么喝", "m-1", 1795400000.0)

    assert bilibili.read_message(beat + plain) == (comment,)
    assert bilibili.read_message(zipped) == (comment, comment)
    assert bilibili.read_message(bilibili.packet(bilibili.MESSAGE, b"{")) == ()


@pytest.mark.parametrize(
    ("received", "reason"),
    [
        (b"\0\0", "packet: is cut short"),
        (struct.pack(">IHHII", 999, 16, 1, 5, 0), "packet: has a length that cannot be"),
        (struct.pack(">IHHII", 16, 0, 1, 5, 0), "packet: has a length that cannot be"),
        (struct.pack(">IHHII", 18, 16, 2, 5, 0) + b"xx", "packet: does not unzip"),
    ],
)
def test_a_broken_packet_is_said_to_be_one(received, reason):
    with pytest.raises(InputError, match=reason):
        bilibili.read_message(received)


def test_a_packet_that_unzips_to_too_much_is_refused():
    bomb = zlib.compress(b"\0" * (8 * 1024 * 1024))

    with pytest.raises(InputError, match="unzips to more than 4 MiB"):
        bilibili.read_message(struct.pack(">IHHII", 16 + len(bomb), 16, 2, 5, 0) + bomb)


def test_bilibili_calls_are_signed_over_six_headers():
    headers = bilibili.signed_headers("key", "secret", b"{}", "nonce", 1624594467)

    assert headers["x-bili-content-md5"] == "99914b932bd37a50b983c5e7c90ae93b"
    assert len(headers) == 7
    assert len(headers["Authorization"]) == 64


def test_youtube_comments_come_page_by_page_and_the_first_page_is_history():
    page = youtube.read_page(YOUTUBE, "t1")

    assert page == youtube.Page((Heard("UC1", "ana", "how much is it?", "LCC.1", 1795399200.5),), "t2", 3.21)
    assert youtube.read_page(YOUTUBE).comments == ()
    assert youtube.query("chat", "t2")["pageToken"] == "t2"
    assert youtube.read_page({"offlineAt": "x"}, "t2") == youtube.Page((), "t2", 5.0, is_over=True)
    with pytest.raises(ServiceDown, match="YouTube: answered 403 quota"):
        youtube.read_page({"error": {"code": 403, "message": "quota"}}, "t2")


def test_a_tiktok_connectors_chat_message_is_read():
    assert tiktok.read_message(TIKTOK) == Heard("65", "Bo", "link?", "9", 1795400000.123)
    assert tiktok.read_message({"type": "WebcastGiftMessage", "data": {"comment": "x"}}) is None


@pytest.mark.parametrize(
    "payload", [None, 1, "x", [], {}, {"result": 1, "data": {}}, {"items": [None, {"snippet": 3}]}]
)
def test_what_is_none_of_a_platforms_messages_holds_no_comment(payload):
    assert tiktok.read_message(payload) is None
    assert youtube.read_page(payload, "t").comments == ()
