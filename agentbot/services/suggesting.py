"""A reply for a person to start from: what the expert would answer to what the visitor said last."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from collections.abc import Iterator

from agentbot.channels.asgi import current_desk
from agentbot.dialogue import take_turn
from agentbot.models import Conversation
from agentbot.turns.claiming import Claim
from agentbot.turns.context import Waiting, load, turn_input
from agentbot.turns.knowledge import KnowledgeShelf

QUESTIONS_TRIED = 3


async def suggest_reply(conversation: Conversation) -> str:
    """Quoted from approved knowledge, so it takes no time and invents nothing; "" when nothing
    approved answers any of the last questions."""
    pool = (await current_desk()).pool
    waiting = (await load(pool, [_claim(conversation)]))[0]
    knowledge = await KnowledgeShelf(pool).of(conversation.advertiser_id)
    for asked in _questions(waiting):
        turn = turn_input(asked, knowledge, dt.datetime.now(dt.UTC))
        # In a thread: the first question of a process loads a dictionary, and open pages must not wait for it.
        result = await asyncio.to_thread(asyncio.run, take_turn(turn, None))
        segments = result.expert.segments if result.expert else ()
        words = "\n".join(segment.text for segment in segments if segment.text and segment.sources)
        if words:
            return words
    return ""


def _questions(waiting: Waiting) -> Iterator[Waiting]:
    """What is unanswered, then the visitor's last messages one by one: a wish for a person asks nothing itself."""
    if waiting.messages:
        yield waiting
    said = sorted((*waiting.history, *waiting.messages), key=lambda each: each.at)
    asked = [index for index, each in enumerate(said) if each.author == "visitor"]
    for index in reversed(asked[-QUESTIONS_TRIED:]):
        yield dataclasses.replace(waiting, messages=(said[index],), history=tuple(said[:index]))


def _claim(row: Conversation) -> Claim:
    """The conversation as a turn reads it; nothing is claimed and nothing written."""
    return Claim(
        id=row.pk,
        advertiser_id=row.advertiser_id,
        account_id=row.account_id,
        visitor=row.visitor,
        person_id=row.person_id,
        key_id=row.key_id,
        owner=row.owner,
        epoch=row.epoch,
        last_inbound_seq=row.last_inbound_seq,
        read_seq=row.read_seq,
        is_disclosed=True,
        opted_out=row.opted_out_at is not None,
        failures=row.failures,
        last_seq=row.last_seq,
        source=row.source,
    )
