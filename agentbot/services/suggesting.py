"""A reply for a person to start from: what the expert would answer to what the visitor said last."""

from __future__ import annotations

import datetime as dt

from agentbot.channels.asgi import current_desk
from agentbot.dialogue import take_turn
from agentbot.models import Conversation
from agentbot.turns.claiming import Claim
from agentbot.turns.context import load, turn_input
from agentbot.turns.knowledge import KnowledgeShelf


async def suggest_reply(conversation: Conversation) -> str:
    """Quoted from approved knowledge, so it takes no time and invents nothing; "" when nothing is unanswered."""
    pool = (await current_desk()).pool
    waiting = (await load(pool, [_claim(conversation)]))[0]
    if not waiting.messages:
        return ""
    knowledge = await KnowledgeShelf(pool).of(conversation.advertiser_id)
    result = await take_turn(turn_input(waiting, knowledge, dt.datetime.now(dt.UTC)), None)
    if result.expert is None:
        return ""
    return "\n".join(segment.text for segment in result.expert.segments if segment.text)


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
        refusals=row.refusals,
        failures=row.failures,
        last_seq=row.last_seq,
    )
