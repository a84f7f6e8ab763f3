"""The outbox of channels: parts in order within a conversation, void once it has moved on.

What is said whatever the visitor says next (a holding line, a person's reply) waits until what they said last has been
read: it may be that they want to hear nothing more. That a person is called waits for no part that is stuck.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from agentbot.pii import seal, unseal, unwrap_key
from agentbot.sending.lanes import Dispatch, Done, columns, hasten_table, readable, recover_table
from core.live_updates.publishing import CHANNEL
from core.outbox.rhythm import CALLBACK, Outcome
from core.pools import Pool, Row

_CLAIM = """
with due as (
  select p.id, p.event_type <> 'message.part' or (c.opted_out_at is null and (not p.is_fenced or p.epoch = c.epoch))
    as stands
  from agentbot_outboundpart p
  join agentbot_conversation c on c.id = p.conversation_id
  join agentbot_channelaccount a on a.id = p.account_id
  where p.state = 'scheduled' and p.due_at <= now()
    and (p.is_fenced or p.event_type <> 'message.part' or c.turn_due_at is null)
    and a.state <> 'disabled' and (a.paused_until is null or a.paused_until <= now()) and a.id <> all(%(busy)s)
    and (p.event_type = 'conversation.handed_off' or not exists (select 1 from agentbot_outboundpart e
      where e.conversation_id = p.conversation_id and e.ordinal < p.ordinal and e.state in ('scheduled', 'sending')))
  order by p.due_at limit %(limit)s for update of p skip locked
), taken as (
  update agentbot_outboundpart p
  set state = case when d.stands then 'sending' when p.attempts > 0 then 'unknown' else 'cancelled' end,
    claimed_by = %(worker)s, claimed_at = now()
  from due d where p.id = d.id
  returning p.*
)
select t.id, t.account_id, t.attempts, t.created_at, t.body, t.event_type, k.wrapped, a.kind, a.callback_url,
  a.callback_may_be_private, a.secret, a.old_secret
from taken t join agentbot_channelaccount a on a.id = t.account_id left join agentbot_piikey k on k.id = t.key_id
where t.state = 'sending' order by t.due_at
"""
_FINISH = """
with f as (
  select * from unnest(%(ids)s::uuid[], %(states)s::text[], %(pauses)s::float8[], %(failures)s::text[],
    %(messages)s::bytea[]) as f(id, state, pause, failure, message)
), p as (
  update agentbot_outboundpart p set state = f.state, attempts = p.attempts + 1, failure = f.failure,
    claimed_by = null,
    due_at = case when f.state = 'scheduled' then now() + f.pause * interval '1 second' else p.due_at end,
    sent_at = case when f.state = 'sent' then now() end
  from f where p.id = f.id and p.state = 'sending' and p.claimed_by = %(worker)s
  returning p.*, f.message
), c as (
  update agentbot_conversation c set last_seq = c.last_seq + 1, last_message_at = now()
  from p where p.state = 'sent' and p.event_type = 'message.part' and c.id = p.conversation_id
  returning c.id, c.last_seq, c.owner
), said as (
  insert into agentbot_message (id, advertiser_id, conversation_id, seq, direction, author, key_id, body, part_id,
    asks_contact, sent_at, member_id)
  select p.id, p.advertiser_id, p.conversation_id, c.last_seq, 'out', p.author, p.key_id, p.message, p.id,
    p.asks_contact, now(), t.member_id
  from p join c on c.id = p.conversation_id left join agentbot_agentturn t on t.id = p.turn_id
  on conflict do nothing
)
select pg_notify(%(live)s, json_build_object('advertiser', p.advertiser_id::text, 'topic', 'conversations', 'payload',
  json_build_object('conversation', p.conversation_id, 'kind', p.state, 'part', p.id))::text) from p
"""
_CONNECTION = """
update agentbot_channelaccount set state = case when %(disable)s then 'disabled' else state end, failure = %(failure)s,
  paused_until = greatest(paused_until, now() + %(pause)s * interval '1 second') where id = %(id)s
"""


class PartLane:
    """Events to the channel's callback; a widget's parts are sent by being seen."""

    name = "parts"
    rhythm = CALLBACK

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def claim(self, worker: int, limit: int, busy: Sequence[uuid.UUID]) -> list[Dispatch]:
        values = {"worker": worker, "limit": limit, "busy": list(busy)}
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_CLAIM, values)).fetchall()
        return await readable(self._pool, "agentbot_outboundpart", worker, rows, _dispatch)

    async def finish(self, worker: int, done: Sequence[Done]) -> None:
        values = {**columns(done), "messages": [each.dispatch.message for each in done]}
        async with self._pool.connection() as connection:
            await connection.execute(_FINISH, {**values, "worker": worker, "live": CHANNEL})
            for each in done:
                if each.connection_pause_seconds or each.outcome is Outcome.DISABLE:
                    await connection.execute(_CONNECTION, connection_values(each))

    async def hasten(self, connection: uuid.UUID, seconds: float) -> None:
        await hasten_table(self._pool, "agentbot_outboundpart", "account_id", connection, seconds)

    async def recover(self) -> int:
        return await recover_table(self._pool, "agentbot_outboundpart")


def connection_values(done: Done) -> dict[str, object]:
    return {
        "disable": done.outcome is Outcome.DISABLE,
        "failure": done.failure[:200],
        "pause": done.connection_pause_seconds,
        "id": done.dispatch.connection,
    }


def _dispatch(row: Row) -> Dispatch:
    key = unwrap_key(bytes(row["wrapped"])) if row["wrapped"] else None
    body = unseal(key, bytes(row["body"])) if key and row["body"] is not None else "{}"
    text = json.loads(body).get("data", {}).get("text", "")
    return Dispatch(
        id=row["id"],
        connection=row["account_id"],
        url=row["callback_url"] if row["kind"] != "widget" else "",
        keys=tuple(unwrap_key(bytes(row[name])) for name in ("secret", "old_secret") if row[name]),
        may_be_private=row["callback_may_be_private"],
        body=body.encode(),
        attempts=row["attempts"],
        created_at=row["created_at"],
        message=seal(key, text) if key else None,
    )
