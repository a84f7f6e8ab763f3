"""Many tasks, few requests, one limit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from agentbot.crm import callers
from agentbot.crm.base import TAKEN, Bucket, Capabilities, CrmEvent
from agentbot.crm.callers import Caller
from core.webhooks.posting import Answer
from tests.agentbot.crm.events import event


class Counting:
    """Takes what it is given, after `gate` has opened."""

    def __init__(self, batch: int, parallel: int) -> None:
        self.capabilities = Capabilities(batch, parallel, 10.0, 10)
        self.gate = threading.Event()
        self.batches: list[int] = []

    def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
        self.batches.append(len(events))
        self.gate.wait(5.0)
        return [TAKEN for _ in events]


def deliver(connector: Counting, count: int, opens_after: float = 0.0) -> list[Answer]:
    async def whole() -> list[Answer]:
        with ThreadPoolExecutor(4) as threads:
            caller = Caller(connector, threads)  # type: ignore[arg-type]  # reads and prepares nothing here
            asyncio.get_running_loop().call_later(opens_after, connector.gate.set)
            return await asyncio.gather(*(caller.deliver(event(number)) for number in range(count)))

    return asyncio.run(whole())


def test_what_comes_together_leaves_together():
    connector = Counting(batch=100, parallel=1)
    assert deliver(connector, 120) == [TAKEN] * 120
    assert connector.batches == [100, 20]


def test_where_there_are_no_batches_some_leave_at_a_time():
    connector = Counting(batch=1, parallel=3)
    assert deliver(connector, 7) == [TAKEN] * 7
    assert connector.batches == [1] * 7


def test_what_waits_too_long_goes_back(monkeypatch):
    monkeypatch.setattr(callers, "LONGEST_WAIT_SECONDS", 0.1)
    answers = deliver(Counting(batch=1, parallel=1), 3, opens_after=0.2)
    assert [each.status for each in answers] == [200, 0, 0]


def test_what_a_client_cannot_make_sense_of_waits_for_its_next_try():
    class Odd(Counting):
        def deliver(self, events: Sequence[CrmEvent]) -> list[Answer]:
            raise ValueError("zhang@example.com")

    (answer,) = deliver(Odd(batch=1, parallel=1), 1)
    assert (answer.status, answer.failure) == (0, "cannot be sent: ValueError")


def test_calls_are_spread_after_a_burst():
    waited: list[float] = []
    bucket = Bucket(rate=2.0, burst=3, clock=lambda: 100.0, wait=waited.append)
    for _ in range(5):
        bucket.take()
    assert waited == [0.5, 1.0]
