"""WhatsApp through its Cloud API.

After developers.facebook.com, read 2026-11-23: "messages webhook reference", "Text messages webhook reference"
(updated 2025-10-27), "Status messages webhook reference" (updated 2026-05-21), "smb_message_echoes". 24 hours after
the visitor's last message only templates may be sent; Adloom sends none.

Not confirmed on a page of the vendor's own: `biz_opaque_callback_data` in what is sent and in its status. Without
it a status is matched by the message's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from agentbot.channels.base import Capabilities, Echo, Event, Inbound
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

ARRIVED = frozenset({"sent", "delivered", "read"})


class WhatsApp:
    """`biz_opaque_callback_data` brings the part's id back with every status."""

    kind = "whatsapp"
    api = meta.API
    setting = meta.SETTING
    capabilities = Capabilities(takes_ids=False, reply_window_seconds=meta.WINDOW_SECONDS)
    credentials: tuple[Credential, ...] = (
        Credential("phone_number_id", is_secret=False),
        Credential("app_secret"),
        Credential("access_token"),
    )
    acknowledgement = meta.ACKNOWLEDGEMENT

    def greet(self, secrets: Secrets, request: Request, now: float) -> Reply | None:
        return meta.greet(secrets, request)

    def read(self, secrets: Secrets, request: Request, now: float) -> tuple[Event, ...]:
        meta.verify(secrets, request)
        body = parse_body(request.body)
        entries = objects(body.get("entry")) if body.get("object") == "whatsapp_business_account" else []
        found: list[Event | None] = []
        for entry in entries:
            for value in _values(secrets, entry, "messages"):
                found += [_received(each) for each in objects(value.get("messages"))]
                found += [_status(each) for each in objects(value.get("statuses"))]
            for value in _values(secrets, entry, "smb_message_echoes"):
                found += [_typed_in_app(each) for each in objects(value.get("message_echoes"))]
        return tuple(each for each in found if each is not None)

    def write(self, secrets: Secrets, token: str, said: Outgoing) -> Call:
        message = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": said.visitor,
            "type": "text",
            "text": {"preview_url": False, "body": said.text},
            "biz_opaque_callback_data": said.part,
        }
        path = f"{meta.VERSION}/{secrets['phone_number_id']}/messages"
        return Call(path, body=message, headers={"authorization": f"Bearer {token}"})

    def judge(self, status: int, body: Mapping[str, Any]) -> Answer:
        sent = next(iter(objects(body.get("messages"))), {})
        return meta.judge(status, body, word(sent, "id"))

    def ask_token(self, secrets: Secrets) -> Call | None:
        return None

    def read_token(self, body: Mapping[str, Any]) -> Token | None:
        return None


def _values(secrets: Secrets, entry: Mapping[str, Any], field: str) -> Iterator[dict[str, Any]]:
    """Changes of this number; an app can have several."""
    for value in meta.changes(entry, field):
        if word(as_object(value.get("metadata") or {}, "metadata"), "phone_number_id") == secrets["phone_number_id"]:
            yield value


def _received(message: Mapping[str, Any]) -> Event | None:
    visitor, key = word(message, "from"), word(message, "id", 400)
    if not visitor or not key or message.get("type") in ("reaction", "system"):
        return None
    return Inbound(
        external_id=event_id("wamid", key),
        visitor=visitor,
        text=said_text(_text(message), word(message, "type")),
        sent_at=moment(word(message, "timestamp")),
        source=_source(message),
        verified_by=meta.VERIFIED_BY,
    )


def _status(status: Mapping[str, Any]) -> Event | None:
    """The first news that a message left, or that it did not."""
    visitor, key, told = word(status, "recipient_id"), word(status, "id", 400), word(status, "status")
    if not visitor or not key or told not in (*ARRIVED, "failed"):
        return None
    error = next(iter(objects(status.get("errors"))), {})
    failure = f"WhatsApp: {word(error, 'code')} {word(error, 'title')}" if told == "failed" else ""
    return Echo(
        external_id=event_id("failed" if failure else "status", key),
        visitor=visitor,
        is_ours=True,
        message=key[:200],
        part=word(status, "biz_opaque_callback_data", 40),
        failure=failure,
    )


def _typed_in_app(message: Mapping[str, Any]) -> Event | None:
    """Someone of the business wrote in the WhatsApp Business app."""
    visitor, key = word(message, "to"), word(message, "id", 400)
    if not visitor or not key:
        return None
    return Echo(
        external_id=event_id("echo", key),
        visitor=visitor,
        is_ours=False,
        message=key[:200],
        text=said_text(_text(message), word(message, "type")),
        sent_at=moment(word(message, "timestamp")),
    )


def _text(message: Mapping[str, Any]) -> str:
    """Of text, of a tapped button or list entry, or what stands under a picture."""
    told = message.get(word(message, "type"))
    if not isinstance(told, dict):
        return ""
    tapped = told.get("button_reply") or told.get("list_reply")
    if isinstance(tapped, dict):
        return word(tapped, "title", 4000)
    return word(told, "body", 4000) or word(told, "text", 4000) or word(told, "caption", 4000)


def _source(message: Mapping[str, Any]) -> dict[str, str]:
    referral = message.get("referral")
    advert = word(referral, "source_id") if isinstance(referral, dict) else ""
    return {"ad": advert} if advert else {}
