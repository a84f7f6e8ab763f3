"""What a visitor's open page hears: messages in their order, and that somebody is writing."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

from agentbot.channels.base import Account
from agentbot.channels.desk import Desk
from agentbot.channels.http import Receive, Send, answer
from agentbot.pii import unseal, unwrap_key
from core.live_updates.hub import current_hub
from core.live_updates.streaming import BREATH_SECONDS
from core.pools import Row

TYPING_SECONDS = 4.0
"""How long before a part is due the visitor sees that it is being written."""
PERSON_TYPES_SECONDS = 6.0
MOST_STREAMS = 4000
MOST_STREAMS_PER_ADDRESS = 200
"""A whole office behind one address has its pages open; one machine does not take the places of all."""
MOST_HISTORY = 200
TOPIC = "conversations"
RETRY_MS = 2000

_CONVERSATION = """
select id from agentbot_conversation where account_id = %s and visitor = %s and erased_at is null
"""
_MESSAGES = """
select * from (
  select m.seq, m.id, m.author, m.body, k.wrapped, m.asks_contact, m.external_id, m.created_at
  from agentbot_message m left join agentbot_piikey k on k.id = m.key_id
  where m.conversation_id = %(conversation)s and m.seq > %(after)s order by m.seq desc limit %(most)s
) newest order by seq
"""
_NEXT_PART = """
select extract(epoch from min(p.due_at) - now())::float8 as seconds
from agentbot_outboundpart p join agentbot_conversation c on c.id = p.conversation_id
where p.conversation_id = %s and p.state in ('scheduled', 'sending') and p.event_type = 'message.part'
  and c.opted_out_at is null and (not p.is_fenced or p.epoch = c.epoch)
"""
_open: Counter[str] = Counter()
"""Address → streams open to it in this process."""


async def stream(
    desk: Desk, account: Account, visitor: str, after: int, receive: Receive, send: Send, address: str = ""
) -> None:
    """Server-sent events until the visitor leaves; 204 while there is no conversation yet.

    503 when there are too many open pages, 429 when too many of them are of one `address`.
    """
    if _open[address] >= MOST_STREAMS_PER_ADDRESS:
        return await answer(send, 429, {"error": "too many open pages of one address"}, {"retry-after": "20"})
    if _open.total() >= MOST_STREAMS:
        return await answer(send, 503, {"error": "too many open pages"}, {"retry-after": "20"})
    # Counted before the database is asked: a thousand at once find the place taken.
    _open[address] += 1
    try:
        await _stream(desk, account, visitor, after, receive, send)
    finally:
        _open[address] -= 1
        if not _open[address]:
            del _open[address]


async def _stream(desk: Desk, account: Account, visitor: str, after: int, receive: Receive, send: Send) -> None:
    async with desk.pool.connection() as connection:
        found = await (await connection.execute(_CONVERSATION, [account.id, visitor])).fetchone()
    if found is None:
        await send({"type": "http.response.start", "status": 204, "headers": [(b"cache-control", b"no-store")]})
        return await send({"type": "http.response.body", "body": b""})
    pump = asyncio.create_task(_pump(desk, account, found["id"], after, send))
    gone = asyncio.create_task(_wait_until_gone(receive))
    try:
        await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (pump, gone):
            task.cancel()
        await asyncio.gather(pump, gone, return_exceptions=True)


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pump(desk: Desk, account: Account, conversation: uuid.UUID, after: int, send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": f"retry: {RETRY_MS}\n\n".encode(), "more_body": True})
    async for piece in _events(desk, account, conversation, after):
        await send({"type": "http.response.body", "body": piece, "more_body": True})


async def _events(desk: Desk, account: Account, conversation: uuid.UUID, after: int) -> AsyncIterator[bytes]:
    """Subscribes before it reads, so nothing falls between; wakes for typing without a look at the database."""
    wanted = str(conversation)

    def concerns(told: Any) -> bool:
        return bool(told.get("conversation") == wanted)

    async with current_hub().subscribe(str(account.advertiser_id), _is_talk, concerns) as page:
        shown, typing_at, person_until = False, None, 0.0
        is_stale = True
        while True:
            if is_stale:
                rows, seconds = await _read(desk, conversation, after)
                for row in rows:
                    after = row["seq"]
                    yield encode(row)
                person_until = 0.0 if any(row["author"] == "person" for row in rows) else person_until
                typing_at = None if seconds is None else time.monotonic() + seconds - TYPING_SECONDS
                is_stale = False
            now = time.monotonic()
            is_typing = (typing_at is not None and typing_at <= now) or person_until > now
            if is_typing != shown:
                shown = is_typing
                yield b"event: typing\ndata: " + (b"true" if shown else b"false") + b"\n\n"
            later = [at - now for at in (typing_at or 0.0, person_until) if at > now]
            try:
                update = await asyncio.wait_for(page.updates.get(), min([*later, BREATH_SECONDS]) + 0.01)
            except TimeoutError:
                if not later:
                    yield b": still here\n\n"
                continue
            if update.topic and update.payload.get("kind") == "person_types":
                person_until = time.monotonic() + PERSON_TYPES_SECONDS
                continue
            is_stale = True


def _is_talk(topic: str) -> bool:
    return topic == TOPIC


async def _read(desk: Desk, conversation: uuid.UUID, after: int) -> tuple[list[Row], float | None]:
    async with desk.pool.connection() as connection:
        values = {"conversation": conversation, "after": after, "most": MOST_HISTORY}
        rows = await (await connection.execute(_MESSAGES, values)).fetchall()
        due = await (await connection.execute(_NEXT_PART, [conversation])).fetchone()
    return rows, due["seconds"] if due else None


def encode(row: Row) -> bytes:
    """One message; its event id is its place in the conversation, which a reconnecting browser sends back."""
    said: dict[str, Any] = {
        "seq": row["seq"],
        "id": str(row["id"]),
        "from": row["author"] if row["author"] in ("visitor", "person") else "assistant",
        "text": _opened(row),
        "at": row["created_at"].isoformat(timespec="seconds"),
    }
    if row["author"] == "visitor":
        said["client"] = row["external_id"].rpartition(":")[2]
    if row["asks_contact"]:
        said["asks"] = True
    return f"id: {row['seq']}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


def _opened(row: Row) -> str:
    if row["body"] is None or row["wrapped"] is None:
        return ""
    return unseal(unwrap_key(bytes(row["wrapped"])), bytes(row["body"]))
