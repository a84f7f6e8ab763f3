"""Writes a turn in one statement, or nothing of it when the conversation has moved on."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from agentbot.turns.planning import TurnPlan
from core.live_updates.publishing import CHANNEL
from core.pools import Pool

HANDOFF_MINUTES = 10
_COMMIT = """
with c as (
  update agentbot_conversation c set
    turn_due_at = null, window_opened_at = null, lease_until = null, claimed_by = null, failures = 0,
    read_seq = greatest(read_seq, %(upto)s), answered_seq = %(upto)s,
    part_count = part_count + %(count)s,
    is_disclosed = is_disclosed or %(discloses)s,
    owner = case when %(hands_off)s then 'human_pending' else owner end,
    epoch = epoch + case when %(hands_off)s then 1 else 0 end
  where id = %(conversation)s and epoch = %(epoch)s and owner = %(owner)s and claimed_by = %(worker)s
    and opted_out_at is null
  returning c.*
), void as (
  update agentbot_outboundpart p
  set state = case when p.attempts > 0 then 'unknown' else 'cancelled' end
  from c where p.conversation_id = c.id and p.state in ('scheduled', 'draft') and p.is_fenced
), t as (
  insert into agentbot_agentturn (id, advertiser_id, conversation_id, kind, upto_seq, epoch, state, answers,
    asks_contact, refuses, degraded, guard_findings, handoff_reason, knowledge_version, seed, seconds, tokens)
  select %(turn)s, advertiser_id, id, 'agents', %(upto)s, %(epoch)s, %(turn_state)s, %(answers)s, %(asks)s,
    %(refuses)s, %(degraded)s, %(findings)s, %(reason)s, %(knowledge)s, %(seed)s, %(seconds)s, %(tokens)s from c
), parts as (
  insert into agentbot_outboundpart (id, advertiser_id, account_id, conversation_id, turn_id, event_type, ordinal,
    part_no, epoch, is_fenced, author, asks_contact, planned_at, due_at, key_id, body, state)
  select f.id, c.advertiser_id, c.account_id, c.id, %(turn)s, f.event_type, c.part_count - %(count)s + f.place,
    f.part_no, c.epoch, f.is_fenced, f.author, f.asks_contact, f.due_at, f.due_at, c.key_id, f.body,
    case when f.event_type = 'message.part' then %(part_state)s else 'scheduled' end
  from c, unnest(%(ids)s::uuid[], %(types)s::text[], %(numbers)s::int[], %(fenced)s::bool[], %(authors)s::text[],
    %(asking)s::bool[], %(due)s::timestamptz[], %(bodies)s::bytea[])
    with ordinality as f(id, event_type, part_no, is_fenced, author, asks_contact, due_at, body, place)
), decided as (
  insert into agentbot_policydecision (advertiser_id, turn_id, action, propensity, mask, features, policy, seed)
  select advertiser_id, %(turn)s, %(action)s::text, %(propensity)s, %(mask)s, %(features)s, %(policy)s, %(policy_seed)s
  from c where %(action)s::text is not null
), drafted as (
  insert into agentbot_agentdraft (advertiser_id, turn_id, kind, key_id, body)
  select c.advertiser_id, %(turn)s, f.kind, c.key_id, f.body
  from c, unnest(%(draft_kinds)s::text[], %(drafts)s::bytea[]) as f(kind, body)
), handed as (
  insert into agentbot_handoff (id, advertiser_id, conversation_id, reason, body, answer_by)
  select gen_random_uuid(), c.advertiser_id, c.id, %(reason)s, %(summary)s,
    now() + coalesce(r.handoff_minutes, %(minutes)s) * interval '1 minute'
  from c left join agentbot_hostingrules r on r.advertiser_id = c.advertiser_id where %(hands_off)s
  on conflict do nothing
)
select pg_notify(%(live)s, json_build_object('advertiser', advertiser_id::text, 'topic', 'conversations', 'payload',
  json_build_object('conversation', id, 'kind', %(told)s::text, 'owner', owner))::text) from c
