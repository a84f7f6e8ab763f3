"""Which conversations are due, who works on them, and bringing back what a dead process left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from agentbot.turns.presence import ALIVE
from core.pools import Pool

LEASE_SECONDS = 30
PAUSE_AFTER_FAILURE_SECONDS = 2

_CLAIM = """
with due as (
  select id from agentbot_conversation
  where turn_due_at <= now() and (lease_until is null or lease_until < now())
  order by turn_due_at limit %(limit)s for update skip locked
)
update agentbot_conversation c
set lease_until = now() + %(lease)s * interval '1 second', claimed_by = %(worker)s
from due where c.id = due.id
returning c.id, c.advertiser_id, c.account_id, c.visitor, c.person_id, c.key_id, c.owner, c.epoch, c.last_inbound_seq,
  c.read_seq, c.is_disclosed, c.opted_out_at is not null as opted_out, c.failures, c.last_seq,
  c.source
"""
_LET_GO = """
update agentbot_conversation set lease_until = null, claimed_by = null
where id = any(%(ids)s) and claimed_by = %(worker)s
"""
_FAIL = """
update agentbot_conversation
set failures = failures + 1, claimed_by = null, lease_until = null,
  turn_due_at = greatest(turn_due_at, now() + %(pause)s * (failures + 1) * interval '1 second')
where id = %(id)s and claimed_by = %(worker)s
"""
_SWEEP = f"""
with alive as (select array({ALIVE}) as numbers),
freed as (
  update agentbot_conversation set lease_until = null, claimed_by = null
  where turn_due_at is not null and claimed_by is not null
    and claimed_by <> all((select numbers from alive)::int[])
  returning 1
)
select count(*) as freed from freed
"""
_FIND_FORGOTTEN = """
update agentbot_conversation set turn_due_at = now()
where turn_due_at is null and read_seq < last_inbound_seq and last_visitor_at > now() - interval '1 day'
"""


@dataclass(frozen=True)
class Claim:
    """A conversation that is ours to read and answer, as it was when we took it."""

    id: uuid.UUID
    advertiser_id: uuid.UUID
    account_id: uuid.UUID
    visitor: str
    person_id: uuid.UUID | None
    key_id: uuid.UUID | None
    owner: str
    epoch: int
    last_inbound_seq: int
    read_seq: int
    is_disclosed: bool
    opted_out: bool
    failures: int
    last_seq: int
    source: dict[str, str] | None = None


async def claim_due(pool: Pool, worker: int, limit: int) -> list[Claim]:
    values = {"limit": limit, "lease": LEASE_SECONDS, "worker": worker}
    async with pool.connection() as connection:
        return [Claim(**row) for row in await (await connection.execute(_CLAIM, values)).fetchall()]


async def let_go(pool: Pool, worker: int, ids: list[uuid.UUID]) -> None:
    """Leave them due: somebody claims them again."""
    async with pool.connection() as connection:
        await connection.execute(_LET_GO, {"ids": ids, "worker": worker})


async def note_failure(pool: Pool, worker: int, claim: Claim) -> None:
    async with pool.connection() as connection:
        values = {"id": claim.id, "worker": worker, "pause": PAUSE_AFTER_FAILURE_SECONDS}
        await connection.execute(_FAIL, values)


async def sweep(pool: Pool) -> int:
    """Free what dead processes hold; gives how many."""
    async with pool.connection() as connection:
        row = await (await connection.execute(_SWEEP)).fetchone()
    return int(row["freed"]) if row else 0


async def find_forgotten(pool: Pool) -> int:
    """Make due whatever was never read, however that came about; gives how many. Reads a day of conversations."""
    async with pool.connection() as connection:
        return (await connection.execute(_FIND_FORGOTTEN)).rowcount
