"""Running crowds through policies, learning from what was logged, and finding the optimum to hold it against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agentbot.arbiter.bandit import LinearPolicy, fit
from agentbot.contracts import ACTIONS
from agentbot.simulator.crowd import ASKS, MOST_TURNS, Crowd, Shown
from agentbot.simulator.hazards import Hazards
from agentbot.simulator.policies import ByWeights, CrowdPolicy, by_rules, uniform, with_floor

SILENCE_COST = 0.3
"""What it costs when a visitor leaves right after an ask (reference: −0.3)."""
CREDIT_TURNS = MOST_TURNS
"""A decision answers for all that follows: an ask spends one of three, so later turns count too."""
BATCHES = 20
LEARNING_FLOOR = 0.05
"""While a policy is new, every allowed action keeps the most that the reference allows."""


@dataclass
class Log:
    """Decisions as logged: one row each. `returns` is what followed in the conversation."""

    contexts: np.ndarray
    masks: np.ndarray
    actions: np.ndarray
    propensities: np.ndarray
    returns: np.ndarray

    def __len__(self) -> int:
        return len(self.actions)


@dataclass(frozen=True)
class Tally:
    """What became of the conversations: shares of them, and asks a conversation."""

    conversations: int
    lead_rate: float
    ask_drop_off: float
    refusal_rate: float
    asks: float
    turns: float

    @property
    def value(self) -> float:
        """Leads less the cost of visitors lost at an ask, a conversation."""
        return self.lead_rate - SILENCE_COST * self.ask_drop_off


def run(
    hazards: Hazards, policy: CrowdPolicy, count: int, seed: int, credit_turns: int = CREDIT_TURNS
) -> tuple[Tally, Log]:
    """`count` conversations under `policy`; the same seed brings the same visitors."""
    rng = np.random.default_rng(seed)
    crowd = Crowd(hazards, count, rng)
    steps: list[tuple[Shown, np.ndarray, np.ndarray, np.ndarray, np.ndarray]] = []
    gave, dropped = np.zeros(count, bool), np.zeros(count, bool)
    refusals = np.zeros(count, int)
    for _ in range(MOST_TURNS):
        here = crowd.here.copy()
        if not here.any():
            break
        shown = crowd.show()
        chances = policy(shown)
        actions = (chances.cumsum(axis=1) > rng.random(count)[:, None]).argmax(axis=1)
        outcome = crowd.react(actions)
        lost = outcome.left & np.isin(actions, ASKS)
        steps.append((shown, actions, chances[np.arange(count), actions], here, outcome.gave - SILENCE_COST * lost))
        gave |= outcome.gave
        dropped |= lost
        refusals += outcome.refused
    asks, turns = crowd.asks.mean(), sum(step[3].sum() for step in steps) / count
    tally = Tally(
        count, float(gave.mean()), float(dropped.mean()), float((refusals > 0).mean()), float(asks), float(turns)
    )
    return tally, _log(steps, credit_turns)


def _log(steps: list[tuple[Shown, np.ndarray, np.ndarray, np.ndarray, np.ndarray]], credit_turns: int) -> Log:
    rewards = np.stack([np.where(here, reward, 0.0) for _, _, _, here, reward in steps])
    rows = []
    for place, (shown, actions, chances, here, _) in enumerate(steps):
        following = rewards[place : place + credit_turns].sum(axis=0)
        rows.append((shown.contexts[here], shown.mask[here], actions[here], chances[here], following[here]))
    return Log(*(np.concatenate(column) for column in zip(*rows, strict=True)))


def joined(logs: list[Log]) -> Log:
    names = ("contexts", "masks", "actions", "propensities", "returns")
    return Log(*(np.concatenate([getattr(log, name) for log in logs]) for name in names))


def learn(hazards: Hazards, decisions: int = 20_000, seed: int = 0) -> tuple[LinearPolicy, Log]:
    """A policy learned in `decisions`: rules with a floor at first, then batch by batch what was learned so far."""
    policy: CrowdPolicy = with_floor(by_rules, LEARNING_FLOOR)
    logs: list[Log] = []
    learned = LinearPolicy("bandit-0", {})
    for batch in range(BATCHES):
        taken = sum(map(len, logs))
        wanted = round(decisions * (batch + 1) / BATCHES) - taken
        logs.append(_first(run(hazards, policy, max(8, wanted // 2), seed * 1009 + batch)[1], wanted))
        learned = fit_log(f"bandit-{batch + 1}", joined(logs))
        policy = ByWeights(learned, LEARNING_FLOOR)
    return learned, joined(logs)


def _first(log: Log, count: int) -> Log:
    """`count` decisions of `log`, drawn evenly so that late turns stay in."""
    kept = np.sort(np.random.default_rng(count).permutation(len(log))[:count])
    return Log(*(getattr(log, name)[kept] for name in ("contexts", "masks", "actions", "propensities", "returns")))


def fit_log(name: str, log: Log) -> LinearPolicy:
    return fit(name, log.contexts, np.asarray(ACTIONS)[log.actions], log.returns)


def oracle(
    hazards: Hazards, seed: int = 77, count: int = 40_000, plan: tuple[float, ...] = (1.0, 0.6, 0.4, 0.25)
) -> CrowdPolicy:
    """The best policy found with the hazards at hand: as many visitors as it likes, twice over.

    Policy iteration on quadratic features; each sweep plays the policy so far with a share of `plan`
    at random and fits returns to the end of the conversation. The best sweep on visitors of its own stands.
    """
    policy: CrowdPolicy = uniform
    best, best_value = policy, -1.0
    for sweep, share in enumerate(plan):
        _, log = run(hazards, _partly_random(policy, share), count, seed + sweep)
        policy = by_squares(log)
        value = run(hazards, policy, count // 2, seed - 1)[0].value
        if value > best_value:
            best, best_value = policy, value
    return best


def by_squares(log: Log) -> CrowdPolicy:
    """Greedy in returns fitted on all products of two features."""
    squares = _squares(log.contexts)
    common = _solve(squares, log.returns, 3.0)
    weights = np.zeros((squares.shape[1], len(ACTIONS)))
    for action in np.unique(log.actions):
        rows = log.actions == action
        weights[:, action] = common + _solve(squares[rows], log.returns[rows] - squares[rows] @ common, 20.0)

    def policy(shown: Shown) -> np.ndarray:
        scores = np.where(shown.mask, _squares(shown.contexts) @ weights, -np.inf)
        return np.asarray(np.eye(len(ACTIONS))[scores.argmax(axis=1)])

    return policy


def _squares(contexts: np.ndarray) -> np.ndarray:
    upper = np.triu_indices(contexts.shape[1])
    return contexts[:, upper[0]] * contexts[:, upper[1]]


def _solve(inputs: np.ndarray, targets: np.ndarray, ridge: float) -> np.ndarray:
    return np.linalg.solve(inputs.T @ inputs + ridge * np.eye(inputs.shape[1]), inputs.T @ targets)


def _partly_random(policy: CrowdPolicy, share: float) -> CrowdPolicy:
    return lambda shown: (1 - share) * policy(shown) + share * uniform(shown)
