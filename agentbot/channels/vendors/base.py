"""What every vendor's file offers: its handshake, how it signs, what its events say, how it is written to."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from agentbot.channels.base import LONGEST_TEXT, Capabilities, Event
from agentbot.channels.messages import storable
from core.errors import InputError
from core.webhooks.posting import Answer

Secrets = Mapping[str, str]
LONGEST_EXTERNAL_ID = 200
TOKEN_REFUSED = 401


@dataclass(frozen=True)
class Request:
    """A request as it came; header names in lower case, the body's raw bytes."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What the platform wants to read back."""

    body: bytes = b"{}"
    content_type: str = "application/json"


@dataclass(frozen=True)
class Credential:
    """One thing the vendor's console shows and the advertiser pastes here."""

    name: str
    is_secret: bool = True
    is_optional: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One text on its way. `thread` names the comment it stands under; "" for a direct message.

    `handles` are the platform's own names for the conversation, as the visitor's last event told them.
    """

    part: str
    visitor: str
    text: str
    handles: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""


@dataclass(frozen=True)
class Call:
    """A request to the vendor, under its base address."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


@dataclass(frozen=True)
class Token:
    """An access token and for how many seconds it holds."""

    value: str
    seconds: float


class Vendor(Protocol):
    """One platform. Pure: it takes values and gives values; the door and the sender do the rest.

    `api` is its base address, `setting` the setting that replaces it.
    """

    kind: str
    api: str
    setting: str
    capabilities: Capabilities
    credentials: tuple[Credential, ...]
    acknowledgement: Reply

    def greet(self, secrets: Secrets, request: Request, now: float) -> Reply | None:
        """The answer to a handshake, None for any other request. Raises `BadSignature`."""
        ...

    def read(self, secrets: Secrets, request: Request, now: float) -> tuple[Event, ...]:
        """What a verified request says. Raises `BadSignature`, `InputError` for a body that is none."""
        ...

    def write(self, secrets: Secrets, token: str, said: Outgoing) -> Call:
        """The call that sends `said`."""
        ...

    def judge(self, status: int, body: Mapping[str, Any]) -> Answer:
        """What the vendor's answer means, as a status the outbox knows; `reference` is its name for the message."""
        ...

    def ask_token(self, secrets: Secrets) -> Call | None:
        """The call that gives a fresh token; None where the token among the secrets holds for good."""
        ...

    def read_token(self, body: Mapping[str, Any]) -> Token | None: ...


def parse_body(body: bytes) -> dict[str, Any]:
    """A JSON object, or `InputError`. Strict about bytes, so that a lengthened body is no body."""
    try:
        found = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise InputError("body", "is not JSON", "bad_json") from error
    return as_object(found, "body")


def as_object(found: Any, thing: str) -> dict[str, Any]:
    """`found`, opened where it is JSON inside a string, as vendors like it."""
    if isinstance(found, str):
        try:
            found = json.loads(found) if found.strip() else {}
        except (ValueError, RecursionError) as error:
            raise InputError(thing, "is not JSON", "bad_json") from error
    if not isinstance(found, dict):
        raise InputError(thing, "is not a JSON object", "bad_json")
    return found


def objects(found: Any) -> list[dict[str, Any]]:
    """The objects of what should be a list of them."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def word(fields: Mapping[str, Any], name: str, longest: int = 200) -> str:
    """Text or a number of `fields` as text that can be kept; "" where there is none."""
    found = fields.get(name)
    return storable(str(found))[:longest] if isinstance(found, str | int) and not isinstance(found, bool) else ""


def said_text(text: str, kind: str) -> str:
    """What was said, or the kind of what cannot be read here in brackets: `[image]`."""
    return storable(text)[:LONGEST_TEXT] if text.strip() else f"[{kind or 'message'}]"


def moment(found: Any, *, milliseconds: bool = False) -> dt.datetime:
    """An epoch as the vendor counts it; now where it is none or still to come."""
    now = dt.datetime.now(dt.UTC)
    try:
        seconds = float(found) / (1000.0 if milliseconds else 1.0)
        return min(dt.datetime.fromtimestamp(seconds, dt.UTC), now)
    except (TypeError, ValueError, OverflowError, OSError):
        return now


def event_id(*pieces: str) -> str:
    """A name for an event that fits its column, made of what the signature covers."""
    whole = ":".join(pieces)
    return whole if len(whole) <= LONGEST_EXTERNAL_ID else hashlib.sha256(whole.encode()).hexdigest()


def refusal(status: int, failure: str) -> Answer:
    """`status` in the outbox's terms. A server's error of its own leaves open whether the message went out."""
    return Answer(status, failure=storable(failure)[:200], may_have_arrived=status in (500, 502, 504))
