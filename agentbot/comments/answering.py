"""Takes up the comments that are due, a few at a time; every process may, none takes one twice."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence

from agentbot.comments.replying import plan_comment
from agentbot.comments.settling import settle
from agentbot.comments.watching import AT_ONCE as ASKED_AT_ONCE
from agentbot.comments.watching import seen_in_video
from agentbot.contracts import Said
from agentbot.pii import unseal, unwrap_key
from agentbot.turns.database import ORM_AWAY, in_database
from agentbot.turns.knowledge import KnowledgeShelf
from core.pools import Pool, Row

logger = logging.getLogger(__name__)
AT_ONCE = 40
_DUE = """
select p.id, p.advertiser_id, p.thread, p.source, m.id as message_id, m.body, m.created_at, k.wrapped
from agentbot_publiccomment p
join agentbot_message m on m.id = p.message_id left join agentbot_piikey k on k.id = m.key_id
where p.state = 'waiting' and p.due_at <= now() order by p.due_at, p.created_at limit %s
"""
_PUT_OFF = "update agentbot_publiccomment set due_at = now() + interval '5 minutes' where id = %s and state = 'waiting'"


async def answer_comments(pool: Pool, shelf: KnowledgeShelf) -> int:
    """One round; gives how many could not be settled and were put off."""
    async with pool.connection() as connection:
        rows = await (await connection.execute(_DUE, [AT_ONCE])).fetchall()
    ends = await asyncio.gather(*_begun(shelf, rows), return_exceptions=True)
    put_off = 0
    for row, end in zip(rows, ends, strict=True):
        if end is None:
            continue
        if isinstance(end, ORM_AWAY) or not isinstance(end, Exception):
            raise end
        # One comment that cannot be settled must not keep all the others waiting.
        logger.error("comment %s", row["id"], exc_info=end)
        put_off += 1
        async with pool.connection() as connection:
            await connection.execute(_PUT_OFF, [row["id"]])
    return put_off


def _begun(shelf: KnowledgeShelf, rows: Sequence[Row]) -> list[asyncio.Task[None]]:
    """Videos are asked about side by side; books are written one comment at a time, in a thread in order: the one
    public reply it may have is the earlier comment's, however long its video takes."""
    turn, places = asyncio.Lock(), asyncio.Semaphore(ASKED_AT_ONCE)
    begun: list[asyncio.Task[None]] = []
    last: dict[str, asyncio.Task[None]] = {}
    for row in rows:
        task = asyncio.create_task(_answer(shelf, row, turn, places, last.get(row["thread"])))
        last[row["thread"]] = task
        begun.append(task)
    return begun


async def _answer(
    shelf: KnowledgeShelf, row: Row, turn: asyncio.Lock, places: asyncio.Semaphore, earlier: asyncio.Task[None] | None
) -> None:
    words = _opened(row)
    said = Said(str(row["message_id"]), "visitor", words, row["created_at"])
    async with turn:
        knowledge = await shelf.of(row["advertiser_id"])
        plan = await in_database(plan_comment, said, row["thread"], knowledge, dt.datetime.now(dt.UTC))
    shown = await seen_in_video(row["advertiser_id"], row["source"], plan, words, places)
    if earlier is not None:
        await asyncio.wait({earlier})
    async with turn:
        if shown is not None:
            plan = await in_database(plan_comment, said, row["thread"], knowledge, dt.datetime.now(dt.UTC), shown)
        await in_database(settle, row["id"], plan, words)


def _opened(row: Row) -> str:
    """ "" once erased, or where it cannot be opened: then nothing is said."""
    if not row["wrapped"] or row["body"] is None:
        return ""
    try:
        return unseal(unwrap_key(bytes(row["wrapped"])), bytes(row["body"]))
    except ValueError:
        logger.error("a comment sealed under another key, or altered: %s", row["id"])
        return ""
