"""The outbox of channels: parts in order within a conversation, void once it has moved on.

A platform allows a few replies for some time after the visitor's last message. What the agents said beyond that is
dropped with the reason; what a person said waits for the visitor's next message, in order. A part of which nobody knows
whether it arrived holds up what follows it for a minute, until the platform's echo has had its time.

What is said whatever the visitor says next (a holding line, a person's reply) waits until what they said last has been
read: it may be that they want to hear nothing more. That a person is called, and what is said in public, wait
for no part that is stuck.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from agentbot.channels.vendors.base import Outgoing
from agentbot.channels.vendors.known import VENDORS
from agentbot.pii import seal, unseal, unwrap_key
from agentbot.sending.lanes import Dispatch, Done, columns, hasten_table, readable
from agentbot.sending.vendor_calls import Caller, VendorCalls
from agentbot.turns.presence import ALIVE
from core.live_updates.publishing import CHANNEL
from core.outbox.rhythm import CALLBACK, Outcome
from core.pools import Pool, Row
from core.webhooks.posting import Answer, Poster

_CLAIM = """
with due as (
  select p.id, l.held, p.event_type = 'conversation.handed_off'
    or (c.opted_out_at is null and (not p.is_fenced or p.epoch = c.epoch)) as stands
  from agentbot_outboundpart p
  join agentbot_conversation c on c.id = p.conversation_id
  join agentbot_channelaccount a on a.id = p.account_id
  cross join lateral (select case
    when p.event_type <> 'message.part' or a.reply_window_seconds is null then ''
    when c.last_visitor_at <= now() - a.reply_window_seconds * interval '1 second' then 'window'
    when (select count(*) from agentbot_outboundpart s where s.conversation_id = p.conversation_id
      and s.event_type = 'message.part' and s.state in ('sending', 'sent', 'unknown')
      and s.claimed_at > c.last_visitor_at) >= a.replies_per_message then 'quota'
    else '' end as held) l
  where p.state = 'scheduled' and p.due_at <= now()
    and (p.is_fenced or p.event_type <> 'message.part' or c.turn_due_at is null)
    and a.state <> 'disabled' and (a.paused_until is null or a.paused_until <= now()) and a.id <> all(%(busy)s)
    and (p.event_type <> 'message.part' or not exists (select 1 from agentbot_outboundpart e
      where e.conversation_id = p.conversation_id and e.ordinal < p.ordinal and e.state in ('scheduled', 'sending')))
    and (a.takes_ids or not exists (select 1 from agentbot_outboundpart e
      where e.conversation_id = p.conversation_id and e.ordinal < p.ordinal and e.state = 'unknown'
        and e.author = 'expert' and not e.asks_contact and not e.is_repeat
        and e.claimed_at > now() - (%(echo)s + 10) * interval '1 second'))
    and (l.held = '' or p.is_fenced or p.failure <> l.held)
  order by p.due_at limit %(limit)s for update of p skip locked
), taken as (
  update agentbot_outboundpart p
  set state = case when d.stands and d.held = '' then 'sending' when p.attempts > 0 and not d.stands then 'unknown'
      when d.stands and not p.is_fenced then 'scheduled' else 'cancelled' end,
    failure = case when d.stands then d.held else p.failure end,
    claimed_by = case when d.stands and d.held <> '' then null else %(worker)s end, claimed_at = now()
  from due d where p.id = d.id
  returning p.*
)
select t.id, t.account_id, t.attempts, t.created_at, t.body, t.event_type, k.wrapped, a.kind, a.callback_url,
  a.callback_may_be_private, a.secret, a.old_secret, a.takes_ids, c.handles
from taken t join agentbot_channelaccount a on a.id = t.account_id
join agentbot_conversation c on c.id = t.conversation_id left join agentbot_piikey k on k.id = t.key_id
where t.state = 'sending' order by t.due_at
"""
_FINISH = """
with f as (
  select * from unnest(%(ids)s::uuid[], %(states)s::text[], %(pauses)s::float8[], %(failures)s::text[],
    %(messages)s::bytea[], %(references)s::text[]) as f(id, state, pause, failure, message, reference)
), p as (
  update agentbot_outboundpart p set attempts = p.attempts + 1, failure = f.failure, claimed_by = null,
    state = case when f.state = 'unknown' and p.external_id <> '' then 'sent' else f.state end,
    external_id = case when f.reference <> '' then f.reference else p.external_id end,
    due_at = case when f.state = 'scheduled' then now() + f.pause * interval '1 second' else p.due_at end,
    sent_at = case when f.state = 'sent' then now() end
  from f where p.id = f.id and p.state = 'sending' and p.claimed_by = %(worker)s
  returning p.*, f.message
), fresh as (
  select p.*, row_number() over (partition by p.conversation_id order by p.ordinal) as place from p
  where p.state in ('sent', 'unknown') and p.event_type <> 'conversation.handed_off'
    and not exists (select 1 from agentbot_message m where m.part_id = p.id)
), c as (
  update agentbot_conversation c set last_seq = c.last_seq + n.many, last_message_at = now()
  from (select conversation_id, count(*) as many from fresh group by conversation_id) n
  where c.id = n.conversation_id
  returning c.id, c.last_seq - n.many as before
), said as (
  insert into agentbot_message (id, advertiser_id, conversation_id, seq, direction, author, key_id, body, part_id,
    asks_contact, sent_at, member_id, is_public)
  select p.id, p.advertiser_id, p.conversation_id, c.before + p.place, 'out', p.author, p.key_id, p.message, p.id,
    p.asks_contact, now(), t.member_id, p.event_type = 'comment.reply'
  from fresh p join c on c.id = p.conversation_id left join agentbot_agentturn t on t.id = p.turn_id
  on conflict do nothing
)
select pg_notify(%(live)s, json_build_object('advertiser', p.advertiser_id::text, 'topic', 'conversations', 'payload',
  json_build_object('conversation', p.conversation_id, 'kind', p.state, 'part', p.id))::text) from p
