"""Policies over a crowd: the arbiter's own, the usual ones to beat, and the optimum that knows the hazards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from agentbot.arbiter import rules
from agentbot.arbiter.bandit import LinearPolicy
from agentbot.arbiter.situation import FEATURES
from agentbot.contracts import ACTIONS
from agentbot.simulator.crowd import ANSWER, ANSWER_ASK, Shown

CrowdPolicy = Callable[[Shown], np.ndarray]
"""Chances (visitors, actions) of what to do; each row sums to 1."""


def by_rules(shown: Shown) -> np.ndarray:
    """The arbiter's cold start, without its floor."""
    wanted = [
        ACTIONS.index(
            rules.preferred(dict(zip(FEATURES, row, strict=True)), [ACTIONS[at] for at in np.flatnonzero(mask)])
        )
        for row, mask in zip(shown.contexts, shown.mask, strict=True)
    ]
    return np.eye(len(ACTIONS))[np.asarray(wanted, int)]


def every_other(shown: Shown) -> np.ndarray:
    """Asks on every second turn, whatever was said: no mask, as such bots have none."""
    return _plain(np.where(shown.turns % 2 == 1, ANSWER_ASK, ANSWER))


def single_prompt(shown: Shown) -> np.ndarray:
    """One prompt for all: never on the first message, then at the end of every answer until it has the number."""
    return _plain(np.where(shown.turns >= 1, ANSWER_ASK, ANSWER))


def uniform(shown: Shown) -> np.ndarray:
    """Any allowed action alike."""
    return shown.mask / shown.mask.sum(axis=1, keepdims=True)


def _plain(actions: np.ndarray) -> np.ndarray:
    return np.eye(len(ACTIONS))[actions]


@dataclass(frozen=True)
class ByWeights:
    """A learned policy over a crowd; `floor` 0 for how it would do without exploring."""

    policy: LinearPolicy
    floor: float

    def __call__(self, shown: Shown) -> np.ndarray:
        scores = np.full((len(shown.contexts), len(ACTIONS)), -np.inf)
        for place, action in enumerate(ACTIONS):
            if action in self.policy.weights:
                scores[:, place] = shown.contexts @ np.asarray(self.policy.weights[action])
        return floored(np.where(shown.mask, scores, -np.inf).argmax(axis=1), shown.mask, self.floor)


def with_floor(policy: CrowdPolicy, floor: float) -> CrowdPolicy:
    """`policy`'s first choice, with `floor` for everything else allowed."""
    return lambda shown: floored(policy(shown).argmax(axis=1), shown.mask, floor)


def floored(wanted: np.ndarray, mask: np.ndarray, floor: float) -> np.ndarray:
    chances = mask * floor
    rows = np.arange(len(wanted))
    chances[rows, wanted] = 0.0
    chances[rows, wanted] = 1.0 - chances.sum(axis=1)
    return chances
