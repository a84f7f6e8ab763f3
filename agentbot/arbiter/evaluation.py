"""What another policy would have earned on logged decisions, and whether it may be promoted.

Self-normalised inverse propensity scoring and doubly robust estimates after Dudík, Langford and
Li (2011), "Doubly Robust Policy Evaluation and Learning"; effective sample size after Kish.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_EFFECTIVE = 1000.0
LEAST_LIFT = 0.02
Z_95 = 1.645
"""One-sided: the lower bound holds with 95 %."""


@dataclass(frozen=True)
class Estimate:
    """`value` of a policy, its lower 95 % bound, and the effective number of decisions behind it."""

    value: float
    lower: float
    effective: float
    method: str


def snips(rewards: np.ndarray, logged: np.ndarray, target: np.ndarray) -> Estimate:
    """`logged` and `target` are the chances of the taken action under the two policies."""
    weight = target / logged
    total = float(weight.sum())
    if total <= 0:
        return Estimate(0.0, float("-inf"), 0.0, "snips")
    value = float((weight * rewards).sum() / total)
    spread = float(np.sqrt(((weight * (rewards - value)) ** 2).sum()) / total)
    return Estimate(value, value - Z_95 * spread, effective_size(weight), "snips")


def doubly_robust(
    rewards: np.ndarray, logged: np.ndarray, target: np.ndarray, modelled: np.ndarray, modelled_taken: np.ndarray
) -> Estimate:
    """`modelled`: the model's expected reward under the target policy; `modelled_taken`: of the taken action."""
    weight = target / logged
    each = modelled + weight * (rewards - modelled_taken)
    value = float(each.mean())
    spread = float(each.std(ddof=1) / np.sqrt(len(each))) if len(each) > 1 else float("inf")
    return Estimate(value, value - Z_95 * spread, effective_size(weight), "dr")


def effective_size(weight: np.ndarray) -> float:
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares else 0.0


def may_promote(candidate: Estimate, current: float) -> bool:
    """Whether the lower bound beats what `current` earns by 2 % on at least 1,000 effective decisions."""
    needed = current + LEAST_LIFT * abs(current)
    return candidate.effective >= LEAST_EFFECTIVE and candidate.lower >= needed
