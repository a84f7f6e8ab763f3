"""The desk of one web process: its connections, what it remembers, and its limits."""

from __future__ import annotations

import asyncio

from agentbot.channels.accounts import Accounts
from agentbot.channels.base import Account, Comment, Event, Inbound, Stored
from agentbot.channels.hearing import store_comment, store_event
from agentbot.channels.ingest import Intake
from agentbot.channels.limits import CHANNEL, VISITOR, Buckets
from core.pools import make_pool, open_pool

CONNECTIONS = 8


class TooMany(Exception):
    """Asked to come back after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Desk:
    """Opened by the first request, since an event loop has to be there."""

    def __init__(self) -> None:
        self.pool = make_pool(CONNECTIONS, "agentbot-desk")
        self.accounts = Accounts(self.pool)
        self._intake = Intake(self.pool)
        self._channels = Buckets(CHANNEL)
        self._visitors = Buckets(VISITOR)
        self._opening = asyncio.Lock()
        self._is_open = False

    async def open(self) -> None:
        async with self._opening:
            if not self._is_open:
                await open_pool(self.pool)
                self._is_open = True

    async def close(self) -> None:
        await self.pool.close()

    async def hear(self, account: Account, event: Event) -> None:
        """Store whatever a platform told; raises `TooMany` for what visitors say."""
        if isinstance(event, Inbound | Comment):
            await self.take(account, event)
        else:
            await store_event(self.pool, self._intake, account, event)

    async def take(self, account: Account, said: Inbound | Comment) -> Stored:
        """Store the message; raises `TooMany`. A visitor's flood is turned away before it counts for the channel."""
        visitor = f"{account.id}/{said.visitor}"
        wait = self._visitors.take(visitor) or self._channels.take(str(account.id))
        if wait:
            raise TooMany(wait)
        if isinstance(said, Comment):
            stored = await store_comment(self.pool, self._intake, account, said)
        else:
            stored = await self._intake.store(account, said)
        if stored.duplicate:
            self._visitors.give_back(visitor)
        return stored
