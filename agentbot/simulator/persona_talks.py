"""Conversations with personas that a language model plays; what they came to, persona by persona."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from agentbot.agents.asking_models import UnusableAnswer
from agentbot.contracts import Said
from agentbot.simulator.hazards import Hazards
from agentbot.simulator.keeping import asked, broken_rules
from agentbot.simulator.learning import Tally
from agentbot.simulator.personas import Persona, draw_personas
from agentbot.simulator.scoring import MOST_TRIES, pass_hat
from agentbot.simulator.talking import START, Conversation, PolicyName, one_turn, policy_payload
from agentbot.simulator.visitors import CONTACT, Written, next_message
from core.errors import AdloomError
from core.llm.base import LanguageModel

MOST_TURNS = 10
AT_ONCE = 8


@dataclass(frozen=True)
class PersonaTalk:
    """One try with a persona. `invented` are facts that the visitor made up: the try counts for nothing then."""

    persona: Persona
    chat: Conversation
    invented: tuple[str, ...] = ()
    is_dropped: bool = False
    failure: str = ""

    @property
    def counts(self) -> bool:
        return not (self.invented or self.failure)

    @property
    def passed(self) -> bool:
        """The rules kept, nobody driven away by an ask, and the number of a willing visitor taken."""
        has_lead = self.chat.end == "lead"
        return not broken_rules(self.chat) and not self.is_dropped and (has_lead or not self.persona.is_willing)


def simulate_personas(
    model: LanguageModel, hazards: Hazards, policy: PolicyName, count: int, seed: int
) -> list[PersonaTalk]:
    """`count` tries, each persona up to four times; the same seed brings the same people."""
    payload = policy_payload(hazards, policy)
    personas = draw_personas(-(-count // MOST_TRIES), seed)
    tries = [(personas[place // MOST_TRIES], place) for place in range(count)]
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="persona") as threads:
        return list(
            threads.map(lambda each: _talk(model, each[0], policy, payload, seed * 100_003 + each[1] * 101), tries)
        )


def _talk(
    model: LanguageModel, persona: Persona, policy: PolicyName, payload: dict[str, Any], seed: int
) -> PersonaTalk:
    chat = Conversation(persona.advertiser, f"{persona.id}-{seed}")
    for turn in range(MOST_TURNS):
        try:
            written = next_message(model, persona, chat.history, seed + turn)
        except (AdloomError, UnusableAnswer) as error:
            return PersonaTalk(persona, chat, failure=type(error).__name__)
        if written.invented:
            return PersonaTalk(persona, chat, invented=written.invented)
        has_asked = bool(chat.results) and asked(chat.results[-1])
        _hear(chat, written, turn, seed, policy, payload)
        if chat.end:
            return PersonaTalk(persona, chat, is_dropped=has_asked and chat.end == "left")
    return PersonaTalk(persona, chat)


def _hear(
    chat: Conversation, written: Written, turn: int, seed: int, policy: PolicyName, payload: dict[str, Any]
) -> None:
    """One message of the visitor and its answer; how the conversation stands then."""
    text = written.text.replace(CONTACT, _number(chat, seed))
    if written.does == "leaves":
        at = START + dt.timedelta(minutes=2 * turn)
        chat.history.append(Said(f"{chat.name}-m{turn}-0", "visitor", text, at))
        chat.end = "left"
        return
    result = one_turn(chat, [text], turn, seed + turn, policy, payload)
    chat.refusals += result.pre_pass.refuses_contact
    chat.held += tuple(found.value for found in result.pre_pass.contacts)
    if chat.held:
        chat.end = "lead"
    elif result.handoff_reason:
        chat.end = "handed off"


def _number(chat: Conversation, seed: int) -> str:
    """Of a range that is never given out."""
    return (
        f"1390000{seed % 10_000:04d}"
        if chat.advertiser.knowledge.language == "zh-CN"
        else f"+44 7700 900{seed % 1000:03d}"
    )


def tally_of(talks: Sequence[PersonaTalk]) -> Tally:
    """Shares of the tries that count."""
    counted = [talk for talk in talks if talk.counts]
    count = max(1, len(counted))
    chats = [talk.chat for talk in counted]
    return Tally(
        len(counted),
        sum(chat.end == "lead" for chat in chats) / count,
        sum(talk.is_dropped for talk in counted) / count,
        sum(chat.refusals > 0 for chat in chats) / count,
        sum(chat.asks for chat in chats) / count,
        sum(len(chat.results) for chat in chats) / count,
    )


def reliability(talks: Sequence[PersonaTalk]) -> dict[str, Any]:
    """pass^1 … pass^4 over personas, and what the simulated visitors themselves did wrong."""
    tries: dict[str, list[bool]] = defaultdict(list)
    for talk in talks:
        if talk.counts:
            tries[talk.persona.id].append(talk.passed)
    return {
        "personas": len({talk.persona.id for talk in talks}),
        "verticals": sorted({talk.persona.advertiser.knowledge.vertical for talk in talks}),
        "pass_hat": {str(k): pass_hat(tries, k) for k in range(1, MOST_TRIES + 1)},
        "invented_by_visitors": sum(bool(talk.invented) for talk in talks),
        "unusable_visitors": sum(bool(talk.failure) for talk in talks),
        "broken_rules": sum(bool(broken_rules(talk.chat)) for talk in talks),
    }
