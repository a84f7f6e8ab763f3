"""What flows through a conversation, as plain values. No Django in here.

A turn goes: what the visitor said (`Said`) → pre-pass (`PrePass`) → two agents at once
(`ExpertDraft`, `LeadDraft`) → arbiter (`Decision`) → merged, guarded and cut into `Part`s,
each with the moment it is due. Everything between reading the rows and writing them takes
these values and gives these values, so that a turn can be replayed from its record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from core.contracts import Language

Author = Literal["visitor", "expert", "lead", "notice", "person"]
ContactType = Literal["phone", "email", "wechat"]
ContactStatus = Literal["valid", "to_confirm"]
Action = Literal[
    "answer",
    "answer_then_ask",
    "ask_then_answer",
    "value_for_contact",
    "soft_choice",
    "lead_card",
    "hand_off",
]
"""What the arbiter may choose; `lead_card` only where the channel has one of its own."""

ACTIONS: tuple[Action, ...] = (
    "answer",
    "answer_then_ask",
    "ask_then_answer",
    "value_for_contact",
    "soft_choice",
    "lead_card",
    "hand_off",
)
ASKING: frozenset[Action] = frozenset(ACTIONS) - {"answer", "hand_off"}
QUOTED = "answer:quoted"
"""In `degraded` of an answer that was quoted from approved knowledge without a language model."""


@dataclass(frozen=True)
class Said:
    """One message or part of the exchange, oldest first; `id` is the message's or part's own."""

    id: str
    author: Author
    text: str
    at: datetime
    asks_contact: bool = False
    turn: str = ""


@dataclass(frozen=True)
class PriceFact:
    """A price the advertiser quotes. `amount_minor` in minor units, hundredths of a percent for %."""

    id: str
    item: str
    amount_minor: int
    currency: str
    unit: str = ""
    valid_from: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Article:
    """Something approved that may be quoted."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Knowledge:
    """All that one advertiser approves of being said; `vertical` names a pack of `agentbot.packs`."""

    advertiser: str
    name: str
    language: Language
    vertical: str
    articles: tuple[Article, ...] = ()
    prices: tuple[PriceFact, ...] = ()
    version: str = ""


@dataclass(frozen=True)
class FoundContact:
    """A way to reach somebody, in the message at `start`..`end` (characters, end exclusive).

    `value` is E.164 for a phone, lower case for an email address, as typed for a WeChat id.
    """

    type: ContactType
    value: str
    status: ContactStatus
    start: int
    end: int


@dataclass(frozen=True)
class PrePass:
    """What plain rules see in the visitor's unanswered messages, with every model down.

    `refuses_contact` is a no to being called or to giving the number; `partial_contact` a masked or
    incomplete one that deserves a polite question; `injection` 0..1; `offers_contact` the wish to be
    reached without the number yet ("call me", "我给你电话"); `withdraws` holds values the visitor corrected away.
    `declines` is a no to the purchase, or putting it off; `is_minor` a visitor under age, whose contact is not kept.
    """

    contacts: tuple[FoundContact, ...] = ()
    withdraws: tuple[str, ...] = ()
    is_opt_out: bool = False
    wants_person: bool = False
    is_emergency: bool = False
    is_complaint: bool = False
    refuses_contact: bool = False
    offers_contact: bool = False
    asks_if_human: bool = False
    partial_contact: bool = False
    injection: float = 0.0
    language: Language = "zh-CN"
    declines: bool = False
    is_minor: bool = False


@dataclass(frozen=True)
class AnswerSegment:
    """One concern answered. `sources` are ids of articles and prices that back it."""

    text: str
    concern: str = ""
    sources: tuple[str, ...] = ()
    is_sensitive: bool = False


@dataclass(frozen=True)
class ExpertDraft:
    """The expert agent's answer; `wants_handoff` gives the reason when it can't answer and a person should."""

    segments: tuple[AnswerSegment, ...]
    empathy: str = ""
    question_back: str = ""
    wants_handoff: str = ""
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeadDraft:
    """The lead agent's view: how ready the visitor is (0..1) and one ask per way of asking.

    `asks` maps an asking action to its sentence: what for, and who will call. `fields` are facts the
    visitor told, each `{name: {"value": …, "message": id}}`.
    """

    readiness: float
    asks: dict[Action, str] = field(default_factory=dict)
    fields: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What the arbiter chose, and with what chance: `propensity` 0..1 over `mask`; `features` as it saw them."""

    action: Action
    propensity: float
    mask: tuple[Action, ...]
    features: dict[str, float]
    policy: str
    seed: int


@dataclass(frozen=True)
class Part:
    """One message bubble; `after_seconds` counts from the visitor's last message to its being due."""

    text: str
    author: Author
    after_seconds: float
    asks_contact: bool = False


@dataclass(frozen=True)
class TurnInput:
    """All a turn may look at. `messages` are the visitor's unanswered ones, `history` everything before.

    `held_contacts` are the values the person already gave; `asks` and `refusals` count the last 24 hours;
    `turns` counts earlier turns of ours; `holding_parts` those said since a handoff. `shown` is what the video in
    front of the visitor says to a question about it.
    """

    conversation: str
    turn: str
    seed: int
    now: datetime
    knowledge: Knowledge
    messages: tuple[Said, ...]
    history: tuple[Said, ...] = ()
    held_contacts: tuple[str, ...] = ()
    turns: int = 0
    asks: int = 0
    turns_since_ask: int | None = None
    refusals: int = 0
    is_disclosed: bool = False
    has_lead_card: bool = False
    policy: dict[str, Any] = field(default_factory=dict)
    shown: AnswerSegment | None = None


@dataclass(frozen=True)
class TurnResult:
    """What a turn wants written: parts to send, contacts to keep, and why. Empty `parts` mean silence."""

    parts: tuple[Part, ...]
    pre_pass: PrePass
    decision: Decision | None = None
    expert: ExpertDraft | None = None
    lead: LeadDraft | None = None
    handoff_reason: str = ""
    discloses: bool = False
    degraded: tuple[str, ...] = ()
    guard_findings: tuple[str, ...] = ()
    tokens: int = 0
