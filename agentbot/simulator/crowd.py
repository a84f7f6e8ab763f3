"""Many visitors at once, as columns of numbers: who they are, what they show, how they take what is done.

A policy sees `Shown` only. Traits (`trust`, `willing`, `keen`, `worried`) stay in here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agentbot.contracts import ACTIONS
from agentbot.simulator.hazards import Hazards

ANSWER = ACTIONS.index("answer")
ANSWER_ASK = ACTIONS.index("answer_then_ask")
ASK_ANSWER = ACTIONS.index("ask_then_answer")
VALUE = ACTIONS.index("value_for_contact")
SOFT = ACTIONS.index("soft_choice")
ASKS = (ANSWER_ASK, ASK_ANSWER, VALUE, SOFT)
MOST_TURNS = 10


@dataclass
class Shown:
    """What a turn shows of each visitor, and what may be done: `mask` (visitors, actions)."""

    contexts: np.ndarray
    mask: np.ndarray
    turns: np.ndarray
    asks: np.ndarray
    since_ask: np.ndarray


@dataclass
class Outcome:
    """What came of one turn, a flag each a visitor."""

    gave: np.ndarray
    left: np.ndarray
    refused: np.ndarray


class Crowd:
    """`count` visitors drawn by `rng`. Turn by turn: `show`, then `react` to the actions taken."""

    def __init__(self, hazards: Hazards, count: int, rng: np.random.Generator) -> None:
        self.hazards, self.rng = hazards, rng
        self.worried = rng.random(count) < hazards.worry_share
        self.keen = rng.random(count) < hazards.keen_share
        self.willing = rng.beta(2.5 * hazards.willing_mean, 2.5 * (1 - hazards.willing_mean), count)
        self.patience = rng.uniform(0.5, 1.5, count)
        self.trust = np.clip(hazards.trust_start + rng.normal(0, 0.1, count), 0.02, 0.9)
        self.turns = np.zeros(count, int)
        self.asks = np.zeros(count, int)
        self.refusals = np.zeros(count, int)
        self.since_ask = np.full(count, 99)
        self.slots = np.zeros(count, int)
        self.here = np.ones(count, bool)
        self.is_sensitive = np.zeros(count, bool)
        self.was_sensitive = np.zeros(count, bool)

    def show(self) -> Shown:
        """What each visitor writes this turn, as the agents would read it."""
        hazards, rng, size = self.hazards, self.rng, len(self.here)
        ready = rng.random(size) < np.where(self.keen, hazards.ready_sign_keen, hazards.ready_sign_other)
        price = rng.random(size) < hazards.price_question
        self.slots = np.minimum(2, self.slots + (rng.random(size) < 0.35))
        self.is_deferred = rng.random(size) < hazards.unanswerable
        self.was_sensitive = self.is_sensitive
        self.is_sensitive = self.worried & ((self.turns <= 1) | (rng.random(size) < 0.5))
        self.offers = rng.random(size) < hazards.offers_unasked
        short = rng.random(size) < hazards.short_message / self.patience
        self.readiness = np.clip(
            0.15 + 0.1 * np.minimum(self.turns, 2) + 0.35 * ready + 0.15 * price + 0.1 * self.slots
            - 0.15 * self.is_sensitive - 0.3 * self.refusals + 0.5 * self.offers, 0.0, 1.0,
        )  # fmt: skip
        depth = np.minimum(self.turns, 8) / 8
        columns = (
            np.ones(size), self.readiness, depth, depth * depth, self.asks / 3, np.minimum(self.refusals, 2) / 2,
            self.is_sensitive, self.is_deferred, short, self.offers, self.readiness * depth,
            self.is_sensitive * depth, self.is_deferred * depth,
        )  # fmt: skip
        contexts = np.stack([np.asarray(column, float) for column in columns], axis=1)
        return Shown(contexts, self._mask(), self.turns.copy(), self.asks.copy(), self.since_ask.copy())

    def _mask(self) -> np.ndarray:
        """The arbiter's mask, column by column (a test holds it against the arbiter's own)."""
        mask = np.zeros((len(self.here), len(ACTIONS)), bool)
        mask[:, ANSWER] = True
        may = ((self.turns > 0) | self.offers) & (self.asks < 3) & (self.refusals < 2) & (self.since_ask > 1)
        may &= self.offers | ~(self.is_sensitive | (self.was_sensitive & (self.readiness < 0.3)))
        for action in ASKS:
            mask[:, action] = may & (~self.offers | (action == ANSWER_ASK))
        mask[:, ASK_ANSWER] &= self.readiness >= 0.5
        return mask

    def react(self, actions: np.ndarray) -> Outcome:
        """How each visitor takes its action: gives a contact, leaves, refuses, or goes on."""
        hazards, rng, size = self.hazards, self.rng, len(self.here)
        asked = np.isin(actions, ASKS)
        margin = self.trust - self._needed(actions)
        agrees = self.willing / (1 + np.exp(-hazards.steepness * margin))
        gave = self.here & asked & (rng.random(size) < np.where(self.offers, 0.9, agrees))
        too_soon = asked & ~gave & (margin < 0)
        pressure = (
            hazards.leave_after_ask
            * np.where(actions == SOFT, hazards.soft_share, 1.0)
            * np.clip(-margin * 3, 0.15, 1.5)
        )
        leaving = (hazards.leave_base + hazards.leave_wear * self.turns) / self.patience
        leaving = leaving + asked * pressure + (asked & (self.refusals > 0)) * hazards.leave_after_refused_ask
        left = self.here & ~gave & (rng.random(size) < leaving)
        refused = (
            self.here
            & asked
            & ~gave
            & ~left
            & (rng.random(size) < hazards.refuse_share * np.where(actions == SOFT, hazards.soft_share, 1.0))
        )
        self._move(asked, too_soon, refused)
        self.here &= ~gave & ~left & (self.turns < MOST_TURNS)
        return Outcome(gave, left, refused)

    def _move(self, asked: np.ndarray, too_soon: np.ndarray, refused: np.ndarray) -> None:
        hazards = self.hazards
        change = np.where(self.is_deferred, hazards.trust_per_deferral, hazards.trust_per_answer)
        self.trust = np.clip(
            self.trust + change * (1 - self.trust) + too_soon * hazards.trust_per_ask_too_soon, 0.0, 1.0
        )
        self.asks += asked & self.here
        self.refusals += refused
        self.since_ask = np.where(asked, 0, self.since_ask + 1)
        self.turns += 1

    def _needed(self, actions: np.ndarray) -> np.ndarray:
        """The trust this way of asking needs of each visitor, as things stand."""
        hazards = self.hazards
        base = np.zeros(len(ACTIONS))
        base[[ANSWER_ASK, ASK_ANSWER, VALUE, SOFT]] = (
            hazards.needs_answer_then_ask, hazards.needs_ask_then_answer,
            hazards.needs_value_for_contact, hazards.needs_soft_choice,
        )  # fmt: skip
        need = base[actions]
        direct = (actions == ANSWER_ASK) | (actions == ASK_ANSWER)
        need = need - self.keen * np.where(
            actions == ASK_ANSWER, hazards.keen_helps_ask_first, hazards.keen_helps
        ) * np.where(actions == SOFT, 0.4, 1.0)
        need = need + self.is_sensitive * np.where(
            direct,
            hazards.worry_hurts_direct,
            np.where(actions == VALUE, hazards.worry_hurts_value, hazards.worry_hurts_soft),
        )
        need = need - self.is_deferred * (actions == VALUE) * hazards.deferral_helps_value
        return need + self.is_deferred * direct * hazards.deferral_hurts_direct