"""
_CONNECTION = """
update agentbot_channelaccount set state = case when %(disable)s then 'disabled' else state end, failure = %(failure)s,
  paused_until = greatest(paused_until, now() + %(pause)s * interval '1 second') where id = %(id)s
"""
_RECOVER = f"""
update agentbot_outboundpart p set claimed_by = null,
  state = case when a.takes_ids then 'scheduled' else 'unknown' end,
  due_at = least(p.due_at, now()), attempts = p.attempts + 1
from agentbot_channelaccount a
where a.id = p.account_id and p.state = 'sending'
  and (p.claimed_at < now() - interval '60 seconds' or p.claimed_by <> all(array({ALIVE})))
"""
_SAY_AGAIN = """
update agentbot_outboundpart p set state = 'scheduled', due_at = now(), is_repeat = true
from agentbot_channelaccount a, agentbot_conversation c
where a.id = p.account_id and c.id = p.conversation_id and not a.takes_ids and p.state = 'unknown'
  and p.author = 'expert' and not p.asks_contact and not p.is_repeat and p.epoch = c.epoch
  and p.claimed_at between now() - interval '1 hour' and now() - %(echo)s * interval '1 second'
"""
_WORKS_AGAIN = (
    "update agentbot_channelaccount set failure = '', paused_until = null where id = any(%s) and failure <> ''"
)
ECHO_SECONDS = 60
"""So long a part may wait for the platform to tell that it arrived; then an answer is said once more."""


class PartLane:
    """Events to the channel's callback or to a platform; a widget's parts are sent by being seen."""

    name = "parts"
    rhythm = CALLBACK

    def __init__(self, pool: Pool, calls: VendorCalls | None = None) -> None:
        self._pool = pool
        self._calls = calls or VendorCalls(pool, Poster())

    async def claim(self, worker: int, limit: int, busy: Sequence[uuid.UUID]) -> list[Dispatch]:
        values = {"worker": worker, "limit": limit, "busy": list(busy), "echo": ECHO_SECONDS}
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(_CLAIM, values)).fetchall()
        return await readable(self._pool, "agentbot_outboundpart", worker, rows, self._dispatch)

    async def finish(self, worker: int, done: Sequence[Done]) -> None:
        values = {**columns(done), "messages": [each.dispatch.message for each in done]}
        values |= {"references": [each.reference[:200] for each in done]}
        works = {each.dispatch.connection for each in done if each.dispatch.deliver and each.outcome is Outcome.SENT}
        async with self._pool.connection() as connection:
            await connection.execute(_FINISH, {**values, "worker": worker, "live": CHANNEL})
            for each in done:
                if each.connection_pause_seconds or each.outcome is Outcome.DISABLE:
                    await connection.execute(_CONNECTION, connection_values(each))
            if works:
                await connection.execute(_WORKS_AGAIN, [list(works)])

    async def hasten(self, connection: uuid.UUID, seconds: float) -> None:
        await hasten_table(self._pool, "agentbot_outboundpart", "account_id", connection, seconds)

    async def recover(self) -> int:
        """Where the other side does not take ids, what a dead process was sending may have arrived."""
        async with self._pool.connection() as connection:
            found = (await connection.execute(_RECOVER)).rowcount
            return found + (await connection.execute(_SAY_AGAIN, {"echo": ECHO_SECONDS})).rowcount

    def _dispatch(self, row: Row) -> Dispatch:
        key = unwrap_key(bytes(row["wrapped"])) if row["wrapped"] else None
        body = unseal(key, bytes(row["body"])) if key and row["body"] is not None else "{}"
        data = json.loads(body).get("data", {})
        is_platform = row["kind"] in VENDORS
        return Dispatch(
            id=row["id"],
            connection=row["account_id"],
            url=row["callback_url"] if row["kind"] == "webhook" and data else "",
            keys=() if is_platform else _keys(row),
            may_be_private=row["callback_may_be_private"],
            body=body.encode(),
            attempts=row["attempts"],
            created_at=row["created_at"],
            message=seal(key, data.get("text", "")) if key else None,
            deliver=partial(self._deliver, row, data) if is_platform else None,
            takes_ids=row["takes_ids"],
        )

    async def _deliver(self, row: Row, data: dict[str, Any]) -> Answer:
        """A platform hears only what its visitor is to read: that a person is called is shown in the inbox."""
        if row["event_type"] == "conversation.handed_off" or not data.get("text"):
            return Answer(200)
        secrets = json.loads(unwrap_key(bytes(row["secret"])))
        said = Outgoing(str(row["id"]), data["visitor"], data["text"], row["handles"], data.get("thread", ""))
        return await self._calls.send(Caller(row["account_id"], row["kind"], secrets), said)


def connection_values(done: Done) -> dict[str, object]:
    return {
        "disable": done.outcome is Outcome.DISABLE,
        "failure": done.failure[:200],
        "pause": done.connection_pause_seconds,
        "id": done.dispatch.connection,
    }


def _keys(row: Row) -> tuple[bytes, ...]:
    return tuple(unwrap_key(bytes(row[name])) for name in ("secret", "old_secret") if row[name])
