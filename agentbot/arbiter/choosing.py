"""One decision: mask, policy, floor, draw. The same input gives the same decision."""

from __future__ import annotations

import random
from collections.abc import Sequence

from agentbot.arbiter import rules
from agentbot.arbiter.mask import allowed_actions
from agentbot.arbiter.situation import Situation, features
from agentbot.contracts import Action, Decision

FLOOR = 0.04
"""Chance that every allowed action keeps, so that its effect stays known."""


def choose(situation: Situation, chance: random.Random) -> Decision:
    """The action taken, with its chance under the policy that took it."""
    mask = allowed_actions(situation)
    seen = features(situation)
    wanted, name = rules.preferred(seen, mask), rules.POLICY
    chances = floored(wanted, mask, FLOOR)
    action = chance.choices(mask, weights=[chances[each] for each in mask])[0]
    return Decision(action, chances[action], mask, seen, name, situation.turn.seed)


def floored(wanted: Action, mask: Sequence[Action], floor: float) -> dict[Action, float]:
    """Chances that sum to 1: `floor` for each allowed action, the rest for the wanted one."""
    rest = 1.0 - floor * (len(mask) - 1)
    return {each: rest if each == wanted else floor for each in mask}
