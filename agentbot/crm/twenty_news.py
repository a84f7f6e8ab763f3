"""What Twenty's webhook tells: that somebody there changed a person.

Page: "Webhooks" of docs.twenty.com (2026-11-23): HMAC-SHA256 in hex over `timestamp:body`, the timestamp in
milliseconds. Its nonce is not signed, so what was heard before is known by timestamp and body. It does not try again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agentbot.crm.twenty import KEY, STAGE, STAGES
from core.webhooks.bodies import parse_object
from core.webhooks.signing import TOLERANCE_SECONDS, BadSignature

TIME_HEADER, SIGNATURE_HEADER = "x-twenty-webhook-timestamp", "x-twenty-webhook-signature"
LONGEST_TIME = 16


@dataclass(frozen=True)
class News:
    """A person's stage as it is now; `at` in ISO 8601, None where Twenty does not say."""

    id: str
    key: str
    stage: str
    at: str | None


def verify_twenty(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> None:
    """Raise `BadSignature` unless it is signed with `secret` within 5 minutes of `now`; compares in constant time."""
    stamp, signature = headers.get(TIME_HEADER, ""), headers.get(SIGNATURE_HEADER, "")
    if not secret:
        raise BadSignature("this connection has no secret of Twenty's webhook")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > LONGEST_TIME:
        raise BadSignature(f"{TIME_HEADER} is no number of milliseconds")
    expected = hmac.new(secret.encode(), stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.lower().encode()):
        raise BadSignature("the signature does not fit")
    if abs(now - int(stamp) / 1000) > TOLERANCE_SECONDS:
        raise BadSignature(f"{TIME_HEADER} is more than {TOLERANCE_SECONDS} s off")


def read_news(body: bytes, stages: Mapping[str, str]) -> News | None:
    """Of `{eventName, record, updatedFields, eventDate}`, which the page still calls `event`, `data`, `timestamp`."""
    told = parse_object(body)
    name = str(told.get("eventName") or told.get("event") or "")
    person = told.get("record") or told.get("data")
    if name not in ("person.created", "person.updated") or not isinstance(person, dict):
        return None
    changed = told.get("updatedFields")
    if isinstance(changed, list) and STAGE not in changed:
        return None
    stage = _stage(person, stages)
    key, at = str(person.get(KEY) or ""), told.get("eventDate") or told.get("timestamp")
    if not stage or not key:
        return None
    heard = hashlib.sha256(f"{key} {stage} {at}".encode()).hexdigest()[:40]
    return News(f"twenty {heard}", key, stage, str(at) if at else None)


def _stage(person: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    known = STAGES | {theirs.upper(): ours for theirs, ours in stages.items()}
    return known.get(str(person.get(STAGE) or "").strip().upper(), "")
