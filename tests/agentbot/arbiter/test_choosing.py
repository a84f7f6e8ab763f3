"""Policies, their chances, and what another policy would have earned."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from agentbot.arbiter import choose
from agentbot.arbiter.bandit import LinearPolicy, policy_from
from agentbot.arbiter.choosing import floored, is_held_out
from agentbot.arbiter.evaluation import Estimate, doubly_robust, may_promote, snips
from agentbot.arbiter.situation import FEATURES, Situation
from agentbot.contracts import PrePass
from tests.agentbot.arbiter.test_mask import ANSWERED, READY, TURN

ASK_ALWAYS = LinearPolicy(
    "eager", {"answer": (0.0,) * len(FEATURES), "soft_choice": (1.0,) + (0.0,) * (len(FEATURES) - 1)}
)
LEARNING = next(f"c{number}" for number in range(100) if not is_held_out(f"c{number}"))
HELD_OUT = next(f"c{number}" for number in range(100) if is_held_out(f"c{number}"))


def decided(turn, seed=1):
    return choose(Situation(turn, PrePass(), ANSWERED, READY), random.Random(seed))


def test_chances_sum_to_one_and_every_allowed_action_keeps_its_floor():
    chances = floored("answer", ("answer", "soft_choice", "value_for_contact"), 0.04)

    assert sum(chances.values()) == pytest.approx(1.0)
    assert min(chances.values()) == 0.04


def test_the_decision_tells_its_chance_mask_features_and_policy():
    decision = decided(TURN)

    assert decision == decided(TURN)
    assert decision.action in decision.mask
    assert tuple(decision.features) == FEATURES
    assert decision.policy == "rules-1"
    assert decision.propensity == pytest.approx(1 - 0.04 * (len(decision.mask) - 1))


def test_a_learned_policy_decides_except_in_the_held_out_tenth():
    learned = ASK_ALWAYS.as_json()

    assert decided(replace(TURN, conversation=LEARNING, policy=learned)).policy == "eager"
    assert decided(replace(TURN, conversation=HELD_OUT, policy=learned)).policy == "rules-1"
    assert 0.07 < sum(is_held_out(f"c{number}") for number in range(2000)) / 2000 < 0.13


def test_weights_for_other_features_leave_the_rules_in_charge():
    assert policy_from(ASK_ALWAYS.as_json() | {"features": ["one"]}) is None
    assert policy_from({}) is None
    assert policy_from(ASK_ALWAYS.as_json()) == ASK_ALWAYS


def logged(count, seed):
    """Two actions with known rewards (0.2 and 0.5), logged evenly."""
    rng = np.random.default_rng(seed)
    taken = rng.integers(0, 2, count)
    return taken, (rng.random(count) < np.where(taken, 0.5, 0.2)).astype(float)


def test_a_policys_value_is_estimated_within_five_percent():
    taken, rewards = logged(20_000, 3)
    logged_chance, target = np.full(len(taken), 0.5), np.where(taken, 0.9, 0.1)
    true = 0.9 * 0.5 + 0.1 * 0.2
    model = np.where(taken, 0.45, 0.25)

    plain = snips(rewards, logged_chance, target)
    robust = doubly_robust(rewards, logged_chance, target, np.full(len(taken), 0.9 * 0.45 + 0.1 * 0.25), model)

    assert plain.value == pytest.approx(true, rel=0.05)
    assert robust.value == pytest.approx(true, rel=0.05)
    assert plain.lower < plain.value
    assert plain.effective > 10_000


def test_promotion_needs_a_lift_that_holds_and_decisions_enough():
    assert may_promote(Estimate(0.5, 0.45, 5000, "dr"), 0.40)
    assert not may_promote(Estimate(0.5, 0.405, 5000, "dr"), 0.40)
    assert not may_promote(Estimate(0.5, 0.45, 900, "dr"), 0.40)
