"""What somebody posted as a message, checked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from agentbot.channels.base import LONGEST_TEXT, LONGEST_VISITOR, Comment, Inbound
from core.errors import InputError
from core.webhooks.bodies import parse_object

LONGEST_THREAD = 200


def parse_said(body: bytes, external_id: str) -> Inbound | Comment:
    """A direct message, or with `"kind": "comment"` something said in public in `thread`. Other fields are a sender's
    own affair, as they have always been."""
    fields = parse_object(body)
    if fields.get("kind") != "comment":
        return _message(fields, external_id)
    return Comment(
        external_id=external_id,
        visitor=text_field(fields, "visitor", LONGEST_VISITOR).strip(),
        thread=text_field(fields, "thread", LONGEST_THREAD).strip(),
        text=text_field(fields, "text", LONGEST_TEXT),
        sent_at=_moment(fields),
        source=_source(fields),
    )


def parse_message(body: bytes, external_id: str) -> Inbound:
    """`{"visitor", "text", "sent_at"}`; `InputError` names what is missing or odd."""
    return _message(parse_object(body), external_id)


def _message(fields: dict[str, Any], external_id: str) -> Inbound:
    return Inbound(
        external_id=external_id,
        visitor=text_field(fields, "visitor", LONGEST_VISITOR).strip(),
        text=text_field(fields, "text", LONGEST_TEXT),
        sent_at=_moment(fields),
        source=_source(fields),
    )


def text_field(fields: dict[str, Any], name: str, longest: int) -> str:
    """Text that can be kept: no NUL, no half of a surrogate pair, not blank."""
    found = fields.get(name)
    if not isinstance(found, str) or not found.strip():
        raise InputError(name, "must be text that is not blank", "missing")
    if len(found) > longest:
        raise InputError(name, f"is longer than {longest} characters", "too_long")
    try:
        found.encode()
    except UnicodeEncodeError as error:
        raise InputError(name, "holds half a character", "bad_text") from error
    if "\0" in found:
        raise InputError(name, "holds a NUL character", "bad_text")
    return found


def _moment(fields: dict[str, Any]) -> dt.datetime:
    """ISO 8601; without an offset it is UTC. A moment still to come counts as now."""
    found = fields.get("sent_at")
    try:
        moment = dt.datetime.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year <= 9000:
        raise InputError("sent_at", "must be a moment in ISO 8601, such as 2026-01-31T08:30:00Z", "bad_moment")
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return min(aware, dt.datetime.now(dt.UTC))


def _source(fields: dict[str, Any]) -> dict[str, str]:
    """Optional: which ad, creative or room the visitor came from."""
    found = fields.get("source")
    if not isinstance(found, dict):
        return {}
    kept = [(key, value) for key, value in list(found.items())[:10] if isinstance(value, str | int)]
    return {storable(str(key))[:40]: storable(str(value))[:200] for key, value in kept}


def storable(text: str) -> str:
    """`text` without what no database keeps; for what is only noted beside a message, and no reason to refuse it."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
