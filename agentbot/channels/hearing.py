"""What platforms tell beside messages, a statement each: comments, echoes of what we sent, entries, calls to fetch."""

from __future__ import annotations

import uuid

from psycopg.types.json import Jsonb

from agentbot.channels.base import Account, Comment, Echo, Entry, Event, Inbound, Pull, Stored
from agentbot.channels.ingest import Intake
from agentbot.inbox.elsewhere import written_elsewhere
from agentbot.pii import seal
from agentbot.turns.database import in_database
from core.live_updates.publishing import CHANNEL
from core.pools import Pool, fetch_again

COMMENT_PAUSE_SECONDS = 6.0
"""A public answer in the same second looks like what it is, and the author may still mend their words."""
ECHO_SECONDS = 60
_COMMENT = """
with heard as (
  insert into agentbot_inboundevent (advertiser_id, account_id, external_id, message_id, verified_by)
  values (%(advertiser)s, %(account)s, %(external_id)s, %(message)s, %(verified_by)s)
  on conflict (account_id, external_id) do nothing
  returning message_id
), conversation as (
  insert into agentbot_conversation as c (id, advertiser_id, account_id, visitor, key_id, owner, last_seq, source)
  select %(conversation)s, %(advertiser)s, %(account)s, %(visitor)s, %(key)s, %(owner)s, 1, %(source)s from heard
  on conflict (account_id, visitor) do update set
    last_seq = c.last_seq + 1, key_id = coalesce(c.key_id, excluded.key_id), last_message_at = now()
  returning c.id, c.last_seq, c.owner
), made_key as (
  insert into agentbot_piikey (id, advertiser_id, conversation_id, wrapped)
  select %(key)s, %(advertiser)s, id, %(wrapped)s from conversation
  on conflict (id) do nothing
), said as (
  insert into agentbot_message (id, advertiser_id, conversation_id, seq, direction, author, key_id, body,
    external_id, sent_at, is_public)
  select %(message)s, %(advertiser)s, id, last_seq, 'in', 'visitor', %(key)s, %(body)s, %(external_id)s, %(sent_at)s,
    true
  from conversation
), noted as (
  insert into agentbot_publiccomment (id, advertiser_id, account_id, conversation_id, message_id, thread, source,
    due_at)
  select gen_random_uuid(), %(advertiser)s, %(account)s, id, %(message)s, %(thread)s, %(told)s,
    now() + %(pause)s * interval '1 second'
  from conversation
)
select c.id, c.last_seq,
  exists (select 1 from agentbot_piikey where id = %(key)s and wrapped is null) as key_is_gone,
  pg_notify(%(live)s, json_build_object('advertiser', %(advertiser)s::text, 'topic', 'conversations', 'payload',
    json_build_object('conversation', c.id, 'kind', 'comment', 'owner', c.owner))::text)
from conversation c
"""
_ECHO = """
with heard as (
  insert into agentbot_inboundevent (advertiser_id, account_id, external_id, message_id, verified_by)
  values (%(advertiser)s, %(account)s, %(external_id)s, gen_random_uuid(), 'echo')
  on conflict (account_id, external_id) do nothing
  returning 1
), meant as (
  select p.id from agentbot_outboundpart p
  join agentbot_conversation c on c.id = p.conversation_id
  where exists (select 1 from heard) and c.account_id = %(account)s and c.visitor = %(visitor)s and (
    p.id = %(part)s::uuid
    or (%(message)s <> '' and p.external_id = %(message)s)
    or (%(part)s::uuid is null and %(failure)s = '' and p.external_id = '' and p.state in ('sending', 'unknown')
        and p.claimed_at > now() - %(seconds)s * interval '1 second'))
  order by p.id = %(part)s::uuid desc nulls last, p.external_id = %(message)s desc, p.ordinal limit 1
)
update agentbot_outboundpart p set
  external_id = case when %(message)s <> '' then %(message)s else p.external_id end,
  failure = case when %(failure)s <> '' then %(failure)s when p.state = 'unknown' then '' else p.failure end,
  sent_at = case when p.state = 'unknown' and %(failure)s = '' then now() else p.sent_at end,
  state = case when %(failure)s <> '' and p.state in ('sending', 'sent', 'unknown') then 'quarantined'
    when p.state = 'unknown' then 'sent' else p.state end
from meant where p.id = meant.id
returning p.id,
  pg_notify(%(live)s, json_build_object('advertiser', p.advertiser_id::text, 'topic', 'conversations', 'payload',
    json_build_object('conversation', p.conversation_id, 'kind', p.state, 'part', p.id))::text)
"""
_ENTRY = """
insert into agentbot_visitorentry (advertiser_id, account_id, visitor, source)
values (%(advertiser)s, %(account)s, %(visitor)s, %(source)s)
on conflict (account_id, visitor) do update set source = excluded.source
where excluded.source <> '{}'::jsonb and agentbot_visitorentry.source = '{}'::jsonb
"""
_PULL = """
update agentbot_channelaccount set pull_due_at = now(), pull_token = %(token)s where id = %(account)s
"""


