"""Who is alive: every process that claims work holds an advisory lock under its number.

PostgreSQL drops the lock the moment the process dies, so its work is taken up again within
a sweep, not after a lease has run out.
"""

from __future__ import annotations

import random
from typing import Any

import psycopg

from core.pools import connection_arguments

LOCK_CLASS = 0x41474E54
ALIVE = f"""
select (l.objid)::int from pg_locks l join pg_database d on d.oid = l.database
where d.datname = current_database() and l.locktype = 'advisory' and l.classid = {LOCK_CLASS} and l.objsubid = 2
"""


class Presence:
    """One connection that holds our number and hears what wakes us."""

    def __init__(self) -> None:
        self.number = random.SystemRandom().randrange(1, 2**31 - 1)
        self.connection: psycopg.AsyncConnection[Any] | None = None

    async def begin(self, channel: str) -> psycopg.AsyncConnection[Any]:
        """Take the lock and listen; called again after the connection broke."""
        self.connection = await psycopg.AsyncConnection.connect(**connection_arguments(), autocommit=True)
        await self.connection.execute("select pg_advisory_lock(%s, %s)", [LOCK_CLASS, self.number])
        await self.connection.execute(f"listen {channel}")
        return self.connection

    async def end(self) -> None:
        if self.connection is not None:
            await self.connection.close()
