"""All the arbiter looks at, and as numbers for its policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agentbot.contracts import ExpertDraft, LeadDraft, PrePass, Said, TurnInput
from agentbot.language import is_chinese
from agentbot.packs import load_pack
from agentbot.pre_pass.declining import declines
from agentbot.pre_pass.shapes import plain

SMALL_TALK = "talk"
"""The concern of a segment that answers a nod, thanks or a greeting: no moment to ask for anything."""


@dataclass(frozen=True)
class Situation:
    """One decision's circumstances. `expert` or `lead` is None when that agent failed."""

    turn: TurnInput
    pre_pass: PrePass
    expert: ExpertDraft | None
    lead: LeadDraft | None

    @property
    def asks(self) -> int:
        return max(self.turn.asks, len({said.turn or said.id for said in self.turn.history if said.asks_contact}))

    @property
    def has_just_asked(self) -> bool:
        """Whether our last turn asked; told by the count, or by the last of our messages."""
        told = self.turn.turns_since_ask is not None and self.turn.turns_since_ask <= 1
        return told or _last_turn_asked(self.turn.history)

    @property
    def is_sensitive(self) -> bool:
        return self.expert is not None and any(segment.is_sensitive for segment in self.expert.segments)

    @property
    def is_small_talk(self) -> bool:
        """Whether there was nothing to answer: a nod, thanks, a greeting."""
        segments = self.expert.segments if self.expert else ()
        return bool(segments) and all(segment.concern == SMALL_TALK for segment in segments)

    @property
    def was_sensitive(self) -> bool:
        """Whether the visitor's words just before our last turn were of a worry that is nobody's business."""
        return any(_is_sensitive(text, self.turn.knowledge.vertical) for text in self._said_before)

    @property
    def had_declined(self) -> bool:
        """Whether the visitor's words just before our last turn were a no to the purchase."""
        return any(declines(plain(text)) for text in self._said_before)

    @property
    def _said_before(self) -> list[str]:
        """The visitor's messages that our last turn answered."""
        said: list[str] = []
        for each in reversed(self.turn.history):
            if each.author == "visitor":
                said.append(each.text)
            elif said:
                break
        return said

    @property
    def is_deferred(self) -> bool:
        """Whether something was asked or worried about that approved knowledge has no answer to."""
        if self.expert is None or self.is_answered:
            return self.expert is None
        return any(segment.concern not in ("", "wish", SMALL_TALK) for segment in self.expert.segments)

    @property
    def is_answered(self) -> bool:
        """Whether anything said rests on approved knowledge."""
        return self.expert is not None and any(segment.sources for segment in self.expert.segments)


def _is_sensitive(text: str, vertical: str) -> bool:
    pack = load_pack(vertical, "zh-CN" if is_chinese(text) else "en")
    return any(concern.is_sensitive and concern.pattern.search(text) for concern in pack.concerns)


def _last_turn_asked(history: Sequence[Said]) -> bool:
    ours = [said for said in history if said.author not in ("visitor", "person")]
    if not ours:
        return False
    last = ours[-1].turn
    return any(said.asks_contact for said in ours if said.turn == last) if last else ours[-1].asks_contact


FEATURES = (
    "one",
    "readiness",
    "turn",
    "turn_squared",
    "asks",
    "refusals",
    "is_sensitive",
    "is_deferred",
    "is_short",
    "offers_contact",
    "readiness_late",
    "sensitive_late",
    "deferred_late",
)
"""What a policy sees, in the order of its weights. Numbers of about 0..1; nothing of anybody's text."""


def features(situation: Situation) -> dict[str, float]:
    """The situation by the names of FEATURES."""
    turn, lead = situation.turn, situation.lead
    return named_features(
        readiness=lead.readiness if lead else 0.0,
        turns=turn.turns,
        asks=situation.asks,
        refusals=turn.refusals,
        is_sensitive=situation.is_sensitive,
        is_deferred=situation.is_deferred,
        is_short=sum(len(said.text) for said in turn.messages) <= 8,
        offers_contact=situation.pre_pass.offers_contact,
    )


def named_features(
    readiness: float, turns: int, asks: int, refusals: int, is_sensitive: bool, is_deferred: bool, is_short: bool,
    offers_contact: bool,
) -> dict[str, float]:  # fmt: skip
    """FEATURES from what is known of a turn; depth saturates at the eighth."""
    depth = min(turns, 8) / 8
    values = (
        1.0,
        readiness,
        depth,
        depth * depth,
        asks / 3,
        min(refusals, 2) / 2,
        float(is_sensitive),
        float(is_deferred),
        float(is_short),
        float(offers_contact),
        readiness * depth,
        float(is_sensitive) * depth,
        float(is_deferred) * depth,
    )
    return dict(zip(FEATURES, values, strict=True))
