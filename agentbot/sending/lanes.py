"""What the sender needs to know of one outbox: how to claim from it and how to write down what came of it."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import LiteralString, Protocol

from agentbot.turns.presence import ALIVE
from core.outbox.rhythm import Outcome, Rhythm
from core.pools import Pool, Row
from core.webhooks.posting import Answer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Dispatch:
    """One entry on its way. `connection` is whose limits and failures it shares; an empty `url` needs no call.

    `deliver` is for what goes another way than as a signed POST to `url`. Where the other side does not take ids
    (`takes_ids` false), what may have arrived is not sent again as if nothing had happened.
    """

    id: uuid.UUID
    connection: uuid.UUID
    url: str
    keys: tuple[bytes, ...]
    may_be_private: bool
    body: bytes
    attempts: int
    created_at: dt.datetime
    message: bytes | None = None
    deliver: Callable[[], Awaitable[Answer]] | None = None
    takes_ids: bool = True


@dataclass(frozen=True)
class Done:
    """What came of a dispatch. `state` is the entry's new one, `pause_seconds` until it is due again."""

    dispatch: Dispatch
    outcome: Outcome
    state: str
    pause_seconds: float
    failure: str
    connection_pause_seconds: float = 0.0
    reference: str = ""


class Lane(Protocol):
    """One outbox table."""

    name: str
    rhythm: Rhythm

    async def claim(self, worker: int, limit: int, busy: Sequence[uuid.UUID]) -> list[Dispatch]:
        """At most `limit` due entries, none of the connections in `busy`, the oldest first."""
        ...

    async def finish(self, worker: int, done: Sequence[Done]) -> None:
        """Write what came of each; entries that somebody else claimed meanwhile are left alone."""
        ...

    async def hasten(self, connection: uuid.UUID, seconds: float) -> None:
        """What waits for another try to a connection that works again is due within `seconds`, spread evenly."""
        ...

    async def recover(self) -> int:
        """Put back what dead processes were sending; gives how many."""
        ...


async def recover_table(pool: Pool, table: LiteralString) -> int:
    """The other side hears an event once by its id, so what may have arrived is sent again under the same one."""
    statement: LiteralString = f"""
    update {table} set state = 'scheduled', claimed_by = null, due_at = least(due_at, now()), attempts = attempts + 1
    where state = 'sending' and (claimed_at < now() - interval '60 seconds' or claimed_by <> all(array({ALIVE})))
    """
    async with pool.connection() as connection:
        return (await connection.execute(statement)).rowcount


async def hasten_table(
    pool: Pool, table: LiteralString, column: LiteralString, connection_id: uuid.UUID, seconds: float
) -> None:
    statement: LiteralString = f"""
    update {table} set due_at = least(due_at, now() + random() * %s * interval '1 second')
    where {column} = %s and state = 'scheduled' and attempts > 0
    """
    async with pool.connection() as connection:
        await connection.execute(statement, [seconds, connection_id])


async def readable(
    pool: Pool, table: LiteralString, worker: int, rows: Sequence[Row], make: Callable[[Row], Dispatch]
) -> list[Dispatch]:
    """`make` of each claimed row; one that cannot be opened is put aside, and can be replayed once it can be."""
    made: list[Dispatch] = []
    for row in rows:
        try:
            made.append(make(row))
        except Exception as error:
            # Whatever is wrong with this row (another key, altered, no JSON), the others are to leave.
            logger.error("%s: %s cannot be opened: %s", table, row["id"], type(error).__name__)
            await _put_aside(pool, table, worker, row["id"], f"cannot be opened: {type(error).__name__}")
    return made


async def _put_aside(pool: Pool, table: LiteralString, worker: int, entry: uuid.UUID, failure: str) -> None:
    statement: LiteralString = f"""
    update {table} set state = 'quarantined', claimed_by = null, failure = %s
    where id = %s and claimed_by = %s and state = 'sending'
    """
    async with pool.connection() as connection:
        await connection.execute(statement, [failure, entry, worker])


def columns(done: Sequence[Done]) -> dict[str, object]:
    """`done` as arrays for unnest."""
    return {
        "ids": [each.dispatch.id for each in done],
        "states": [each.state for each in done],
        "pauses": [each.pause_seconds for each in done],
        "failures": [each.failure[:200] for each in done],
    }
