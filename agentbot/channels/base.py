"""What all channels give and take, as plain values."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_TEXT = 4000
LONGEST_VISITOR = 200
LARGEST_BODY_BYTES = 64 * 1024


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do; `takes_ids` that it hears an event only once by its id.

    `reply_window_seconds` after the visitor's last message nothing more may be sent, and at most
    `replies_per_message` in it; these two are copied to the account, where they can be changed.
    """

    typing: bool = False
    recall: bool = False
    card: bool = False
    takes_ids: bool = True
    has_comments: bool = False
    reply_window_seconds: int | None = None
    replies_per_message: int | None = None


CAPABILITIES: dict[str, Capabilities] = {
    "webhook": Capabilities(has_comments=True),
    "widget": Capabilities(typing=True),
}


@dataclass(frozen=True)
class Account:
    """A channel account as the hot path needs it; `keys` open and sign, the newest first."""

    id: uuid.UUID
    advertiser_id: uuid.UUID
    kind: str
    mode: str
    state: str
    keys: tuple[bytes, ...] = ()
    origins: tuple[str, ...] = ()
    credentials: tuple[Mapping[str, str], ...] = ()
    """Of a vendor's account, the newest first."""


@dataclass(frozen=True)
class Inbound:
    """One message as a channel understood it; `external_id` is the sender's own id for it."""

    external_id: str
    visitor: str
    text: str
    sent_at: dt.datetime
    source: dict[str, str] = field(default_factory=dict)
    verified_by: str = "standard-webhooks"
    handles: dict[str, str] = field(default_factory=dict)
    """The platform's own names for the conversation, needed to answer in it."""


@dataclass(frozen=True)
class Comment:
    """Something said in public under one of the advertiser's posts, in the comment thread `thread`."""

    external_id: str
    visitor: str
    thread: str
    text: str
    sent_at: dt.datetime
    source: dict[str, str] = field(default_factory=dict)
    verified_by: str = "standard-webhooks"


@dataclass(frozen=True)
class Echo:
    """Something sent to `visitor` from the advertiser's side, as the platform reports it back.

    `is_ours` when we sent it; otherwise a person wrote elsewhere. `part` is our own id for it where the
    platform gives it back, `message` the platform's. `failure` is why it did not arrive after all.
    """

    external_id: str
    visitor: str
    is_ours: bool
    message: str = ""
    part: str = ""
    text: str = ""
    sent_at: dt.datetime | None = None
    failure: str = ""


@dataclass(frozen=True)
class Entry:
    """A visitor opened the conversation and has said nothing yet."""

    external_id: str
    visitor: str
    source: dict[str, str] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pull:
    """The platform says only that there is something; it has to be fetched, with `token`."""

    place: str
    token: str


Event = Inbound | Comment | Echo | Entry | Pull


@dataclass(frozen=True)
class Stored:
    """Where an inbound message ended up."""

    message: uuid.UUID
    duplicate: bool
    conversation: uuid.UUID | None = None
    seq: int = 0
