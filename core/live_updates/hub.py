"""One listening connection per event loop, shared by all open pages of that process."""

from __future__ import annotations

import asyncio
import json
import logging
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection as django_connection

from core.live_updates.publishing import CHANNEL

logger = logging.getLogger(__name__)
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
QUEUE_LENGTH = 200


@dataclass(frozen=True)
class Update:
    """Something changed; `topic` is "" when updates may have been missed and the page needs its full state."""

    topic: str
    payload: Any = None


MISSED = Update("")


@dataclass(eq=False)
class Subscription:
    """One open page."""

    advertiser_id: str
    wants: Callable[[str], bool]
    concerns: Callable[[Any], bool] | None = None
    updates: asyncio.Queue[Update] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))

    def offer(self, update: Update) -> None:
        """A page too slow to follow loses its backlog and gets its full state instead."""
        try:
            self.updates.put_nowait(update)
        except asyncio.QueueFull:
            while not self.updates.empty():
                self.updates.get_nowait()
            self.updates.put_nowait(MISSED)


class Hub:
    """Listens while there is at least one subscription."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._listener: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    @asynccontextmanager
    async def subscribe(
        self, advertiser_id: str, wants: Callable[[str], bool], concerns: Callable[[Any], bool] | None = None
    ) -> AsyncIterator[Subscription]:
        """Nothing published after this has been entered is missed without a `MISSED`.

        `concerns` looks at the payload, so that a page for one of many things sleeps through the others' news.
        """
        subscription = Subscription(advertiser_id, wants, concerns)
        self._subscriptions.add(subscription)
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen_for_ever())
        try:
            await self._listening.wait()
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
            if not self._subscriptions and self._listener:
                self._listener.cancel()
                self._listener = None
                self._listening.clear()

    async def _listen_for_ever(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with await _connect() as connection:
                    await connection.execute(f"listen {CHANNEL}")
                    pause = FIRST_PAUSE_SECONDS
                    self._tell_reconnected()
                    async for notice in connection.notifies():
                        self._hand_out(notice.payload)
            except psycopg.Error as error:
                logger.warning("live updates interrupted: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _tell_reconnected(self) -> None:
        if self._listening.is_set():
            for subscription in self._subscriptions:
                subscription.offer(MISSED)
        self._listening.set()

    def _hand_out(self, message: str) -> None:
        notice = json.loads(message)
        update = Update(notice["topic"], notice["payload"])
        for subscription in self._subscriptions:
            if subscription.advertiser_id != notice["advertiser"] or not subscription.wants(update.topic):
                continue
            if subscription.concerns is None or subscription.concerns(update.payload):
                subscription.offer(update)


_hubs: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = weakref.WeakKeyDictionary()


def current_hub() -> Hub:
    """The hub of the running event loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


async def _connect() -> psycopg.AsyncConnection[Any]:
    """Django's own parameters, so that DATABASE_URL and the test database hold here too."""
    settings = django_connection.get_connection_params()
    known = {key: settings[key] for key in ("dbname", "user", "password", "host", "port") if settings.get(key)}
    return await psycopg.AsyncConnection.connect(**known, autocommit=True)
