"""Simulated visitors who write: every turn goes through the real dialogue, rules, guards and all.

Traits and reactions are the crowd's; what a visitor does next depends on what was really said to
them: whether it answered, whether and how it asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from agentbot import pre_pass as reading
from agentbot.arbiter import Situation
from agentbot.arbiter.situation import features
from agentbot.contracts import ACTIONS, Action, Decision, Said, TurnInput, TurnResult
from agentbot.dialogue import decide_and_speak, quoted_drafts
from agentbot.simulator.advertiser import SimulatedAdvertiser, advertisers
from agentbot.simulator.crowd import ANSWER, MOST_TURNS, Crowd
from agentbot.simulator.hazards import Hazards
from agentbot.simulator.learning import Tally, learn
from agentbot.speaking import Voice

PolicyName = Literal["learned", "rules", "every_other", "single_prompt"]
POLICIES: tuple[PolicyName, ...] = ("learned", "rules", "every_other", "single_prompt")
TRAINING_SEED = 20_261_122
"""The learned policy's practice visitors are never those it is measured on."""
START = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)


@dataclass
class Conversation:
    """One simulated visitor's exchange, and how it ended."""

    advertiser: SimulatedAdvertiser
    name: str
    history: list[Said] = field(default_factory=list)
    results: list[TurnResult] = field(default_factory=list)
    asks: int = 0
    since_ask: int | None = None
    refusals: int = 0
    held: tuple[str, ...] = ()
    is_disclosed: bool = False
    end: str = ""


def policy_payload(hazards: Hazards, policy: PolicyName) -> dict[str, Any]:
    """What a turn carries of the policy; the learned one is learned first, on visitors of its own."""
    return learn(hazards, seed=TRAINING_SEED)[0].as_json() if policy == "learned" else {}


def simulate(hazards: Hazards, policy: PolicyName, count: int, seed: int) -> tuple[Tally, list[Conversation]]:
    """`count` written conversations; the same seed brings the same visitors to every policy."""
    payload = policy_payload(hazards, policy)
    known = advertisers()
    chats = [Conversation(known[place % len(known)], f"{policy}-{seed}-{place}") for place in range(count)]
    crowd = Crowd(hazards, count, np.random.default_rng(seed))
    words = np.random.default_rng([seed, 7])
    dropped = np.zeros(count, bool)
    for turn in range(MOST_TURNS):
        here = np.flatnonzero(crowd.here)
        if not len(here):
            break
        crowd.show()
        actions = np.full(count, ANSWER)
        said = [words.random(4) for _ in range(count)]
        for place in here:
            texts = _texts(crowd, int(place), turn, chats[place], said[place])
            result = one_turn(chats[place], texts, turn, seed * 100_003 + int(place), policy, payload)
            actions[place] = _seen_action(crowd, int(place), result)
        outcome = crowd.react(actions)
        for place in here:
            if chats[place].results[-1].handoff_reason:
                outcome.gave[place] = outcome.left[place] = crowd.here[place] = False
        lost = outcome.left & (actions != ANSWER)
        dropped |= lost
        for place in here:
            _after(chats[place], outcome.gave[place], outcome.left[place], outcome.refused[place], turn, said[place])
    return _tally(chats, dropped), chats


def _seen_action(crowd: Crowd, place: int, result: TurnResult) -> int:
    """What the visitor perceives: an action only asks if a part of it did; an answer only answers if it was backed."""
    expert = result.expert
    crowd.is_deferred[place] = not (expert and any(segment.sources for segment in expert.segments))
    asked = any(part.asks_contact for part in result.parts)
    return ACTIONS.index(result.decision.action) if asked and result.decision else ANSWER


def _texts(crowd: Crowd, place: int, turn: int, chat: Conversation, chance: np.ndarray) -> list[str]:
    """What the visitor writes, by the signs the crowd drew for this turn."""
    lines = chat.advertiser.lines

    def one(kind: str) -> str:
        before = {said.text for said in chat.history}
        left = [line for line in lines[kind] if line not in before] or [
            line for other in ("question", "price", "nod") for line in lines[other] if line not in before
        ]
        return left[int(chance[0] * len(left))] if left else lines["nod"][0]

    if turn and chat.history[-1].author == "visitor":
        return []
    if turn and crowd.offers[place]:
        return [one("offer")]
    if turn == 0 and crowd.worried[place]:
        return [one("worry")]
    if turn == 0:
        return [one("hello"), one("open")] if chance[1] < 0.3 else [one("open")]
    if crowd.is_deferred[place]:
        return [one("unknown")]
    if crowd.readiness[place] >= 0.5:
        return [one("ready")]
    if chance[1] < 0.06:
        return [one("human")]
    if chance[1] < 0.14:
        return [one("bargain")]
    return [one("price" if chance[2] < 0.4 else "question")]


