"""Messenger: direct messages of a Facebook page, and comments under its posts.

After developers.facebook.com, read 2026-11-23: "message_echoes Webhook Event Reference" (updated 2026-03-18), "Send
API" (v25.0: POST /PAGE_ID/messages, `recipient_id` and `message_id` in the answer; within 24 hours of the visitor's
message).

Not confirmed on a page of the vendor's own: the page webhook's field `feed` and POST /COMMENT_ID/comments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agentbot.channels.base import Capabilities, Comment, Echo, Entry, Event, Inbound
from agentbot.channels.vendors import meta
from agentbot.channels.vendors.base import (
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
    said_text,
    word,
)
from core.webhooks.posting import Answer


class Messenger:
    """Echoes carry the app's id and the `metadata` we sent, which is the part's id."""

    kind = "messenger"
    api = meta.API
    setting = meta.SETTING
    capabilities = Capabilities(takes_ids=False, has_comments=True, reply_window_seconds=meta.WINDOW_SECONDS)
    credentials: tuple[Credential, ...] = (
        Credential("page_id", is_secret=False),
        Credential("app_id", is_secret=False),
        Credential("app_secret"),
        Credential("access_token"),
    )
    acknowledgement = meta.ACKNOWLEDGEMENT

    def greet(self, secrets: Secrets, request: Request, now: float) -> Reply | None:
        return meta.greet(secrets, request)

    def read(self, secrets: Secrets, request: Request, now: float) -> tuple[Event, ...]:
        meta.verify(secrets, request)
        body = parse_body(request.body)
        entries = objects(body.get("entry")) if body.get("object") == "page" else []
        ours = [each for each in entries if word(each, "id") == secrets["page_id"]]
        found: list[Event | None] = []
        for entry in ours:
            found += [_read(secrets, each) for each in objects(entry.get("messaging"))]
            # While another app has the conversation, what the page sends is still told here.
            found += [_echo(secrets, each, _message(each)) for each in objects(entry.get("standby"))]
            found += [_commented(secrets, each) for each in meta.changes(entry, "feed")]
        return tuple(each for each in found if each is not None)

    def write(self, secrets: Secrets, token: str, said: Outgoing) -> Call:
        headers = {"authorization": f"Bearer {token}"}
        if said.thread:
            return Call(f"{meta.VERSION}/{said.thread}/comments", body={"message": said.text}, headers=headers)
        message = {
            "recipient": {"id": said.visitor},
            "messaging_type": "RESPONSE",
            "message": {"text": said.text, "metadata": said.part},
        }
        return Call(f"{meta.VERSION}/{secrets['page_id']}/messages", body=message, headers=headers)

    def judge(self, status: int, body: Mapping[str, Any]) -> Answer:
        return meta.judge(status, body, word(body, "message_id") or word(body, "id"))

    def ask_token(self, secrets: Secrets) -> Call | None:
        return None

    def read_token(self, body: Mapping[str, Any]) -> Token | None:
        return None


def _message(event: Mapping[str, Any]) -> dict[str, Any]:
    return as_object(event.get("message") or {}, "message")


def _read(secrets: Secrets, event: Mapping[str, Any]) -> Event | None:
    message = _message(event)
    if message.get("is_echo"):
        return _echo(secrets, event, message)
    visitor = word(as_object(event.get("sender") or {}, "sender"), "id")
    if not visitor or visitor == secrets["page_id"]:
        return None
    if not message:
        return _entered(event, visitor)
    return Inbound(
        external_id=event_id("mid", word(message, "mid", 400)),
        visitor=visitor,
        text=said_text(word(message, "text", 4000), _attached(message)),
        sent_at=moment(event.get("timestamp"), milliseconds=True),
        source=_source(message),
        verified_by=meta.VERIFIED_BY,
    )


def _echo(secrets: Secrets, event: Mapping[str, Any], message: Mapping[str, Any]) -> Event | None:
    visitor = word(as_object(event.get("recipient") or {}, "recipient"), "id")
    if not visitor or not message.get("is_echo"):
        return None
    return Echo(
        external_id=event_id("echo", word(message, "mid", 400)),
        visitor=visitor,
        is_ours=word(message, "app_id") == secrets["app_id"],
        message=word(message, "mid"),
        part=word(message, "metadata", 40),
        text=said_text(word(message, "text", 4000), _attached(message)),
        sent_at=moment(event.get("timestamp"), milliseconds=True),
    )


def _entered(event: Mapping[str, Any], visitor: str) -> Event | None:
    """A tap on "Get started" or on a link to the page's chat."""
    told = event.get("referral") or event.get("postback")
    if not isinstance(told, dict):
        return None
    key = event_id("entry", visitor, word(event, "timestamp"))
    return Entry(key, visitor, _source({"referral": told.get("referral", told)}))


def _commented(secrets: Secrets, value: Mapping[str, Any]) -> Event | None:
    """A thread is the comment on top: below it, `parent_id` is that comment; on top, the post."""
    sender = as_object(value.get("from") or {}, "from")
    visitor, comment, parent = word(sender, "id"), word(value, "comment_id"), word(value, "parent_id")
    is_new = value.get("item") == "comment" and value.get("verb") == "add"
    if not is_new or not visitor or not comment or visitor == secrets["page_id"]:
        return None
    post = word(value, "post_id")
    return Comment(
        external_id=event_id("comment", comment),
        visitor=visitor,
        thread=parent if parent not in ("", post) else comment,
        text=said_text(word(value, "message", 4000), "comment"),
        sent_at=moment(value.get("created_time")),
        source={"post": post} if post else {},
        verified_by=meta.VERIFIED_BY,
    )


def _attached(message: Mapping[str, Any]) -> str:
    return next((word(each, "type") for each in objects(message.get("attachments"))), "message")


def _source(message: Mapping[str, Any]) -> dict[str, str]:
    referral = message.get("referral")
    advert = word(referral, "ad_id") if isinstance(referral, dict) else ""
    return {"ad": advert} if advert else {}
