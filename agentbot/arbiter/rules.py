"""The policy of plain rules: where learning starts, and what ten in a hundred conversations stay with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agentbot.contracts import Action

POLICY = "rules-1"


def preferred(features: Mapping[str, float], mask: Sequence[Action]) -> Action:
    """The action a careful salesperson would take."""
    if len(mask) == 1:
        return mask[0]
    for action in _wishes(features):
        if action in mask:
            return action
    return "answer" if "answer" in mask else mask[0]


def _wishes(features: Mapping[str, float]) -> tuple[Action, ...]:
    readiness, depth = features["readiness"], features["turn"] * 8
    if features["offers_contact"]:
        return ("answer_then_ask",)
    if features["refusals"]:
        return ("soft_choice",) if depth >= 4 and readiness >= 0.4 else ("answer",)
    if features["is_sensitive"]:
        return ("soft_choice", "value_for_contact")
    if features["is_deferred"]:
        return ("value_for_contact", "soft_choice")
    if readiness >= 0.5:
        return ("lead_card", "answer_then_ask")
    return ("answer_then_ask",) if depth >= 2 and readiness >= 0.3 else ("answer",)
