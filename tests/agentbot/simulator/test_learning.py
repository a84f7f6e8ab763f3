"""Simulated visitors, and what is learned from them."""

from __future__ import annotations

import numpy as np
import pytest

from agentbot.arbiter import Situation, allowed_actions
from agentbot.arbiter.evaluation import may_promote, snips
from agentbot.arbiter.situation import named_features
from agentbot.contracts import ACTIONS, ASKING, AnswerSegment, ExpertDraft, LeadDraft, PrePass, Said, TurnInput
from agentbot.simulator.crowd import Crowd
from agentbot.simulator.hazards import read_hazards
from agentbot.simulator.learning import LEARNING_FLOOR, joined, learn, run
from agentbot.simulator.policies import ByWeights, by_rules, every_other, floored, single_prompt, with_floor
from core.errors import InputError
from tests.agentbot.talking import CARS, NOON

HAZARDS = read_hazards()


def value(policy, hazards=HAZARDS, count=6000):
    return run(hazards, policy, count, 99)[0]


def test_the_same_seed_brings_the_same_visitors():
    assert value(by_rules, count=300) == value(by_rules, count=300)


def test_learning_beats_the_rules_and_both_usual_ways_with_less_drop_off():
    learned = value(ByWeights(learn(HAZARDS, 20_000, 1)[0], LEARNING_FLOOR))
    others = [value(every_other), value(single_prompt)]

    assert learned.value > value(with_floor(by_rules, LEARNING_FLOOR)).value
    assert all(learned.lead_rate >= 1.2 * other.lead_rate for other in others)
    assert all(learned.ask_drop_off <= other.ask_drop_off for other in others)


@pytest.mark.parametrize("seed", [1, 2])
def test_gains_hold_on_hazards_changed_by_thirty_percent(seed):
    changed = HAZARDS.varied(seed)
    learned = value(ByWeights(learn(changed, 20_000, 1)[0], LEARNING_FLOOR), changed)

    assert learned.lead_rate >= 1.2 * max(
        value(every_other, changed).lead_rate, value(single_prompt, changed).lead_rate
    )


def test_a_policy_that_hardly_asks_is_not_promoted():
    log = joined([run(HAZARDS, with_floor(by_rules, 0.05), 2500, seed)[1] for seed in (5, 6)])
    shy = np.where(log.actions == ACTIONS.index("answer"), 0.95, 0.05)
    estimate = snips(log.returns, log.propensities, shy)

    assert not may_promote(estimate, float(log.returns.mean()))


def test_a_policy_that_always_asks_is_blocked_by_the_gate():
    log = joined([run(HAZARDS, with_floor(by_rules, 0.05), 2500, seed)[1] for seed in (5, 6)])
    current = float(log.returns.mean())
    for action in ("answer_then_ask", "soft_choice"):
        wanted = np.where(log.masks[:, ACTIONS.index(action)], ACTIONS.index(action), ACTIONS.index("answer"))
        chances = floored(wanted, log.masks, 0.04)[np.arange(len(log)), log.actions]
        assert not may_promote(snips(log.returns, log.propensities, chances), current)


def test_what_a_policy_would_earn_is_estimated_within_five_percent_on_twenty_thousand_decisions():
    """One decision each, so that what it earns is known: contexts and rewards of the crowd's own making."""
    rng = np.random.default_rng(14)
    contexts = rng.random((20_000, 3))
    truth = np.stack([0.25 + 0 * contexts[:, 0], 0.1 + 0.5 * contexts[:, 1], 0.45 * contexts[:, 2]], axis=1)
    mask = rng.random((20_000, 3)) < 0.85
    mask[:, 0] = True
    logging = floored(np.where(mask[:, 1] & (contexts[:, 1] > 0.5), 1, 0), mask, 0.05)
    target = floored(np.where(mask, truth, -1).argmax(axis=1), mask, 0.04)
    taken = (logging.cumsum(axis=1) > rng.random(20_000)[:, None]).argmax(axis=1)
    rows = np.arange(20_000)
    rewards = (rng.random(20_000) < truth[rows, taken]).astype(float)
    estimate = snips(rewards, logging[rows, taken], target[rows, taken])

    assert np.allclose(logging.sum(axis=1), 1.0)
    assert mask[rows, taken].all()
    assert estimate.value == pytest.approx(float((target * truth).sum(axis=1).mean()), rel=0.05)


def test_logged_chances_are_those_of_the_policy_and_inside_the_mask():
    _, log = run(HAZARDS, with_floor(by_rules, 0.05), 500, 3)

    assert log.masks[np.arange(len(log)), log.actions].all()
    assert log.propensities.min() >= 0.05


def test_the_crowds_mask_and_features_are_the_arbiters():
    crowd = Crowd(HAZARDS, 60, np.random.default_rng(4))
    for _ in range(4):
        shown = crowd.show()
        for place in np.flatnonzero(crowd.here):
            situation = same_situation(crowd, place)
            asked = [ACTIONS[at] for at in np.flatnonzero(shown.mask[place])]
            assert set(asked) == set(allowed_actions(situation))
        chances = by_rules(shown)
        crowd.react(chances.argmax(axis=1))


def _worry_before(crowd, place):
    said = Said("b", "visitor", "我征信不好" if crowd.was_sensitive[place] else "多少钱", NOON)
    return (said, Said("o", "expert", "好的。", NOON, False, "t0"))


def same_situation(crowd, place):
    segment = AnswerSegment("a", "", () if crowd.is_deferred[place] else ("s",), bool(crowd.is_sensitive[place]))
    turn = TurnInput(
        "c", "t", 1, NOON, CARS, (Said("m", "visitor", "x", NOON),), _worry_before(crowd, place), turns=int(crowd.turns[place]),
        asks=int(crowd.asks[place]), refusals=int(crowd.refusals[place]),
        turns_since_ask=None if crowd.since_ask[place] > 90 else int(crowd.since_ask[place]),
    )  # fmt: skip
    lead = LeadDraft(float(crowd.readiness[place]), dict.fromkeys(ASKING, "?"))
    return Situation(turn, PrePass(offers_contact=bool(crowd.offers[place])), ExpertDraft((segment,)), lead)


def test_a_context_holds_the_features_in_their_order():
    crowd = Crowd(HAZARDS, 5, np.random.default_rng(8))
    row = crowd.show().contexts[0]
    names = named_features(
        float(crowd.readiness[0]),
        0,
        0,
        0,
        bool(crowd.is_sensitive[0]),
        bool(crowd.is_deferred[0]),
        bool(row[8]),
        bool(crowd.offers[0]),
    )
    assert list(names.values()) == pytest.approx(row.tolist())


def test_a_hazards_file_with_a_gap_is_refused_by_name(tmp_path):
    path = tmp_path / "h.yaml"
    path.write_text("worry_share: much\n")

    with pytest.raises(InputError, match="missing"):
        read_hazards(path)
