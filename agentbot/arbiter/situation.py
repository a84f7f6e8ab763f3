"""All the arbiter looks at, and as numbers for its policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agentbot.contracts import ExpertDraft, LeadDraft, PrePass, Said, TurnInput


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
    def is_answered(self) -> bool:
        """Whether anything said rests on approved knowledge."""
        return self.expert is not None and any(segment.sources for segment in self.expert.segments)


def _last_turn_asked(history: Sequence[Said]) -> bool:
    ours = [said for said in history if said.author not in ("visitor", "person")]
    if not ours:
        return False
    last = ours[-1].turn
    return any(said.asks_contact for said in ours if said.turn == last) if last else ours[-1].asks_contact


FEATURES = (
    "one", "readiness", "turn", "is_late", "asks", "refusals", "is_sensitive", "is_answered",
    "is_deferred", "is_short", "offers_contact", "readiness_late",
)


def features(situation: Situation) -> dict[str, float]:
    """The situation as numbers of about 0..1, `one` being constant. Nothing of any advertiser's text."""
    turn, lead = situation.turn, situation.lead
    readiness = lead.readiness if lead else 0.0
    depth = min(turn.turns, 8) / 8
    short = sum(len(said.text) for said in turn.messages) <= 8
    values = (
        1.0, readiness, depth, float(turn.turns >= 3), situation.asks / 3, min(turn.refusals, 2) / 2,
        float(situation.is_sensitive), float(situation.is_answered), float(not situation.is_answered), float(short),
        float(situation.pre_pass.offers_contact), readiness * depth,
    )
    return dict(zip(FEATURES, values, strict=True))
