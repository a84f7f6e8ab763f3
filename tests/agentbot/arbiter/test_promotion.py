"""Learning from logged decisions, and when it is let loose."""

from __future__ import annotations

import numpy as np

from agentbot.arbiter.promotion import Logged, judge_candidate
from agentbot.arbiter.situation import named_features


def rows(count, gain):
    """Sensitive talk: the soft way earns `gain` more than an answer alone, logged evenly."""
    rng = np.random.default_rng(5)
    for number in range(count):
        seen = named_features(float(rng.random()), int(rng.integers(1, 6)), 0, 0, True, False, False, False)
        action = ("answer", "soft_choice")[int(rng.integers(0, 2))]
        reward = float(rng.random() < 0.2 + gain * (action == "soft_choice"))
        yield Logged(f"c{number // 3}", seen, ("answer", "soft_choice"), action, 0.5, reward)


def test_a_clear_gain_on_enough_decisions_is_promoted():
    verdict = judge_candidate(list(rows(9000, 0.3)), "next")

    assert verdict.is_promoted
    assert (
        verdict.policy.preferred(named_features(0.5, 2, 0, 0, True, False, False, False), ("answer", "soft_choice"))
        == "soft_choice"
    )
    assert verdict.estimate.lower > verdict.current


def test_no_gain_or_too_few_decisions_are_not():
    assert not judge_candidate(list(rows(9000, 0.0)), "next").is_promoted
    assert not judge_candidate(list(rows(900, 0.3)), "next").is_promoted
