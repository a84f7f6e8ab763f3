"""Conversations on a real database and a clock we hold: time passes by moving every row back.

Door, brain and sender do their own work; only the loops around them are ours, so that eight seconds of typing
take no seconds.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from agentbot.channels.base import Account, Inbound
from agentbot.channels.ingest import Intake
from agentbot.contracts import Knowledge
from agentbot.models import ChannelAccount
from agentbot.sending.lanes import Done
from agentbot.sending.parts import PartLane
from agentbot.turns import brain, database
from core.llm.base import LanguageModel
from core.models import Advertiser, AdvertiserArticle, AdvertiserPrice
from core.outbox.rhythm import Outcome
from core.pools import Pool, make_pool
from tests.agentbot.talking import CARS

WORKER = 7
TICK = 0.25
_MOVED = {
    "agentbot_conversation": ("turn_due_at", "window_opened_at", "last_message_at", "last_visitor_at", "created_at"),
    "agentbot_message": ("created_at", "sent_at"),
    "agentbot_outboundpart": ("due_at", "planned_at", "sent_at"),
    "agentbot_agentturn": ("created_at",),
    "agentbot_handoff": ("created_at", "answer_by", "claimed_at", "returned_at"),
}


def a_seller(knowledge: Knowledge = CARS) -> Advertiser:
    """An advertiser who approves of `knowledge`."""
    made = Advertiser.objects.create(
        slug=knowledge.advertiser, name=knowledge.name, vertical=knowledge.vertical, language=knowledge.language
    )
    for article in knowledge.articles:
        AdvertiserArticle.objects.create(advertiser=made, title=article.title, text=article.text)
    for price in knowledge.prices:
        AdvertiserPrice.objects.create(
            advertiser=made, item=price.item, amount_minor=price.amount_minor, currency=price.currency,
            unit=price.unit, valid_from=price.valid_from or None, valid_until=price.valid_until or None,
        )  # fmt: skip
    return made


@dataclass
class Sent:
    """A part that left: at which second of ours, from which turn, answering which messages."""

    at: float
    visitor: str
    turn: str
    author: str
    text: str
    answers: tuple[str, ...]
    degraded: tuple[str, ...]


@dataclass
class Stage:
    """`hear` what visitors write, let time `pass_` and look at what was `sent`."""

    pool: Pool
    account: ChannelAccount
    model: LanguageModel | None = None
    now: float = 0.0
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._intake, self._lane = Intake(self.pool), PartLane(self.pool)
        self._brain = brain.Brain(self.pool, WORKER, lambda _: self.model)
        self._moved_at = time.monotonic()

    async def hear(self, visitor: str, text: str) -> str:
        """The message as the door stores it; gives its id."""
        row = self.account
        account = Account(row.pk, row.advertiser_id, row.kind, row.mode, row.state)
        inbound = Inbound(uuid.uuid4().hex, visitor, text, dt.datetime.now(dt.UTC))
        return str((await self._intake.store(account, inbound)).message)

    async def pass_(self, seconds: float, tick: float = TICK) -> None:
        """Time passes in ticks; whatever falls due is answered and sent."""
        for _ in range(round(seconds / tick)):
            await self._move(tick)
            while await self._brain.answer_due():
                pass
            await self._send()

    async def _send(self) -> None:
        due = await self._lane.claim(WORKER, 500, [])
        for each in due:
            event = json.loads(each.body)
            if event["type"] == "message.part":
                self.sent.append(_sent(self.now, event["data"]))
        if due:
            await self._lane.finish(WORKER, [Done(each, Outcome.SENT, "sent", 0.0, "") for each in due])

    async def _move(self, tick: float) -> None:
        """By a tick less what the machine took since the last one: a slow machine makes no visitor wait."""
        at = time.monotonic()
        back, self._moved_at = tick - (at - self._moved_at), at
        async with self.pool.connection() as books:
            for table, columns in _MOVED.items():
                moved = ", ".join(f"{name} = {name} - make_interval(secs => %(back)s)" for name in columns)
                await books.execute(f"update {table} set {moved}", {"back": back})
        self.now += tick


def _sent(at: float, told: dict[str, Any]) -> Sent:
    return Sent(
        at, told["visitor"], told["turn"], told["author"], told["text"], tuple(told["answers"]), tuple(told["degraded"])
    )


async def with_books(work: Callable[..., Any], *values: Any) -> Any:
    """`work` with the ORM, on a connection that is closed afterwards."""

    def run() -> Any:
        try:
            return work(*values)
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def on_stage(
    account: ChannelAccount, work: Callable[[Stage], Awaitable[Any]], model: LanguageModel | None = None
) -> Stage:
    """Runs `work` with a stage of its own; gives the stage."""

    async def run() -> Stage:
        async with make_pool(2, "test") as pool:
            stage = Stage(pool, account, model)
            await work(stage)
            return stage

    try:
        return asyncio.run(run())
    finally:
        _close_the_brains_connections()


def _close_the_brains_connections() -> None:
    """Each of its threads keeps one, and the test's database has to be let go."""
    threads = database._database
    together = threading.Barrier(threads._max_workers)

    def close() -> None:
        together.wait(10)
        connection.close()

    for waiting in [threads.submit(close) for _ in range(threads._max_workers)]:
        waiting.result()
