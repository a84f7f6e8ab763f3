"""What came of decisions that nobody reports: silence, complaints and opt-outs. Rows are only ever added."""

from __future__ import annotations

import datetime as dt
from typing import LiteralString

from django.db import connection

SILENCE = -0.3
UPSET = -1.0
SILENT_HOURS = 24
LOOK_BACK_DAYS = 4
"""Looked at once a day; the scheduler may stand still for two without anything being missed."""

_SILENCE: LiteralString = """
insert into agentbot_reward (advertiser_id, decision_id, kind, value, observed_at)
select d.advertiser_id, d.id, 'silence', %(silence)s, %(now)s
from agentbot_policydecision d
join agentbot_agentturn t on t.id = d.turn_id
join lateral (select max(p.sent_at) as at from agentbot_outboundpart p
  where p.turn_id = t.id and p.asks_contact and p.state = 'sent') asked on asked.at is not null
where d.created_at > %(since)s and asked.at <= %(silent)s
  and not exists (select 1 from agentbot_message m where m.conversation_id = t.conversation_id
    and m.direction = 'in' and m.created_at > asked.at
    and m.created_at <= asked.at + %(hours)s * interval '1 hour')
on conflict (decision_id, kind) do nothing
"""
_COMPLAINTS: LiteralString = """
insert into agentbot_reward (advertiser_id, decision_id, kind, value, observed_at)
select distinct on (before.id) t.advertiser_id, before.id, 'complaint', %(upset)s, %(now)s
from agentbot_agentturn t
join lateral (select d.id from agentbot_policydecision d join agentbot_agentturn o on o.id = d.turn_id
  where o.conversation_id = t.conversation_id and o.created_at < t.created_at
    and o.created_at > t.created_at - interval '1 day'
  order by o.created_at desc limit 1) before on true
where t.kind = 'agents' and t.handoff_reason = 'complaint' and t.created_at > %(since)s
on conflict (decision_id, kind) do nothing
"""
_OPT_OUTS: LiteralString = """
insert into agentbot_reward (advertiser_id, decision_id, kind, value, observed_at)
select c.advertiser_id, before.id, 'opt_out', %(upset)s, %(now)s
from agentbot_conversation c
join lateral (select d.id from agentbot_policydecision d join agentbot_agentturn o on o.id = d.turn_id
  where o.conversation_id = c.id and o.created_at < c.opted_out_at
    and o.created_at > c.opted_out_at - interval '1 day'
  order by o.created_at desc limit 1) before on true
where c.opted_out_at > %(since)s
on conflict (decision_id, kind) do nothing
"""


def note_rewards(now: dt.datetime) -> int:
    """One round; gives how many rows were added. Running it again adds none.

    An ask that is met with a day's silence costs 0.3; a complaint or an opt-out within a day costs the decision
    before it 1. Contacts, and what a CRM or a person reports of a lead, are rewarded when they happen.
    """
    values: dict[str, dt.datetime | int | float] = {
        "now": now,
        "since": now - dt.timedelta(days=LOOK_BACK_DAYS),
        "silent": now - dt.timedelta(hours=SILENT_HOURS),
        "hours": SILENT_HOURS,
        "silence": SILENCE,
        "upset": UPSET,
    }
    added = 0
    with connection.cursor() as cursor:
        for statement in (_SILENCE, _COMPLAINTS, _OPT_OUTS):
            cursor.execute(statement, values)
            added += cursor.rowcount
    return added
