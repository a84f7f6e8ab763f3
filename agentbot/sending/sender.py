"""The loop that empties one outbox. Nothing in here sleeps for a part: it looks for what is due."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import random
import uuid
from collections import Counter

import psycopg
from psycopg_pool import PoolTimeout

from agentbot.sending.lanes import Dispatch, Done, Lane
from core.outbox.rhythm import PAUSE_SECONDS, Outcome, judge
from core.pools import Pool, renew
from core.webhooks.posting import Answer, Poster

logger = logging.getLogger(__name__)
DATABASE_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)
LOOK_SECONDS = 0.15
MOST_AT_ONCE = 128
MOST_PER_CONNECTION = 48
MOST_WHILE_FAILING = 2
FEW_FAILURES = 3
OUTAGE_FAILURES = 6
HASTEN_SECONDS = 10.0
MOST_FINISHED_AT_ONCE = 64


class Sender:
    """Claims from `lane`, posts, writes down what came of it; `stop` lets what is on its way arrive."""

    def __init__(self, lane: Lane, poster: Poster, worker: int, pool: Pool) -> None:
        self.lane = lane
        self.wake = asyncio.Event()
        self._poster = poster
        self._pool = pool
        self._worker = worker
        self._stopping = False
        self._on_their_way: Counter[uuid.UUID] = Counter()
        self._failures: Counter[uuid.UUID] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._done: asyncio.Queue[Done] = asyncio.Queue()
        self._chance = random.Random()

    def stop(self) -> None:
        self._stopping = True
        self.wake.set()

    async def run(self) -> None:
        """Until stopped and nothing is on its way any more."""
        finisher = asyncio.create_task(self._finish_for_ever())
        while not self._stopping:
            self.wake.clear()
            taken = await self._claim()
            for dispatch in taken:
                self._begin(dispatch)
            if len(taken) < 32:
                await _either(self.wake, LOOK_SECONDS)
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._done.join()
        finisher.cancel()

    async def _claim(self) -> list[Dispatch]:
        room = MOST_AT_ONCE - len(self._tasks)
        if room <= 0:
            return []
        busy = [each for each, count in self._on_their_way.items() if count >= self._limit(each)]
        try:
            return await self.lane.claim(self._worker, min(room, MOST_PER_CONNECTION), busy)
        except DATABASE_AWAY as error:
            logger.warning("%s: the database does not answer: %s", self.lane.name, type(error).__name__)
            await renew(self._pool)
            return []

    def _limit(self, connection: uuid.UUID) -> int:
        """A server in trouble is asked by few at a time, so that it takes no room from the others."""
        return MOST_WHILE_FAILING if self._failures[connection] >= FEW_FAILURES else MOST_PER_CONNECTION

    def _begin(self, dispatch: Dispatch) -> None:
        self._on_their_way[dispatch.connection] += 1
        task = asyncio.create_task(self._send(dispatch))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, dispatch: Dispatch) -> None:
        done = self._judge(dispatch, await self._post(dispatch))
        await self._note_health(done)
        await self._done.put(done)

    async def _post(self, dispatch: Dispatch) -> Answer:
        """What cannot even be tried counts as no answer: it waits its turn like any other and takes nobody's place."""
        if not dispatch.url and dispatch.deliver is None:
            return Answer(200)
        try:
            if dispatch.deliver is not None:
                return await dispatch.deliver()
            return await self._poster.post(
                dispatch.url, dispatch.keys, str(dispatch.id), dispatch.body, may_be_private=dispatch.may_be_private
            )
        except Exception as error:
            logger.exception("%s: %s cannot be sent", self.lane.name, dispatch.id)
            return Answer(0, failure=f"cannot be sent: {type(error).__name__}")

    async def _note_health(self, done: Done) -> None:
        """Failures in a row are an outage; the first yes after one hastens what waits for its next try."""
        connection = done.dispatch.connection
        if done.outcome is Outcome.RETRY:
            self._failures[connection] += 1
        elif self._failures.pop(connection, 0) >= OUTAGE_FAILURES and done.outcome is Outcome.SENT:
            try:
                await self.lane.hasten(connection, HASTEN_SECONDS)
            except DATABASE_AWAY as error:
                logger.warning("%s: not hastened: %s", self.lane.name, type(error).__name__)

    def _judge(self, dispatch: Dispatch, answer: Answer) -> Done:
        outcome = judge(answer.status)
        attempts = dispatch.attempts + 1
        is_outage = self._failures[dispatch.connection] >= OUTAGE_FAILURES
        pause = self.lane.rhythm.pause_seconds(attempts, answer.retry_after_seconds, self._chance, is_outage=is_outage)
        if outcome is Outcome.SENT:
            return Done(dispatch, outcome, "sent", 0.0, "", reference=answer.reference)
        if outcome is Outcome.QUARANTINE:
            return Done(dispatch, outcome, "quarantined", 0.0, answer.failure)
        if outcome in (Outcome.PAUSE, Outcome.DISABLE):
            return Done(dispatch, outcome, "scheduled", 0.0, answer.failure, PAUSE_SECONDS)
        if answer.may_have_arrived and not dispatch.takes_ids:
            return Done(dispatch, outcome, "unknown", 0.0, answer.failure)
        age = (dt.datetime.now(dt.UTC) - dispatch.created_at).total_seconds()
        state = "dead" if age > self.lane.rhythm.give_up_seconds else "scheduled"
        return Done(dispatch, outcome, state, pause, answer.failure, answer.retry_after_seconds or 0.0)

    async def _finish_for_ever(self) -> None:
        while True:
            batch = [await self._done.get()]
            while not self._done.empty() and len(batch) < MOST_FINISHED_AT_ONCE:
                batch.append(self._done.get_nowait())
            await self._finish(batch)
            for done in batch:
                self._on_their_way[done.dispatch.connection] -= 1
                if not self._on_their_way[done.dispatch.connection]:
                    del self._on_their_way[done.dispatch.connection]
                self._done.task_done()

    async def _finish(self, batch: list[Done]) -> None:
        """Until the database has taken it: what was sent must not be sent again for want of a note."""
        while True:
            try:
                return await self.lane.finish(self._worker, batch)
            except DATABASE_AWAY as error:
                logger.warning("%s: not written down yet: %s", self.lane.name, type(error).__name__)
                await renew(self._pool)


async def _either(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
