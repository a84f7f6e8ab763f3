"""What all channels give and take, as plain values."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

LONGEST_TEXT = 4000
LONGEST_VISITOR = 200
LARGEST_BODY_BYTES = 64 * 1024


@dataclass(frozen=True)
class Capabilities:
    """What a channel can do; `takes_ids` that it hears an event only once by its id."""

    typing: bool = False
    recall: bool = False
    card: bool = False
    takes_ids: bool = True


CAPABILITIES: dict[str, Capabilities] = {
    "webhook": Capabilities(),
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


@dataclass(frozen=True)
class Inbound:
    """One message as a channel understood it; `external_id` is the sender's own id for it."""

    external_id: str
    visitor: str
    text: str
    sent_at: dt.datetime
    source: dict[str, str] = field(default_factory=dict)
    verified_by: str = "standard-webhooks"


@dataclass(frozen=True)
class Stored:
    """Where an inbound message ended up."""

    message: uuid.UUID
    duplicate: bool
    conversation: uuid.UUID | None = None
    seq: int = 0