def _unsaid(lines: Sequence[str], chat: Conversation, chance: float) -> str:
    """A line not yet written in this conversation while there is one."""
    before = {said.text for said in chat.history}
    fresh = [line for line in lines if line not in before] or list(lines)
    return fresh[int(chance * len(fresh))]


def one_turn(
    chat: Conversation, texts: Sequence[str], turn: int, seed: int, policy: PolicyName, payload: dict[str, Any]
) -> TurnResult:
    """The visitor's `texts` answered by the real dialogue; the conversation's books are kept."""
    at = START + dt.timedelta(minutes=2 * turn)
    carried = [said for said in chat.history if said.turn == "next"]
    before = tuple(said for said in chat.history if said.turn != "next")
    messages = (
        *carried,
        *(Said(f"{chat.name}-m{turn}-{place}", "visitor", text, at) for place, text in enumerate(texts)),
    )
    given = TurnInput(
        conversation=chat.name, turn=f"{chat.name}-{turn}", seed=seed, now=messages[-1].at + dt.timedelta(seconds=2.5),
        knowledge=chat.advertiser.knowledge, messages=tuple(messages), history=before, held_contacts=chat.held,
        turns=turn, asks=chat.asks, turns_since_ask=chat.since_ask, refusals=chat.refusals,
        is_disclosed=chat.is_disclosed, policy=payload,
    )  # fmt: skip
    result = _by_policy(given, policy, turn)
    chat.history = [*before, *(replace(said, turn="") for said in messages)]
    chat.history += [
        Said(f"{given.turn}-p{place}", part.author, part.text, at, part.asks_contact, given.turn)
        for place, part in enumerate(result.parts)
    ]
    asked = any(part.asks_contact for part in result.parts)
    chat.asks += asked
    chat.since_ask = 0 if asked else None if chat.since_ask is None else chat.since_ask + 1
    chat.is_disclosed = chat.is_disclosed or result.discloses
    chat.results.append(result)
    return result


def _by_policy(turn: TurnInput, policy: PolicyName, number: int) -> TurnResult:
    """The dialogue's own result; for the bots to beat, the same answers with their way of asking, unmasked."""
    seen = reading.read(turn.messages, turn.history)
    voice = Voice.of(turn, seen)
    expert, lead = quoted_drafts(voice)
    forced: Action | None = None
    if policy == "every_other":
        forced = "answer_then_ask" if number % 2 else "answer"
    elif policy == "single_prompt":
        forced = "answer_then_ask" if number else "answer"
    decision = None
    if forced:
        decision = Decision(forced, 1.0, (forced,), features(Situation(turn, seen, expert, lead)), policy, turn.seed)
    return decide_and_speak(voice, expert, lead, decision)


def _after(chat: Conversation, gave: bool, left: bool, refused: bool, turn: int, chance: np.ndarray) -> None:
    """The visitor's own answer to an ask opens the next turn; a given contact gets its thanks."""
    lines, at = chat.advertiser.lines, START + dt.timedelta(minutes=2 * turn + 1)
    if chat.results[-1].handoff_reason:
        chat.end = "handed off"
    elif gave:
        chat.end = "lead"
        text = lines["give"][int(chance[3] * len(lines["give"]))].replace("{contact}", spare_number(chat, chance))
        _thank(chat, text, turn + 1)
    elif left:
        chat.end = "left"
    elif refused:
        chat.refusals += 1
        text = _unsaid(lines["refuse"], chat, float(chance[3]))
        chat.history.append(Said(f"{chat.name}-r{turn}", "visitor", text, at, turn="next"))


def _thank(chat: Conversation, text: str, turn: int) -> None:
    one_turn(chat, [text], turn, turn, "rules", {})


def spare_number(chat: Conversation, chance: np.ndarray) -> str:
    """A number of a range that is never given out, so that no real person's stands in a transcript."""
    tail = f"{int(chance[2] * 10_000):04d}"
    return f"1390000{tail}" if chat.advertiser.knowledge.language == "zh-CN" else f"+44 7700 900{tail[:3]}"


def _tally(chats: Sequence[Conversation], dropped: np.ndarray) -> Tally:
    count = max(1, len(chats))
    return Tally(
        len(chats),
        sum(chat.end == "lead" for chat in chats) / count,
        float(dropped.sum()) / count,
        sum(chat.refusals > 0 for chat in chats) / count,
        sum(chat.asks for chat in chats) / count,
        sum(len(chat.results) for chat in chats) / count,
    )
