"""Kuaishou: events of an app's webhook.

Confirmed, by "WebHook 接入指南" (open.kuaishou.com, dated 2024-09-06, and its mirror at
apifox.com/apidoc/docs-site/462993, both read 2026-11-23): the header `kwaisign` is MD5 over raw body and app
secret, a delivery that fails comes again three times every 5 seconds, and `taskId` tells one from another.

Not confirmed by any page that could be found: how the platform words private messages and comments, their echoes,
the answer to its test event, and how a private message is sent. What stands here follows the shape of its other
open interfaces; whoever has access compares it with their console's pages before opening such a channel.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from agentbot.channels.base import Capabilities, Comment, Echo, Event, Inbound
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
    parse_body,
    refusal,
    said_text,
    word,
)
from core.errors import InputError
from core.webhooks.posting import Answer
from core.webhooks.signing import BadSignature

VERIFIED_BY = "kwaisign"
TEST, MESSAGE, ECHO, COMMENT = "TEST", "IM_RECEIVE_MSG", "IM_SEND_MSG", "COMMENT_CREATE"
TOKEN_CODES = frozenset({100200103, 100200105})
BUSY_CODES = frozenset({100200500})
TOKEN_SECONDS = 2 * 86400.0
_SEPARATOR = "|"


class Kuaishou:
    """No timestamp is signed: `taskId`, kept for a week, and the unguessable address are what a replay meets."""

    kind = "kuaishou"
    api = "https://open.kuaishou.com"
    setting = "KUAISHOU_API_URL"
    capabilities = Capabilities(
        takes_ids=False, has_comments=True, reply_window_seconds=48 * 3600, replies_per_message=5
    )
    credentials: tuple[Credential, ...] = (
        Credential("app_id", is_secret=False),
        Credential("app_secret"),
        Credential("open_id", is_secret=False),
        Credential("access_token"),
        Credential("refresh_token", is_optional=True),
    )
    acknowledgement = Reply(b'{"result":1}')

    def greet(self, secrets: Secrets, request: Request, now: float) -> Reply | None:
        if request.method != "POST":
            return None
        _verify(secrets, request)
        body = parse_body(request.body)
        if word(body, "event").upper() != TEST:
            return None
        return Reply(json.dumps({"result": 1, "message_id": word(body, "taskId")}).encode())

    def read(self, secrets: Secrets, request: Request, now: float) -> tuple[Event, ...]:
        _verify(secrets, request)
        body = parse_body(request.body)
        task = word(body, "taskId")
        if not task:
            raise InputError("taskId", "is missing: nothing else tells a replay apart", "missing")
        data = as_object(body.get("data") or {}, "data")
        readers = {MESSAGE: _received, ECHO: _sent, COMMENT: _commented}
        reader = readers.get(word(body, "event").upper())
        found = reader(secrets, event_id("task", task), data) if reader else None
        return (found,) if found else ()

    def write(self, secrets: Secrets, token: str, said: Outgoing) -> Call:
        query = {"app_id": secrets["app_id"], "access_token": token}
        if said.thread:
            photo, _, comment = said.thread.partition(_SEPARATOR)
            answer = {"photo_id": photo, "comment_id": comment, "content": said.text}
            return Call("/openapi/photo/comment/reply", query=query, body=answer)
        message = {"to_open_id": said.visitor, "message_type": "TEXT", "content": {"text": said.text}}
        return Call("/openapi/im/message/send", query=query, body=message)

    def judge(self, status: int, body: Mapping[str, Any]) -> Answer:
        result = int(word(body, "result") or 0) if word(body, "result").isdigit() else 0
        if 200 <= status < 300 and result == 1:
            return Answer(200, reference=word(body, "message_id"))
        failure = f"Kuaishou: {result or status} {word(body, 'error_msg')}"
        if result in TOKEN_CODES:
            return refusal(TOKEN_REFUSED, failure)
        return refusal(503 if result in BUSY_CODES else 422 if result else status if status >= 300 else 422, failure)

    def ask_token(self, secrets: Secrets) -> Call | None:
        if not secrets.get("refresh_token"):
            return None
        form = {
            "app_id": secrets["app_id"],
            "app_secret": secrets["app_secret"],
            "refresh_token": secrets["refresh_token"],
            "grant_type": "refresh_token",
        }
        return Call("/oauth2/refresh_token", query=form)

    def read_token(self, body: Mapping[str, Any]) -> Token | None:
        value, seconds = word(body, "access_token", 2000), body.get("expires_in")
        return Token(value, float(seconds) if isinstance(seconds, int) else TOKEN_SECONDS) if value else None


def sign(secret: str, body: bytes) -> str:
    """MD5 of body and app secret, in hex."""
    return hashlib.md5(body + secret.encode()).hexdigest()


def _verify(secrets: Secrets, request: Request) -> None:
    given = request.headers.get("kwaisign", "")
    if not hmac.compare_digest(sign(secrets["app_secret"], request.body).encode(), given.lower().encode()):
        raise BadSignature("kwaisign does not fit")


def _received(secrets: Secrets, key: str, data: Mapping[str, Any]) -> Event | None:
    visitor = word(data, "from_open_id")
    if not visitor or visitor == secrets["open_id"]:
        return None
    return Inbound(
        external_id=key,
        visitor=visitor,
        text=said_text(_text(data), word(data, "message_type").lower()),
        sent_at=moment(data.get("timestamp"), milliseconds=True),
        verified_by=VERIFIED_BY,
    )


def _sent(secrets: Secrets, key: str, data: Mapping[str, Any]) -> Event | None:
    visitor = word(data, "to_open_id")
    if not visitor:
        return None
    return Echo(
        external_id=key,
        visitor=visitor,
        is_ours=word(data, "source_app_id") == secrets["app_id"],
        message=word(data, "message_id"),
        text=said_text(_text(data), word(data, "message_type").lower()),
        sent_at=moment(data.get("timestamp"), milliseconds=True),
    )


def _commented(secrets: Secrets, key: str, data: Mapping[str, Any]) -> Event | None:
    visitor, comment, photo = word(data, "open_id"), word(data, "comment_id"), word(data, "photo_id")
    if not visitor or not comment or visitor == secrets["open_id"]:
        return None
    return Comment(
        external_id=key,
        visitor=visitor,
        thread=f"{photo}{_SEPARATOR}{word(data, 'reply_to_comment_id') or comment}",
        text=said_text(_text(data), "comment"),
        sent_at=moment(data.get("timestamp"), milliseconds=True),
        source={"video": photo} if photo else {},
        verified_by=VERIFIED_BY,
    )


def _text(data: Mapping[str, Any]) -> str:
    content = data.get("content", "")
    return word(content, "text", 4000) if isinstance(content, dict) else word(data, "content", 4000)
