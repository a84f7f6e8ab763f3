"""Whether a written conversation kept the rules of asking, and answered what was asked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from agentbot.agents.needs import read_needs
from agentbot.arbiter.mask import LEAST_READINESS_TO_ASK_FIRST, MOST_ASKS, MOST_REFUSALS
from agentbot.arbiter.situation import SMALL_TALK
from agentbot.contracts import Said, TurnResult
from agentbot.language import sentences
from agentbot.packs import load_pack
from agentbot.simulator.talking import Conversation
from agentbot.wording import bare


def asked(result: TurnResult) -> bool:
    return any(part.asks_contact for part in result.parts)


def broken_rules(chat: Conversation) -> tuple[str, ...]:
    """Names of the rules that did not hold; () for a conversation as it should be."""
    return tuple(dict.fromkeys(_broken(chat)))


def _broken(chat: Conversation) -> Iterator[str]:
    asks = [asked(result) for result in chat.results]
    offers = [result.pre_pass.offers_contact for result in chat.results]
    if asks and asks[0] and not offers[0]:
        yield "asked in the first turn"
    if sum(asks) > MOST_ASKS:
        yield "asked too often"
    if any(first and second for first, second in itertools.pairwise(asks)):
        yield "asked two turns running"
    refusals = 0
    for result, has_asked in zip(chat.results, asks, strict=True):
        refusals += result.pre_pass.refuses_contact
        if has_asked and (refusals >= MOST_REFUSALS or result.pre_pass.refuses_contact):
            yield "asked after a refusal"
        yield from _broken_in_turn(result, has_asked)
    if any(leaves_open(messages, result, chat) for messages, result in exchanges(chat)):
        yield "left a question open"


def _broken_in_turn(result: TurnResult, has_asked: bool) -> Iterator[str]:
    if has_asked and not result.pre_pass.offers_contact and all(part.asks_contact for part in result.parts):
        yield "asked and said nothing"
    if unsaid_answers(result):
        yield "left an answer out"
    decision = result.decision
    if decision and has_asked and decision.action == "ask_then_answer":
        seen = decision.features
        if seen["readiness"] < LEAST_READINESS_TO_ASK_FIRST or seen["is_sensitive"]:
            yield "asked first too early"


def exchanges(chat: Conversation) -> list[tuple[list[Said], TurnResult]]:
    """Each turn's result beside the messages it answers."""
    runs = itertools.groupby(chat.history, key=lambda said: said.author == "visitor")
    asked_for = [list(said) for is_visitor, said in runs if is_visitor]
    return list(zip(asked_for, chat.results, strict=False))


def leaves_open(messages: list[Said], result: TurnResult, chat: Conversation) -> bool:
    """Whether something asked got neither an answer nor an honest word that it is open."""
    if result.expert is None or result.handoff_reason or result.pre_pass.declines:
        return False
    known = chat.advertiser.knowledge
    needs = read_needs(messages, load_pack(known.vertical, known.language), result.pre_pass)
    asks = [need for need in needs if need.is_question or need.is_price]
    said = [segment for segment in result.expert.segments if segment.concern != SMALL_TALK]
    return bool(asks) and not said and not result.pre_pass.asks_if_human


def unsaid_answers(result: TurnResult) -> tuple[str, ...]:
    """First sentences of answers that no part holds; a turn that hands over owes none."""
    if result.expert is None or result.handoff_reason or result.pre_pass.declines or result.pre_pass.is_emergency:
        return ()
    said = bare("".join(part.text for part in result.parts))
    heads = [sentences(segment.text)[0] for segment in result.expert.segments if segment.sources and segment.text]
    return tuple(head for head in heads if bare(head)[:12] not in said)
