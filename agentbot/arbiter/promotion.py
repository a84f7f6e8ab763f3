"""From logged decisions to the next policy: learn on one half, judge on the other, promote only what holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from agentbot.arbiter.bandit import LinearPolicy, fit
from agentbot.arbiter.choosing import floored
from agentbot.arbiter.evaluation import Estimate, doubly_robust, may_promote
from agentbot.arbiter.situation import FEATURES
from agentbot.contracts import Action


@dataclass(frozen=True)
class Logged:
    """One decision as written down, with the reward it came to. `conversation` keeps halves apart."""

    conversation: str
    features: Mapping[str, float]
    mask: tuple[Action, ...]
    action: Action
    propensity: float
    reward: float


@dataclass(frozen=True)
class Verdict:
    """`policy` learned on one half; `estimate` of it and `current` value on the other; whether it may be promoted."""

    policy: LinearPolicy
    estimate: Estimate
    current: float
    is_promoted: bool


def judge_candidate(
    rows: Sequence[Logged], name: str, floor: float = 0.04, incumbent: LinearPolicy | None = None
) -> Verdict:
    """A policy from `rows` of any advertisers (numbers only, no texts), and whether it beats what was logged.

    It has to beat the `incumbent` too, judged on the same rows: what was logged may be older than that.
    """
    learning = [row for row in rows if not _is_for_judging(row.conversation)]
    judging = [row for row in rows if _is_for_judging(row.conversation)]
    policy = fit(name, _contexts(learning), [row.action for row in learning], _rewards(learning), floor)
    expected = [{action: _expected(policy, row, action) for action in row.mask} for row in judging]
    estimate = _estimate(policy, judging, expected)
    current = float(_rewards(judging).mean()) if judging else 0.0
    if incumbent is not None and judging:
        current = max(current, _estimate(incumbent, judging, expected).value)
    return Verdict(policy, estimate, current, may_promote(estimate, current))


def _estimate(policy: LinearPolicy, judging: Sequence[Logged], expected: Sequence[Mapping[Action, float]]) -> Estimate:
    """What `policy` with its floor would have earned; `expected` is the model's view of each row's actions."""
    chances = [floored(policy.preferred(row.features, row.mask), row.mask, policy.floor) for row in judging]
    return doubly_robust(
        _rewards(judging),
        np.array([row.propensity for row in judging]),
        np.array([chance[row.action] for chance, row in zip(chances, judging, strict=True)]),
        np.array([_mean(chance, value) for chance, value in zip(chances, expected, strict=True)]),
        np.array([value[row.action] for value, row in zip(expected, judging, strict=True)]),
    )


def _is_for_judging(conversation: str) -> bool:
    """Half of the conversations, whole ones: decisions of one conversation depend on each other."""
    return hashlib.blake2b(f"judge\0{conversation}".encode(), digest_size=1).digest()[0] < 128


def _mean(chances: Mapping[Action, float], values: Mapping[Action, float]) -> float:
    return sum(chance * values[action] for action, chance in chances.items())


def _contexts(rows: Sequence[Logged]) -> np.ndarray:
    return np.array([[row.features.get(name, 0.0) for name in FEATURES] for row in rows]).reshape(-1, len(FEATURES))


def _rewards(rows: Sequence[Logged]) -> np.ndarray:
    return np.array([row.reward for row in rows])


def _expected(policy: LinearPolicy, row: Logged, action: Action) -> float:
    weights = policy.weights.get(action, (0.0,) * len(FEATURES))
    return float(sum(w * row.features.get(name, 0.0) for w, name in zip(weights, FEATURES, strict=True)))
