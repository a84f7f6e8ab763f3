"""Douyin: direct messages and comments of an account that its owner authorised for the app.

After developer.open-douyin.com, read 2026-11-23: "Webhooks 概述" (dop/develop/webhooks/summarize), "事件列表"
(event-list), "接收私信消息事件" (private-msg-webhook), "接收用户进入私信会话页事件" (enter-direct-msg-webhook).
Access to direct messages is closed to new apps.

Not confirmed on a page of the vendor's own, but in public code that follows it: the fields of `/im/send/msg/` and
of `item_comment_reply`, `/item/comment/reply/`, and all error codes but 0. How many replies a message allows, and
for how long, differs by capability (24 or 48 hours, 5 or 6 replies): it is data of the account.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from agentbot.channels.base import Capabilities, Comment, Echo, Entry, Event, Inbound
from agentbot.channels.vendors.base import (
    TOKEN_REFUSED,
    Call,
    Credential,
    Outgoing,
    Reply,
    Request,
    Secrets,
    Token,
    as_object,
    event_id,
    moment,
    objects,
    parse_body,
    refusal,
    said_text,
    word,
)
from core.webhooks.posting import Answer
from core.webhooks.signing import BadSignature

VERIFIED_BY = "douyin"
REPLY_SCENE = "im_reply_msg"
TEXT = 1
TOKEN_CODES = frozenset({10008, 2190002, 2190008, 28001003, 28001008})
BUSY_CODES = frozenset({2100004, 28001005})
QUOTA_CODES = frozenset({28001006, 28003017})
TOKEN_SECONDS = 15 * 86400.0
_SEPARATOR = "|"


class Douyin:
    """`X-Douyin-Signature` is SHA-1 over client secret and raw body. The header `Msg-Id` is not signed, so events are
    known by what the signature covers: the id of the message in the body."""

    kind = "douyin"
    api = "https://open.douyin.com"
    setting = "DOUYIN_API_URL"
    capabilities = Capabilities(
        takes_ids=False, has_comments=True, reply_window_seconds=48 * 3600, replies_per_message=5
    )
    credentials: tuple[Credential, ...] = (
        Credential("client_key", is_secret=False),
        Credential("client_secret"),
        Credential("open_id", is_secret=False),
        Credential("access_token"),
        Credential("refresh_token", is_optional=True),
    )
    acknowledgement = Reply()

    def greet(self, secrets: Secrets, request: Request, now: float) -> Reply | None:
        if request.method != "POST" or b"verify_webhook" not in request.body:
            return None
        _verify(secrets, request)
        body = parse_body(request.body)
        if body.get("event") != "verify_webhook":
            return None
        challenge = as_object(body.get("content"), "content").get("challenge")
        return Reply(json.dumps({"challenge": challenge}).encode())

    def read(self, secrets: Secrets, request: Request, now: float) -> tuple[Event, ...]:
        _verify(secrets, request)
        body = parse_body(request.body)
        if word(body, "client_key") not in ("", secrets["client_key"]):
            return ()
        readers = {
            "im_receive_msg": _received,
            "im_send_msg": _sent,
            "im_enter_direct_msg": _entered,
            "item_comment_reply": _commented,
        }
        reader = readers.get(word(body, "event"))
        found = reader(secrets, body, as_object(body.get("content", {}), "content"), request.body) if reader else None
        return (found,) if found else ()

    def write(self, secrets: Secrets, token: str, said: Outgoing) -> Call:
        query, headers = {"open_id": secrets["open_id"]}, {"access-token": token}
        if said.thread:
            item, _, comment = said.thread.partition(_SEPARATOR)
            answer = {"item_id": item, "comment_id": comment, "content": said.text}
            return Call("/item/comment/reply/", query=query, headers=headers, body=answer)
        message = {
            "to_user_id": said.visitor,
            "conversation_id": said.handles.get("conversation", ""),
            "msg_id": said.handles.get("message", ""),
            "scene": REPLY_SCENE,
            "content": {"msg_type": TEXT, "text": {"text": said.text}},
        }
        return Call("/im/send/msg/", query=query, headers=headers, body=message)

    def judge(self, status: int, body: Mapping[str, Any]) -> Answer:
        """Errors come as 200 with a code, in `data` or in `extra`."""
        data, extra = _part(body, "data"), _part(body, "extra")
        code = next((int(each) for each in (_code(data), _code(extra)) if each), 0)
        if 200 <= status < 300 and code == 0:
            return Answer(200, reference=word(data, "msg_id") or word(body, "msg_id"))
        failure = f"Douyin: {code or status} {word(data, 'description') or word(extra, 'description')}"
        if code in TOKEN_CODES:
            return refusal(TOKEN_REFUSED, failure)
        if code in QUOTA_CODES:
            return refusal(429, failure)
        return refusal(503 if code in BUSY_CODES else 422 if code else status, failure)

    def ask_token(self, secrets: Secrets) -> Call | None:
        if not secrets.get("refresh_token"):
            return None
        form = {
            "client_key": secrets["client_key"],
            "grant_type": "refresh_token",
            "refresh_token": secrets["refresh_token"],
        }
        return Call("/oauth/refresh_token/", query=form)

    def read_token(self, body: Mapping[str, Any]) -> Token | None:
        data = _part(body, "data")
        value = word(data, "access_token", 2000)
        seconds = data.get("expires_in")
        return Token(value, float(seconds) if isinstance(seconds, int) else TOKEN_SECONDS) if value else None


def sign(secret: str, body: bytes) -> str:
    """SHA-1 of secret and body, in hex. It can be lengthened by a stranger, but only to what is no JSON any more."""
    return hashlib.sha1(secret.encode() + body).hexdigest()


def _verify(secrets: Secrets, request: Request) -> None:
    given = request.headers.get("x-douyin-signature", "")
    if not hmac.compare_digest(sign(secrets["client_secret"], request.body).encode(), given.encode()):
        raise BadSignature("X-Douyin-Signature does not fit")


def _received(secrets: Secrets, body: dict[str, Any], content: dict[str, Any], raw: bytes) -> Event | None:
    visitor, message = word(body, "from_user_id"), word(content, "server_message_id", 400)
    if not visitor or visitor == secrets["open_id"]:
        return None
    return Inbound(
        external_id=event_id("im_receive_msg", message or _digest(raw)),
        visitor=visitor,
        text=said_text(_text(content), word(content, "message_type")),
        sent_at=moment(content.get("create_time"), milliseconds=True),
        source=_source(content),
        verified_by=VERIFIED_BY,
        handles=_handles(content),
    )


def _sent(secrets: Secrets, body: dict[str, Any], content: dict[str, Any], raw: bytes) -> Event | None:
    """`source` names the app that sent it and is empty for what a person typed in Douyin itself."""
    visitor, message = word(body, "to_user_id"), word(content, "server_message_id", 400)
    if not visitor:
        return None
    return Echo(
        external_id=event_id("im_send_msg", message or _digest(raw)),
        visitor=visitor,
        is_ours=word(content, "source") == secrets["client_key"],
        message=message,
        text=said_text(_text(content), word(content, "message_type")),
        sent_at=moment(content.get("create_time"), milliseconds=True),
    )


def _entered(secrets: Secrets, body: dict[str, Any], content: dict[str, Any], raw: bytes) -> Event | None:
    visitor = word(body, "from_user_id")
    if not visitor:
        return None
    return Entry(event_id("im_enter_direct_msg", _digest(raw)), visitor, _source(content), _handles(content))


def _commented(secrets: Secrets, body: dict[str, Any], content: dict[str, Any], raw: bytes) -> Event | None:
    """A thread is the comment on top; an answer of the account itself is no visitor's."""
    visitor = word(content, "comment_user_id") or word(body, "from_user_id")
    comment, item = word(content, "comment_id"), word(content, "reply_to_item_id")
    if not visitor or not comment or visitor == secrets["open_id"]:
        return None
    on_top = word(content, "reply_to_comment_id")
    return Comment(
        external_id=event_id("item_comment_reply", comment),
        visitor=visitor,
        thread=f"{item}{_SEPARATOR}{on_top if on_top not in ('', '0') else comment}",
        text=said_text(word(content, "content", 4000), "comment"),
        sent_at=moment(content.get("create_time")),
        source={"video": item} if item else {},
        verified_by=VERIFIED_BY,
    )


def _text(content: Mapping[str, Any]) -> str:
    found = content.get("text", "")
    return word(found, "text", 4000) if isinstance(found, dict) else word(content, "text", 4000)


def _source(content: dict[str, Any]) -> dict[str, str]:
    """Which ad or video brought the visitor; `ad_info` is JSON in a string."""
    advert = as_object(content.get("ad_info") or {}, "ad_info")
    named = {"ad": word(advert, "ad_id"), "creative": word(advert, "creative_id"), "video": word(content, "objectId")}
    return {key: value for key, value in named.items() if value not in ("", "0")}


def _handles(content: Mapping[str, Any]) -> dict[str, str]:
    return {
        "conversation": word(content, "conversation_short_id", 400),
        "message": word(content, "server_message_id", 400),
    }


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _part(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(iter(objects([body.get(name)])), {})


def _code(part: Mapping[str, Any]) -> int:
    found = str(part.get("error_code", 0))
    return int(found) if found.lstrip("-").isdigit() else 0
