"""A message that came in, stored in one statement: event, conversation, key, message, and when its turn is due."""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from dataclasses import dataclass

from psycopg.types.json import Jsonb

from agentbot.channels.base import Account, Inbound, Stored
from agentbot.pii import new_key, seal, wrap_key
from agentbot.turns.quiet import LONGEST_WAIT_SECONDS, quiet_seconds
from core.live_updates.publishing import CHANNEL
from core.pools import Pool, fetch_again

_STORE = """
with heard as (
  insert into agentbot_inboundevent (advertiser_id, account_id, external_id, message_id, verified_by)
  values (%(advertiser)s, %(account)s, %(external_id)s, %(message)s, %(verified_by)s)
  on conflict (account_id, external_id) do nothing
  returning message_id
), conversation as (
  insert into agentbot_conversation as c (id, advertiser_id, account_id, visitor, key_id, owner, last_seq,
    last_inbound_seq, turn_due_at, window_opened_at, source, handles, unread_count)
  select %(conversation)s, %(advertiser)s, %(account)s, %(visitor)s, %(key)s, %(owner)s, 1, 1,
    now() + %(quiet)s * interval '1 second', now(), coalesce((select e.source from agentbot_visitorentry e
      where e.account_id = %(account)s and e.visitor = %(visitor)s::varchar), '{}'::jsonb) || %(source)s, %(handles)s, 1
  from heard
  on conflict (account_id, visitor) do update set
    last_seq = c.last_seq + 1,
    last_inbound_seq = c.last_seq + 1,
    epoch = c.epoch + 1,
    owner = case when c.owner = 'closed' then excluded.owner else c.owner end,
    turn_due_at = least(now() + %(quiet)s * interval '1 second',
                        coalesce(c.window_opened_at, now()) + %(longest)s * interval '1 second'),
    window_opened_at = coalesce(c.window_opened_at, now()),
    key_id = coalesce(c.key_id, excluded.key_id),
    handles = case when excluded.handles = '{}'::jsonb then c.handles else excluded.handles end,
    last_message_at = now(),
    last_visitor_at = now(),
    unread_count = c.unread_count + 1
  returning c.id, c.last_seq, c.owner
), made_key as (
  insert into agentbot_piikey (id, advertiser_id, conversation_id, wrapped)
  select %(key)s, %(advertiser)s, id, %(wrapped)s from conversation
  on conflict (id) do nothing
), said as (
  insert into agentbot_message (id, advertiser_id, conversation_id, seq, direction, author, key_id, body,
    external_id, sent_at)
  select %(message)s, %(advertiser)s, id, last_seq, 'in', 'visitor', %(key)s, %(body)s, %(external_id)s, %(sent_at)s
  from conversation
)
select c.id, c.last_seq,
  exists (select 1 from agentbot_piikey where id = %(key)s and wrapped is null) as key_is_gone,
  pg_notify(%(live)s, json_build_object('advertiser', %(advertiser)s::text, 'topic', 'conversations', 'payload',
    json_build_object('conversation', c.id, 'kind', 'message', 'owner', c.owner))::text)
from conversation c
"""
_HEARD_BEFORE = "select message_id from agentbot_inboundevent where account_id = %s and external_id = %s"
_SEAL_ANEW = """
with fresh as (
  insert into agentbot_piikey (id, advertiser_id, conversation_id, wrapped) values (%(key)s, %(advertiser)s,
    %(conversation)s, %(wrapped)s)
), c as (update agentbot_conversation set key_id = %(key)s where id = %(conversation)s)
update agentbot_message set key_id = %(key)s, body = %(body)s where id = %(message)s
"""
KEY_SECONDS = 600.0
MOST_KEYS = 20_000


@dataclass(frozen=True)
class DataKey:
    """A key as it seals, and as it lies in the database."""

    id: uuid.UUID
    key: bytes
    wrapped: bytes
    made_at: float


class Intake:
    """Stores what comes in. Keeps the keys it made for the visitors it has seen of late."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._keys: OrderedDict[tuple[uuid.UUID, str], DataKey] = OrderedDict()

    async def store(self, account: Account, inbound: Inbound) -> Stored:
        """Idempotent by (account, external id), however many deliver it at once."""
        key = self.key_of(account.id, inbound.visitor)
        message = uuid.uuid4()
        values = {
            "advertiser": account.advertiser_id,
            "account": account.id,
            "external_id": inbound.external_id,
            "message": message,
            "verified_by": inbound.verified_by,
            "conversation": uuid.uuid4(),
            "visitor": inbound.visitor,
            "key": key.id,
            "wrapped": key.wrapped,
            "owner": "shadow" if account.mode == "shadow" else "bot",
            "quiet": quiet_seconds(inbound.text),
            "longest": LONGEST_WAIT_SECONDS,
            "source": Jsonb({"channel": account.kind, **inbound.source}),
            "handles": Jsonb(inbound.handles),
            "body": seal(key.key, inbound.text),
            "sent_at": inbound.sent_at,
            "live": CHANNEL,
        }
        row = await fetch_again(self._pool, _STORE, values)
        if row is None:
            return await self.heard_before(account, inbound.external_id, message)
        if row["key_is_gone"]:
            await self.seal_anew(account, inbound.visitor, inbound.text, message, row["id"])
        return Stored(message, False, row["id"], row["last_seq"])

    async def heard_before(self, account: Account, external_id: str, message: uuid.UUID) -> Stored:
        """What is known under the sender's id; `message` itself where our own statement, sent twice, stored it."""
        before = await fetch_again(self._pool, _HEARD_BEFORE, [account.id, external_id])
        stored = before["message_id"] if before else message
        return Stored(stored, stored != message)

    def key_of(self, account: uuid.UUID, visitor: str) -> DataKey:
        """The key that what this visitor says is sealed under; another one every ten minutes."""
        place = (account, visitor)
        known = self._keys.get(place)
        if known and time.monotonic() - known.made_at < KEY_SECONDS:
            return known
        key = new_key()
        made = DataKey(uuid.uuid4(), key, wrap_key(key), time.monotonic())
        self._keys[place] = made
        if len(self._keys) > MOST_KEYS:
            self._keys.popitem(last=False)
        return made

    async def seal_anew(
        self, account: Account, visitor: str, text: str, message: uuid.UUID, conversation: uuid.UUID
    ) -> None:
        """The visitor was erased since their key was made here: what they say now gets another one."""
        self._keys.pop((account.id, visitor), None)
        key = self.key_of(account.id, visitor)
        values = {"key": key.id, "wrapped": key.wrapped, "advertiser": account.advertiser_id, "message": message}
        values |= {"conversation": conversation, "body": seal(key.key, text)}
        async with self._pool.connection() as connection:
            await connection.execute(_SEAL_ANEW, values)
