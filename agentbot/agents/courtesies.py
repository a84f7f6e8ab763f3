"""What is said round an answer: a word for a worry, one question back, and replies to nods, thanks and greetings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentbot.agents import needs as reading
from agentbot.agents.needs import Need
from agentbot.arbiter.situation import SMALL_TALK
from agentbot.contracts import AnswerSegment, Said
from agentbot.packs import Concern
from agentbot.wording import Wording

LATER = frozenset(("timing", "budget", "amount", "area", "city", "district"))
"""What nobody asks a visitor who has just come in, unless they want to book."""
WHAT = frozenset(("model", "item", "destination", "service", "product", "subject"))
WHEN_BOOKING = frozenset(("timing",))
"""What is asked only of who wants to book: "which day?" to somebody who has not decided is a push."""
_ASKS = ("?", "？")


def small_talk(messages: Sequence[Said], wording: Wording, is_known: bool) -> list[AnswerSegment]:
    """The reply to a message that asks nothing."""
    text = messages[-1].text.strip() if messages else ""
    if reading.THANKS.match(text):
        return [AnswerSegment(wording.say("thanks"), SMALL_TALK)]
    if reading.BYE.match(text):
        return [AnswerSegment(wording.say("bye"), SMALL_TALK)]
    if reading.NODS.match(text):
        return [AnswerSegment(wording.say("nodded"), SMALL_TALK)]
    if reading.GREETING.match(text):
        return [AnswerSegment(wording.say("here" if is_known else "greet_back"), SMALL_TALK)]
    if not re.search(r"\w", text):
        return [AnswerSegment(wording.say("here"), SMALL_TALK)]
    told = any(slot.pattern.search(said.text) for slot in wording.pack.slots for said in messages)
    return [AnswerSegment(wording.say("noted" if told else "heard"))]


def empathy_for(found: Sequence[Need], wording: Wording) -> str:
    """A word for the first worry that is sensitive, else the first that was told; a plain question has none."""
    worries = [need.concern for need in found if need.concern and need.concern.empathy and _is_worry(need)]
    first: Concern | None = next((each for each in worries if each.is_sensitive), worries[0] if worries else None)
    if first is None:
        return ""
    fresh = [line for line in first.empathy if not wording.is_stale(wording.fill(line))]
    return wording.one_of(fresh) if fresh else ""


def _is_worry(need: Need) -> bool:
    return need.is_told or need.is_bargain or bool(need.concern and need.concern.is_sensitive)


def question_back(
    found: Sequence[Need],
    segments: Sequence[AnswerSegment],
    messages: Sequence[Said],
    history: Sequence[Said],
    wording: Wording,
    knows_what: bool = False,
) -> str:
    """The next thing worth knowing that the visitor has not said; "" where asking would be idle or too much."""
    last = messages[-1].text.strip() if messages else ""
    if not found and (not re.search(r"\w", last) or any(each.match(last) for each in reading.SMALL_TALK)):
        return ""
    if (found and _has_just_asked_back(history)) or any(each.text.endswith(_ASKS) for each in segments):
        return ""
    told = " ".join(said.text for said in (*history, *messages) if said.author == "visitor")
    wants_to_book = any(need.is_action for need in found) or bool(reading.ACTION.search(told))
    for slot in wording.pack.slots:
        if knows_what and slot.name in WHAT:
            continue
        if slot.name in LATER and not (wants_to_book or (history and slot.name not in WHEN_BOOKING)):
            continue
        fresh = [line for line in slot.questions if not wording.is_stale(line)]
        if fresh and len(fresh) == len(slot.questions) and not slot.pattern.search(told):
            return wording.one_of(fresh)
    return ""


def _has_just_asked_back(history: Sequence[Said]) -> bool:
    ours = [said for said in history if said.author != "visitor"]
    return bool(ours) and any(said.text.endswith(_ASKS) for said in ours if said.turn == ours[-1].turn)
