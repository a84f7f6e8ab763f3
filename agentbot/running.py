"""The process that hosts conversations: brain, senders and sweep, until it is asked to end."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

import psycopg

from agentbot.comments.answering import answer_comments
from agentbot.crm.lane import CrmLane
from agentbot.following.firing import fire_due
from agentbot.following.starting import start_due
from agentbot.inbox.timeouts import look_after_handoffs
from agentbot.leads.erasing import forget_old_leads
from agentbot.sending.fetching import Fetcher
from agentbot.sending.lanes import Lane
from agentbot.sending.parts import PartLane
from agentbot.sending.sender import DATABASE_AWAY, Sender
from agentbot.sending.vendor_calls import VendorCalls
from agentbot.turns import claiming
from agentbot.turns.brain import Brain
from agentbot.turns.database import ORM_AWAY, in_database
from agentbot.turns.knowledge import KnowledgeShelf
from agentbot.turns.presence import Presence
from agentbot.upkeep import tidy
from core.llm.gateway import configured, language_model
from core.pools import Pool, make_pool
from core.webhooks.posting import Poster

logger = logging.getLogger(__name__)
Role = Literal["all", "brain", "sender"]
ROLES: tuple[Role, ...] = ("all", "brain", "sender")
WAKE_CHANNEL = "adloom_agentbot"
SWEEP_SECONDS = 5.0
FIRST_SWEEP_SECONDS = 1.0
TIDY_SECONDS = 1800.0
FORGOTTEN_SECONDS = 60.0
PLANS_SECONDS = 600.0
CONNECTIONS = 8
SWEPT_OFTEN: tuple[Callable[[], int], ...] = (fire_due, look_after_handoffs)


async def run_conversations(role: Role = "all", ready: Callable[[], None] = lambda: None) -> None:
    """Until SIGTERM or SIGINT; then what has begun is ended and nothing new begins."""
    pool = make_pool(CONNECTIONS, f"agentbot-{role}")
    await pool.open()
    presence, poster = Presence(), Poster()
    brains = [Brain(pool, presence.number, language_model if configured() else None)] if role != "sender" else []
    calls = VendorCalls(pool, poster)
    lanes: list[Lane] = [PartLane(pool, calls), CrmLane(pool)] if role != "brain" else []
    senders = [Sender(lane, poster, presence.number, pool) for lane in lanes]
    fetchers = [Fetcher(pool, calls)] if role != "brain" else []
    loops: list[Brain | Sender | Fetcher] = [*brains, *senders, *fetchers]
    _stop_on_signals([each.stop for each in loops])
    background = [
        asyncio.create_task(_listen(presence, [each.wake for each in loops])),
        asyncio.create_task(_sweep_for_ever(pool, role, lanes)),
        asyncio.create_task(_show_life(ready)),
    ]
    if role != "sender":
        background.append(asyncio.create_task(_answer_comments_for_ever(pool)))
    try:
        await asyncio.gather(*(each.run() for each in loops))
    finally:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await presence.end()
        await poster.close()
        await pool.close()


def _stop_on_signals(stops: list[Callable[[], None]]) -> None:
    def stop_all() -> None:
        for stop in stops:
            stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop_all)


async def _listen(presence: Presence, wakes: list[asyncio.Event]) -> None:
    """Hold our number and hear what wakes us; after a break both begin anew."""
    while True:
        try:
            connection = await presence.begin(WAKE_CHANNEL)
            async for _ in connection.notifies():
                for wake in wakes:
                    wake.set()
        except psycopg.Error as error:
            logger.warning("listening interrupted: %s", type(error).__name__)
        await asyncio.sleep(0.3)


async def _sweep_for_ever(pool: Pool, role: Role, lanes: list[Lane]) -> None:
    """The first sweep comes soon: whoever starts after a crash finds what the dead one held."""
    await asyncio.sleep(FIRST_SWEEP_SECONDS)
    loop = asyncio.get_running_loop()
    tidy_at = look_at = plan_at = loop.time()
    while True:
        sweeps: list[Callable[[], Awaitable[int]]] = [each.recover for each in lanes]
        if role != "sender":
            sweeps += [lambda: claiming.sweep(pool), *(partial(in_database, each) for each in SWEPT_OFTEN)]
        if role != "sender" and loop.time() >= tidy_at:
            tidy_at = loop.time() + TIDY_SECONDS
            sweeps += [lambda: tidy(pool), partial(in_database, forget_old_leads)]
        if role != "sender" and loop.time() >= look_at:
            look_at = loop.time() + FORGOTTEN_SECONDS
            sweeps.append(lambda: claiming.find_forgotten(pool))
        if role != "sender" and loop.time() >= plan_at:
            plan_at = loop.time() + PLANS_SECONDS
            sweeps.append(lambda: in_database(start_due))
        for sweep in sweeps:
            await _carry_out(sweep)
        await asyncio.sleep(SWEEP_SECONDS)


async def _carry_out(sweep: Callable[[], Awaitable[int]]) -> None:
    try:
        found = await sweep()
        if found:
            logger.warning("sweep: %s brought back", found)
    except (*DATABASE_AWAY, *ORM_AWAY) as error:
        logger.warning("sweep missed: %s", type(error).__name__)
    except Exception:
        # One sweep that fails on some row must not end the others: nothing would be brought back any more.
        logger.exception("a sweep failed")


async def _answer_comments_for_ever(pool: Pool) -> None:
    """On its own: a comment on a video waits for a language model, and nothing that is to be brought back may."""
    await asyncio.sleep(FIRST_SWEEP_SECONDS)
    shelf = KnowledgeShelf(pool)
    while True:
        await _carry_out(partial(answer_comments, pool, shelf))
        await asyncio.sleep(SWEEP_SECONDS)


async def _show_life(ready: Callable[[], None]) -> None:
    while True:
        ready()
        await asyncio.sleep(2.0)
