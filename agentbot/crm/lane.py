"""The outbox of CRMs: every version of a lead, in order, once under its id."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial

from agentbot.crm.base import read_event
from agentbot.crm.callers import Callers, read_account
from agentbot.crm.webhook_secrets import valid_keys
from agentbot.pii import unseal, unwrap_key
from agentbot.sending.lanes import Dispatch, Done, columns, hasten_table, readable, recover_table
from agentbot.sending.parts import connection_values
from core.outbox.rhythm import CRM, Outcome
from core.pools import Pool, Row
from core.webhooks.posting import Answer

_CLAIM = """
with due as (
  select d.id from agentbot_crmdelivery d join agentbot_crmconnection x on x.id = d.connection_id
  where d.state = 'scheduled' and d.due_at <= now()
    and x.state <> 'disabled' and (x.paused_until is null or x.paused_until <= now()) and x.id <> all(%(busy)s)
    and not exists (select 1 from agentbot_crmdelivery e where e.lead_id = d.lead_id
      and e.connection_id = d.connection_id and e.lead_version < d.lead_version and e.state in ('scheduled', 'sending'))
  order by d.due_at limit %(limit)s for update of d skip locked
), taken as (
  update agentbot_crmdelivery d set state = 'sending', claimed_by = %(worker)s, claimed_at = now()
  from due where d.id = due.id returning d.*
)
select t.id, t.connection_id, t.attempts, t.created_at, t.body, k.wrapped, x.kind, x.url, x.may_be_private, x.secret,
  x.old_secrets, x.options
from taken t join agentbot_crmconnection x on x.id = t.connection_id left join agentbot_piikey k on k.id = t.key_id
"""
_FINISH = """
with f as (
  select * from unnest(%(ids)s::uuid[], %(states)s::text[], %(pauses)s::float8[], %(failures)s::text[])
    as f(id, state, pause, failure)
), d as (
  update agentbot_crmdelivery d set state = f.state, attempts = d.attempts + 1, failure = f.failure, claimed_by = null,
    due_at = now() + f.pause * interval '1 second', sent_at = case when f.state = 'sent' then now() end
  from f where d.id = f.id and d.state = 'sending' and d.claimed_by = %(worker)s
  returning d.*
)
insert into agentbot_crmlink (id, advertiser_id, lead_id, connection_id, external_id, version)
select gen_random_uuid(), advertiser_id, lead_id, connection_id, 'aip_lead_' || lead_id, max(lead_version)
from d where state = 'sent' group by advertiser_id, lead_id, connection_id
on conflict (lead_id, connection_id) do update set version = greatest(agentbot_crmlink.version, excluded.version)
"""
_CONNECTION = """
update agentbot_crmconnection set failure = %(failure)s,
  state = case when %(disable)s then 'disabled' when %(refused)s then 'paused' else state end,
  paused_until = greatest(paused_until, now() + %(pause)s * interval '1 second') where id = %(id)s
"""
_WORKS_AGAIN = """
update agentbot_crmconnection set state = 'open', failure = '', paused_until = null
where id = any(%s) and state = 'paused'
"""
ERASED = "{}"


class CrmLane:
    """`lead.created`, `lead.updated` and `lead.erased`: to signed webhooks, or through the client of a vendor."""

    name = "crm"
    rhythm = CRM

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._callers = Callers()

    async def claim(self, worker: int, limit: int, busy: Sequence[uuid.UUID]) -> list[Dispatch]:
        values = {"worker": worker, "limit": limit, "busy": list(busy)}
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_CLAIM, values)).fetchall()
        return await readable(self._pool, "agentbot_crmdelivery", worker, rows, self._dispatch)

    async def finish(self, worker: int, done: Sequence[Done]) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(_FINISH, {**columns(done), "worker": worker})
            for each in done:
                if each.connection_pause_seconds or each.outcome is Outcome.DISABLE:
                    refused = {"refused": each.outcome is Outcome.PAUSE}
                    await connection.execute(_CONNECTION, {**connection_values(each), **refused})
            works = {each.dispatch.connection for each in done if each.outcome is Outcome.SENT}
            await connection.execute(_WORKS_AGAIN, [list(works)])

    async def hasten(self, connection: uuid.UUID, seconds: float) -> None:
        await hasten_table(self._pool, "agentbot_crmdelivery", "connection_id", connection, seconds)

    async def recover(self) -> int:
        return await recover_table(self._pool, "agentbot_crmdelivery")

    def _dispatch(self, row: Row) -> Dispatch:
        is_webhook = row["kind"] == "webhook"
        body = _opened(row)
        return Dispatch(
            id=row["id"],
            connection=row["connection_id"],
            url=row["url"] if body != ERASED else "",
            keys=valid_keys(row["secret"], row["old_secrets"], dt.datetime.now(dt.UTC)) if is_webhook else (),
            may_be_private=row["may_be_private"],
            body=body.encode(),
            attempts=row["attempts"],
            created_at=row["created_at"],
            deliver=None if is_webhook else partial(self._deliver, row, body),
        )

    async def _deliver(self, row: Row, body: str) -> Answer:
        """What has been erased meanwhile has nothing to tell; the CRM hears of the erasure by its own event."""
        if body == ERASED:
            return Answer(200)
        secret = unwrap_key(bytes(row["secret"] or b""))
        account = read_account(row["url"], secret, row["options"], row["may_be_private"])
        caller = self._callers.of(row["connection_id"], row["kind"], account)
        return await caller.deliver(read_event(str(row["id"]), body))


def _opened(row: Row) -> str:
    return unseal(unwrap_key(bytes(row["wrapped"])), bytes(row["body"])) if row["wrapped"] and row["body"] else ERASED
