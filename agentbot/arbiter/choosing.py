"""One decision: mask, policy, floor, draw. The same input gives the same decision."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

from agentbot.arbiter import rules
from agentbot.arbiter.bandit import policy_from
from agentbot.arbiter.mask import allowed_actions
from agentbot.arbiter.situation import Situation, features
from agentbot.contracts import Action, Decision

FLOOR = 0.04
"""Chance that every allowed action keeps, so that its effect stays known."""
HELD_OUT = 0.10
"""Share of conversations that stay with the rules for good: what learning is measured against."""


def choose(situation: Situation, chance: random.Random) -> Decision:
    """The action taken, with its chance under the policy that took it.

    A conversation's share of the hold-out follows from its id alone: it never changes sides.
    """
    mask = allowed_actions(situation)
    seen = features(situation)
    learned = policy_from(situation.turn.policy)
    if learned is None or is_held_out(situation.turn.conversation):
        name, wanted, floor = rules.POLICY, rules.preferred(seen, mask), FLOOR
    else:
        name, wanted, floor = learned.name, learned.preferred(seen, mask), learned.floor
    chances = floored(wanted, mask, floor)
    action = chance.choices(mask, weights=[chances[each] for each in mask])[0]
    return Decision(action, chances[action], mask, seen, name, situation.turn.seed)


def is_held_out(conversation: str) -> bool:
    """Whether the conversation belongs to the tenth that rules decide."""
    digest = hashlib.blake2b(f"hold-out\0{conversation}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64 < HELD_OUT


def floored(wanted: Action, mask: Sequence[Action], floor: float) -> dict[Action, float]:
    """Chances that sum to 1: `floor` for each allowed action, the rest for the wanted one."""
    rest = 1.0 - floor * (len(mask) - 1)
    return {each: rest if each == wanted else floor for each in mask}
