"""The lead agent without a language model: how ready the visitor is, and one honest ask per way of asking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentbot.agents.needs import Need, read_needs
from agentbot.contracts import ASKING, Action, LeadDraft, PrePass, Said, TurnInput
from agentbot.packs import Pack
from agentbot.wording import Wording

_READY_ZH = re.compile(
    r"预约|试驾|报名|下单|订(?!单号)|定金|到店|过去看|去看看|地址|在哪|哪家|办理|怎么买|怎么报|签合同|什么时候能|名额|档期|上门|体验课|试听|联系方式|怎么联系"
)
_READY_EN = re.compile(
    r"\b(?:book(?:ing)?|appointment|test drive|sign up|join|visit|address|where are you|order|deposit|enrol?l|reserve|availability|available|trial|come (?:in|by|over)|get started|contact you)\b",
    re.IGNORECASE,
)


_BOOKS = re.compile(
    r"怎么(?:约|预约|报名|办|下单|买|订)|(?:想|要|帮我|给我|能|可以)(?:再)?(?:约|预约|报名|订|下单|办理|过来|过去|来试|去试|带)|预约一|报个名"
    r"|\b(?:book|sign (?:me )?up|reserve|appointment|enrol?l|order|get started|test drive)\b",
    re.IGNORECASE,
)
"""A wish to book, in so many words."""


def rules_lead(turn: TurnInput, pre_pass: PrePass, pack: Pack, wording: Wording) -> LeadDraft:
    """Readiness from plain signs; asks that say what for and who will call."""
    needs = needs_of_late(turn, pack, pre_pass)
    readiness = _readiness(turn, pre_pass, pack, needs)
    return LeadDraft(readiness, _asks(turn, pre_pass, needs, pack, wording), _fields(turn, pack))


def needs_of_late(turn: TurnInput, pack: Pack, pre_pass: PrePass) -> tuple[Need, ...]:
    """What the visitor wants now or, where they only left a contact or nodded, wanted before that."""
    if needs := read_needs(turn.messages, pack, pre_pass):
        return needs
    before = [said for said in turn.history if said.author == "visitor"][-2:]
    return next((needs for said in reversed(before) if (needs := read_needs((said,), pack))), ())


def purpose_of(needs: Sequence[Need], pack: Pack) -> str:
    """What a call would be for: a booking, the most personal concern on the table, else the pack's own."""
    concerns = [need.concern for need in needs if need.concern and need.concern.purpose]
    first = next((each for each in concerns if each.is_sensitive), concerns[0] if concerns else None)
    if any(need.is_action for need in needs) and not (first and first.is_sensitive):
        return pack.phrases["purpose_booking"][0]
    return first.purpose if first else pack.purpose


def _readiness(turn: TurnInput, pre_pass: PrePass, pack: Pack, needs: Sequence[Need]) -> float:
    text = " ".join(said.text for said in turn.messages)
    said = [*turn.history, *turn.messages]
    is_ready = bool(_READY_ZH.search(text) or _READY_EN.search(text))
    score = 0.15 + 0.1 * min(turn.turns, 2) + 0.35 * is_ready
    score += 0.15 if any(need.is_price for need in needs) else 0.0
    score += 0.1 * min(2, sum(1 for slot in pack.slots if _told(slot.pattern, said)))
    score += 0.5 if pre_pass.offers_contact else 0.0
    score -= 0.15 if any(need.concern and need.concern.is_sensitive for need in needs) else 0.0
    score -= 0.3 * (turn.refusals + pre_pass.refuses_contact) + (0.4 if pre_pass.is_complaint else 0.0)
    return round(min(1.0, max(0.0, score)), 3)


def _told(pattern: re.Pattern[str], said: Sequence[Said]) -> bool:
    return any(each.author == "visitor" and pattern.search(each.text) for each in said)


def _asks(turn: TurnInput, pre_pass: PrePass, needs: Sequence[Need], pack: Pack, wording: Wording) -> dict[Action, str]:
    """One sentence an action; none is noted as said before the arbiter has chosen it.

    To ask before answering takes a wish to book: where or when is a question like any other. After a no it takes
    one, too, and then the choice is left.
    """
    wording.names["purpose"] = wording.fill(purpose_of(needs, pack))
    books = any(need.is_action for need in needs)
    is_booking = any(_BOOKS.search(said.text) for said in turn.messages)
    asks: dict[Action, str] = {}
    for action in sorted(ASKING):
        if not (is_booking or pre_pass.offers_contact) and (turn.refusals or action == "ask_then_answer"):
            continue
        if turn.refusals and action != "soft_choice" and not pre_pass.offers_contact:
            continue
        key = "value_booking" if books and action == "value_for_contact" else action
        phrases = [wording.fill(each) for each in pack.phrases.get(key, ())]
        fresh = [each for each in phrases if not wording.is_stale(each)]
        if fresh:
            asks[action] = wording.chance.choice(fresh)
    return asks


def _fields(turn: TurnInput, pack: Pack) -> dict[str, dict[str, str]]:
    """Facts in the visitor's own words, newest last; what is sensitive has no slot."""
    fields: dict[str, dict[str, str]] = {}
    for said in (*turn.history, *turn.messages):
        if said.author != "visitor":
            continue
        for slot in pack.slots:
            if found := slot.pattern.search(said.text):
                fields[slot.name] = {"value": found[0].strip()[:60], "message": said.id}
    return fields
