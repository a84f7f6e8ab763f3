"""What an operator may order, and what comes of it."""

from __future__ import annotations

import logging

from avatar.brain.mind import Brain

logger = logging.getLogger(__name__)
PASSED_ON = frozenset(("skip", "pause_answers", "resume_answers", "dump", "slate", "unslate"))
"""Orders that the engine carries out by itself."""


def obey(brain: Brain, order: str, text: str = "") -> tuple[str, ...]:
    """Carry out one order; why not, where it is not carried out, for the log.

    Words to be said passed the checks when they were written down; they pass the room's own here once more, for
    facts may have changed since.
    """
    if order in PASSED_ON:
        brain.pass_on(order)
        return ()
    if order == "say":
        problems = brain.say(text)
        for problem in problems:
            logger.warning("an operator's words are not said: %s", problem)
        return problems
    logger.warning("no such order: %s", order[:40])
    return ("unknown order",)
