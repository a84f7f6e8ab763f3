"""What may be done at all, before any policy has a say. The rules of asking live here and nowhere else."""

from __future__ import annotations

from agentbot.arbiter.situation import Situation
from agentbot.contracts import ACTIONS, ASKING, Action

MOST_ASKS = 3
MOST_REFUSALS = 2
MOST_ANSWERS_BESIDE_AN_ASK = 3
"""More answers than this need the room of all parts: none is cut short for an ask."""
LEAST_READINESS_TO_ASK_FIRST = 0.5
LEAST_READINESS_AFTER_A_WORRY = 0.3
"""Early in a talk that takes a price, a date or a wish told since; mere further questions stay below it."""


def allowed_actions(situation: Situation) -> tuple[Action, ...]:
    """The actions a policy may choose from; never empty."""
    pre_pass = situation.pre_pass
    if situation.expert is None or pre_pass.is_emergency or pre_pass.wants_person:
        return ("hand_off",)
    if pre_pass.is_complaint or (situation.expert.wants_handoff and not pre_pass.declines):
        return ("hand_off",)
    if not may_ask(situation):
        return ("answer",)
    return ("answer", *(action for action in ACTIONS if action in ASKING and _fits(action, situation)))


def may_ask(situation: Situation) -> bool:
    """Whether this turn may ask for a contact in any way."""
    turn, pre_pass = situation.turn, situation.pre_pass
    if situation.lead is None or not situation.lead.asks or pre_pass.injection >= 0.5 or pre_pass.asks_if_human:
        return False
    if pre_pass.is_minor or (pre_pass.declines and not pre_pass.offers_contact):
        return False
    if _would_be_pushy(situation) and not pre_pass.offers_contact:
        return False
    if turn.held_contacts or pre_pass.contacts or pre_pass.refuses_contact or turn.refusals >= MOST_REFUSALS:
        return False
    if situation.expert is not None and len(situation.expert.segments) > MOST_ANSWERS_BESIDE_AN_ASK:
        return False
    if situation.is_small_talk and not pre_pass.offers_contact:
        return False
    if situation.asks >= MOST_ASKS or situation.has_just_asked or pre_pass.partial_contact:
        return False
    return turn.turns > 0 or pre_pass.offers_contact


def _would_be_pushy(situation: Situation) -> bool:
    """Beside a private worry; after one, or after a no to the purchase, until the visitor is ready.

    And after a no to an ask, in a turn that has no answer to give for it.
    """
    readiness = situation.lead.readiness if situation.lead else 0.0
    if situation.turn.refusals and situation.is_deferred:
        return True
    if situation.had_declined and readiness < LEAST_READINESS_TO_ASK_FIRST:
        return True
    return situation.is_sensitive or (situation.was_sensitive and readiness < LEAST_READINESS_AFTER_A_WORRY)


def _fits(action: Action, situation: Situation) -> bool:
    lead = situation.lead
    if lead is None or action not in lead.asks:
        return False
    if action == "lead_card":
        return situation.turn.has_lead_card
    if situation.pre_pass.offers_contact:
        return action == "answer_then_ask"
    if action == "ask_then_answer":
        return lead.readiness >= LEAST_READINESS_TO_ASK_FIRST
    return True
