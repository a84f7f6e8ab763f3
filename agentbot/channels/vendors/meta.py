"""What Messenger and WhatsApp share: one signature, one handshake, one kind of error.

After developers.facebook.com, read 2026-11-23: "Meta Webhooks for Messenger Platform", "Common Error Codes"
(updated 2026-03-18). X-Hub-Signature-256 is "sha256=" and the HMAC of the raw body under the app secret; that, the
handshake (hub.mode, hub.challenge, hub.verify_token) and WhatsApp's codes were read in public clients
(hexdocs.pm/whatsapp_sdk) and in partners' lists of codes (docs.ycloud.com), the same day.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from agentbot.channels.vendors.base import (
    TOKEN_REFUSED,
    Reply,
    Request,
    Secrets,
    as_object,
    objects,
    refusal,
    word,
)
from core.webhooks.posting import Answer
from core.webhooks.signing import BadSignature

API = "https://graph.facebook.com"
SETTING = "META_GRAPH_URL"
VERSION = "/v25.0"
VERIFIED_BY = "meta"
WINDOW_SECONDS = 24 * 3600
ACKNOWLEDGEMENT = Reply(b"EVENT_RECEIVED", "text/plain")
TOKEN_CODES = frozenset({0, 10, 102, 190, 200})
LIMIT_CODES = frozenset({4, 32, 613, 80007, 130429, 131048, 131056})
BUSY_CODES = frozenset({1, 2, 131000, 131016})


def greet(secrets: Secrets, request: Request) -> Reply | None:
    """The challenge comes back to whoever knows the verify token that we made."""
    if request.method != "GET":
        return None
    given = request.query.get("hub.verify_token", "")
    fits = hmac.compare_digest(secrets["verify_token"].encode(), given.encode())
    if not fits or request.query.get("hub.mode") != "subscribe":
        raise BadSignature("hub.verify_token does not fit")
    return Reply(request.query.get("hub.challenge", "")[:200].encode(), "text/plain")


def sign(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(secrets: Secrets, request: Request) -> None:
    given = request.headers.get("x-hub-signature-256", "")
    if not hmac.compare_digest(sign(secrets["app_secret"], request.body).encode(), given.encode()):
        raise BadSignature("X-Hub-Signature-256 does not fit")


def changes(entry: Mapping[str, Any], field: str) -> Iterator[dict[str, Any]]:
    """The values of an entry's changes of `field`."""
    for change in objects(entry.get("changes")):
        if change.get("field") == field:
            yield as_object(change.get("value") or {}, "value")


def judge(status: int, body: Mapping[str, Any], reference: str) -> Answer:
    error = body.get("error")
    if 200 <= status < 300 and not error:
        return Answer(200, reference=reference)
    told = error if isinstance(error, dict) else {}
    code = int(told["code"]) if isinstance(told.get("code"), int) else None
    failure = f"Meta: {code if code is not None else status} {word(told, 'message')}"
    if code in TOKEN_CODES and code is not None:
        return refusal(TOKEN_REFUSED, failure)
    if code in LIMIT_CODES or status == 429:
        return refusal(429, failure)
    if code in BUSY_CODES:
        return refusal(503, failure)
    return refusal(422 if code is not None or status < 500 else status, failure)
