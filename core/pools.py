"""Asynchronous connections to Django's own database, for loops and pages that run without the ORM."""

from __future__ import annotations

import asyncio
from typing import Any, LiteralString

import psycopg
from django.db import connection as django_connection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

AWAY_SECONDS = 0.3
FIRST_SECONDS, LOOK_SECONDS = 2.0, 0.005
Row = dict[str, Any]
Pool = AsyncConnectionPool[psycopg.AsyncConnection[Row]]


def connection_arguments() -> dict[str, Any]:
    """Django's own parameters, so that DATABASE_URL and the test database hold here too."""
    settings = django_connection.get_connection_params()
    known = ("dbname", "user", "password", "host", "port", "options", "sslmode", "sslrootcert")
    return {key: settings[key] for key in known if settings.get(key)}


def make_pool(size: int, name: str) -> Pool:
    """A pool that is opened by `await pool.open()`; rows are dicts, statements commit by themselves.

    A server that was restarted shows as one failed statement per connection: who asks, asks again.
    """
    return AsyncConnectionPool(
        kwargs={**connection_arguments(), "autocommit": True, "row_factory": dict_row, "prepare_threshold": 3},
        connection_class=psycopg.AsyncConnection[Row],
        min_size=1,
        max_size=size,
        open=False,
        name=name,
        timeout=10.0,
        reconnect_timeout=2.0,
        max_idle=60.0,
    )


async def open_pool(pool: Pool) -> None:
    """Open `pool` with its first connection up, so that the first statement does not make it grow at once.

    A pool that still connects when its loop ends can hold that loop for ever: a cancelled connect may go unnoticed
    (asyncio.wait_for up to Python 3.11). A server that is away is not waited for here; statements say so.
    """
    await pool.open()
    tries = round(FIRST_SECONDS / LOOK_SECONDS)
    while not pool.get_stats().get("pool_available") and tries:
        tries -= 1
        await asyncio.sleep(LOOK_SECONDS)


async def fetch_again(pool: Pool, statement: LiteralString, values: Any) -> Row | None:
    """The first row of an idempotent statement, asked up to three times while connections turn out to be dead."""
    for tries_left in (2, 1, 0):
        try:
            async with pool.connection() as connection:
                return await (await connection.execute(statement, values)).fetchone()
        except (psycopg.OperationalError, psycopg.InterfaceError):
            if not tries_left:
                raise
            await pool.check()
    return None


async def renew(pool: Pool) -> None:
    """After the database was away: a short pause, then every idle connection is looked at and replaced if dead."""
    await asyncio.sleep(AWAY_SECONDS)
    await pool.check()