"""
_READ_ONLY = """
with c as (
  update agentbot_conversation set read_seq = greatest(read_seq, %(upto)s), lease_until = null, claimed_by = null,
    turn_due_at = null, window_opened_at = null, failures = 0
  where id = %(conversation)s and epoch = %(epoch)s and claimed_by = %(worker)s
  returning id, advertiser_id, owner
), owed as (
  update agentbot_handoff h
  set answer_by = now() + coalesce(r.handoff_minutes, %(minutes)s) * interval '1 minute'
  from c left join agentbot_hostingrules r on r.advertiser_id = c.advertiser_id
  where h.conversation_id = c.id and c.owner = 'human' and h.returned_at is null and h.answer_by is null
)
select id from c
"""
"""Who has the conversation in hand owes an answer from the first message on that they have not answered."""


async def commit(pool: Pool, worker: int, plan: TurnPlan, seconds: float) -> bool:
    """False when somebody else owns the conversation by now, or the visitor went on: then the turn is void."""
    async with pool.connection() as connection:
        return bool(await (await connection.execute(_COMMIT, _values(plan, worker, seconds))).fetchone())


async def note_read(pool: Pool, worker: int, plan_values: dict[str, object]) -> bool:
    """Nothing to say (a person has the conversation, or the visitor opted out): only that it was read."""
    async with pool.connection() as connection:
        values = {**plan_values, "worker": worker, "minutes": HANDOFF_MINUTES}
        return bool(await (await connection.execute(_READ_ONLY, values)).fetchone())


def _values(plan: TurnPlan, worker: int, seconds: float) -> dict[str, object]:
    claim, decision = plan.waiting.claim, plan.decision
    is_shadow = claim.owner == "shadow" and not plan.handoff_reason
    return {
        "conversation": claim.id,
        "epoch": claim.epoch,
        "owner": claim.owner,
        "worker": worker,
        "upto": claim.last_inbound_seq,
        "count": len(plan.parts),
        "discloses": plan.discloses,
        "refuses": plan.refuses,
        "hands_off": bool(plan.handoff_reason),
        "turn": plan.turn_id,
        "turn_state": "awaiting" if is_shadow and plan.parts else "committed",
        "part_state": "draft" if is_shadow else "scheduled",
        "answers": Jsonb(list(plan.answers)),
        "asks": plan.asks_contact,
        "degraded": Jsonb(list(plan.degraded)),
        "findings": Jsonb(list(plan.findings)),
        "reason": plan.handoff_reason,
        "summary": plan.summary,
        "minutes": HANDOFF_MINUTES,
        "knowledge": plan.knowledge_version,
        "seed": plan.seed,
        "seconds": seconds,
        "tokens": plan.tokens,
        **_part_columns(plan),
        "action": decision.action if decision else None,
        "propensity": decision.propensity if decision else 0.0,
        "mask": Jsonb(list(decision.mask) if decision else []),
        "features": Jsonb(decision.features if decision else {}),
        "policy": decision.policy if decision else "",
        "policy_seed": decision.seed if decision else 0,
        "draft_kinds": [kind for kind, _ in plan.drafts],
        "drafts": [body for _, body in plan.drafts],
        "live": CHANNEL,
        "told": "handed_off" if plan.handoff_reason else "draft" if is_shadow else "turn",
    }


def _part_columns(plan: TurnPlan) -> dict[str, object]:
    parts = plan.parts
    return {
        "ids": [part.id for part in parts],
        "types": [part.event_type for part in parts],
        "numbers": [part.part_no for part in parts],
        "fenced": [part.is_fenced for part in parts],
        "authors": [part.author for part in parts],
        "asking": [part.asks_contact for part in parts],
        "due": [part.due_at for part in parts],
        "bodies": [part.body for part in parts],
    }
