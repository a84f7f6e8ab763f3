"""The learned policy: expected reward per action, linear in the features, with a floor for every action.

Weights are shared across advertisers and hold nothing of anybody's text. Two ridge regressions:
one for what any action earns in a situation, one an action for the difference it makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agentbot.arbiter.situation import FEATURES
from agentbot.contracts import ACTIONS, Action

RIDGE = 3.0
OWN_RIDGE = 30.0
"""An action's own weights count as if thirty decisions had shown no difference."""


@dataclass(frozen=True)
class LinearPolicy:
    """`weights` per action in the order of FEATURES; `floor` is the chance every allowed action keeps."""

    name: str
    weights: Mapping[Action, tuple[float, ...]]
    floor: float = 0.04

    def preferred(self, features: Mapping[str, float], mask: Sequence[Action]) -> Action:
        """The allowed action with the highest expected reward; one never seen is never preferred."""
        seen = [features.get(name, 0.0) for name in FEATURES]
        known = [action for action in mask if action in self.weights]
        if not known:
            return mask[0]
        return max(known, key=lambda action: sum(w * x for w, x in zip(self.weights[action], seen, strict=True)))

    def as_json(self) -> dict[str, Any]:
        """Plain values, as kept with a policy version and carried in TurnInput.policy."""
        return {
            "name": self.name,
            "features": list(FEATURES),
            "floor": self.floor,
            "weights": {action: list(values) for action, values in self.weights.items()},
        }


def policy_from(payload: Mapping[str, Any]) -> LinearPolicy | None:
    """The policy in TurnInput.policy; None (rules decide) when there is none or it is for other features."""
    weights = payload.get("weights")
    if not isinstance(weights, Mapping) or list(payload.get("features", ())) != list(FEATURES):
        return None
    sized = {action: tuple(map(float, weights[action])) for action in ACTIONS if action in weights}
    if not sized or any(len(values) != len(FEATURES) for values in sized.values()):
        return None
    return LinearPolicy(
        str(payload.get("name", "bandit")), sized, min(0.05, max(0.03, float(payload.get("floor", 0.04))))
    )


def fit(
    name: str,
    contexts: np.ndarray,
    actions: Sequence[Action] | np.ndarray,
    rewards: np.ndarray,
    floor: float = 0.04,
) -> LinearPolicy:
    """A policy from logged decisions: `contexts` (decisions, features), the action taken and its reward.

    What holds whatever is done is fitted once over all actions; each action's own weights are what
    it adds, held near zero until its own decisions say otherwise. An action hardly ever taken has none.
    """
    taken = np.asarray(actions)
    common = _ridge(contexts, rewards, RIDGE)
    weights: dict[Action, tuple[float, ...]] = {}
    for action in ACTIONS:
        rows = np.flatnonzero(taken == action)
        if len(rows) >= len(FEATURES):
            own = _ridge(contexts[rows], rewards[rows] - contexts[rows] @ common, OWN_RIDGE)
            weights[action] = tuple((common + own).tolist())
    return LinearPolicy(name, weights, floor)


def _ridge(contexts: np.ndarray, rewards: np.ndarray, ridge: float) -> np.ndarray:
    gram = contexts.T @ contexts + ridge * np.eye(contexts.shape[1])
    return np.linalg.solve(gram, contexts.T @ rewards)
