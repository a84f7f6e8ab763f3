"""From the outbox's many tasks to the CRM's few requests: gathered into batches, in a few threads."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from agentbot.crm.base import Account, Connector, CrmEvent
from agentbot.crm.vendors import make_connector
from core.webhooks.posting import Answer

GATHER_SECONDS = 0.05
MOST_THREADS = 8
"""Clients of vendors wait in threads; more accounts than this wait for each other."""
LONGEST_WAIT_SECONDS = 10.0
SLOW = Answer(0, failure="the CRM is too slow to be asked now")


def read_account(url: str, secret: bytes, options: dict[str, Any], may_be_private: bool = True) -> Account:
    return Account(url, json.loads(secret), options, may_be_private)


class Caller:
    """One account. Two versions of one lead never wait together: the outbox lets out one at a time."""

    def __init__(self, connector: Connector, threads: ThreadPoolExecutor) -> None:
        self._connector = connector
        self._threads = threads
        self._waiting: deque[tuple[CrmEvent, asyncio.Future[Answer], float]] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._at_work = 0

    async def deliver(self, event: CrmEvent) -> Answer:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((event, answer, loop.time()))
        if self._at_work < self._connector.capabilities.parallel:
            self._at_work += 1
            worker = asyncio.create_task(self._empty())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return await answer

    async def _empty(self) -> None:
        """No await stands between seeing that nothing waits and leaving, so nothing is left lying."""
        most = self._connector.capabilities.batch
        if most > 1:
            await asyncio.sleep(GATHER_SECONDS)
        while taken := self._take(most):
            answers = await self._call([event for event, _ in taken])
            for (_, waiting), answer in zip(taken, answers, strict=True):
                waiting.set_result(answer)
        self._at_work -= 1

    def _take(self, most: int) -> list[tuple[CrmEvent, asyncio.Future[Answer]]]:
        """The next batch. What has waited long goes back to the outbox, which after a minute takes it for lost."""
        now = asyncio.get_running_loop().time()
        taken: list[tuple[CrmEvent, asyncio.Future[Answer]]] = []
        while self._waiting and len(taken) < most:
            event, answer, since = self._waiting.popleft()
            if now - since > LONGEST_WAIT_SECONDS:
                answer.set_result(SLOW)
            else:
                taken.append((event, answer))
        return taken

    async def _call(self, events: Sequence[CrmEvent]) -> list[Answer]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self._connector.deliver, events)
        except Exception as error:
            # What a vendor's client makes of an odd answer is not foreseen; each waits for its next try.
            return [Answer(0, failure=f"cannot be sent: {type(error).__name__}") for _ in events]


class Callers:
    """A caller for each connection; another once its credentials or options change."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_THREADS, thread_name_prefix="crm")
        self._callers: dict[uuid.UUID, tuple[object, Caller]] = {}

    def of(self, connection: uuid.UUID, kind: str, account: Account) -> Caller:
        told = (kind, account)
        before = self._callers.get(connection)
        if before is None or before[0] != told:
            self._callers[connection] = before = (told, Caller(make_connector(kind, account), self._threads))
        return before[1]