async def store_event(pool: Pool, intake: Intake, account: Account, event: Event) -> Stored | None:
    """Whatever a platform told, for good when this returns; None where it is no message. Safe to repeat."""
    match event:
        case Inbound():
            return await intake.store(account, event)
        case Comment():
            return await store_comment(pool, intake, account, event)
        case Echo(is_ours=True):
            await note_echo(pool, account, event)
        case Echo():
            await in_database(written_elsewhere, account.id, event)
        case Entry():
            await note_entry(pool, account, event)
        case Pull():
            await note_pull(pool, account, event)
    return None


async def store_comment(pool: Pool, intake: Intake, account: Account, comment: Comment) -> Stored:
    """Idempotent by (account, external id). It stands in the visitor's conversation and asks for no turn there."""
    key = intake.key_of(account.id, comment.visitor)
    message = uuid.uuid4()
    values = {
        "advertiser": account.advertiser_id,
        "account": account.id,
        "external_id": comment.external_id,
        "message": message,
        "verified_by": comment.verified_by,
        "conversation": uuid.uuid4(),
        "visitor": comment.visitor,
        "key": key.id,
        "wrapped": key.wrapped,
        "owner": "shadow" if account.mode == "shadow" else "bot",
        "source": Jsonb({"channel": account.kind, **comment.source}),
        "told": Jsonb(comment.source),
        "body": seal(key.key, comment.text),
        "sent_at": comment.sent_at,
        "thread": comment.thread,
        "pause": COMMENT_PAUSE_SECONDS,
        "live": CHANNEL,
    }
    row = await fetch_again(pool, _COMMENT, values)
    if row is None:
        return await intake.heard_before(account, comment.external_id, message)
    if row["key_is_gone"]:
        await intake.seal_anew(account, comment.visitor, comment.text, message, row["id"])
    return Stored(message, False, row["id"], row["last_seq"])


async def note_echo(pool: Pool, account: Account, echo: Echo) -> None:
    """Of something we sent: whether it arrived, and what the platform calls it. Whose part it is, is told by our own
    id, else by the platform's, else it is the oldest one of the last minute of which nothing is known yet."""
    values = {
        "advertiser": account.advertiser_id,
        "account": account.id,
        "external_id": echo.external_id,
        "visitor": echo.visitor,
        "part": _uuid(echo.part),
        "message": echo.message,
        "failure": echo.failure[:200],
        "seconds": ECHO_SECONDS,
        "live": CHANNEL,
    }
    async with pool.connection() as connection:
        await connection.execute(_ECHO, values)


async def note_entry(pool: Pool, account: Account, entry: Entry) -> None:
    """Who opened the conversation, and through which ad: what they say later is put down to it."""
    values = {"advertiser": account.advertiser_id, "account": account.id, "visitor": entry.visitor}
    async with pool.connection() as connection:
        await connection.execute(_ENTRY, {**values, "source": Jsonb(entry.source)})


async def note_pull(pool: Pool, account: Account, pull: Pull) -> None:
    """Whoever fetches looks at once; several calls in a row are one."""
    async with pool.connection() as connection:
        await connection.execute(_PULL, {"account": account.id, "token": pull.token})


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
