"""The arm of a turn is that of its own decision: nothing of the conversation has to be looked up for it."""

from __future__ import annotations

from django.db import migrations

ASK = """
create or replace view agentbot_metric_ask as
-- Turns a day old: did the visitor say nothing for 24 hours? `weight` is one over the chance of what was done, so that
-- turns with and without an ask compare where both could have happened (`had_choice`).
select n.advertiser_id, n.conversation_id, n.created_at as at,
  case when d.policy like 'rules%' then 'rules' else 'learned' end as arm,
  d.action not in ('answer', 'hand_off') as asks,
  d.mask @> '["answer"]' and jsonb_array_length(d.mask) > 1 as had_choice,
  1 / greatest(d.propensity, 0.01) as weight,
  not exists (select 1 from agentbot_message m where m.conversation_id = n.conversation_id and m.direction = 'in'
    and m.created_at > s.said_at and m.created_at < s.said_at + interval '24 hours') as counted
from agentbot_agentturn n
join agentbot_policydecision d on d.turn_id = n.id
join lateral (select max(p.sent_at) as said_at from agentbot_outboundpart p
  where p.turn_id = n.id and p.state = 'sent' and p.event_type = 'message.part') s on true
where n.kind = 'agents' and s.said_at < now() - interval '24 hours'
"""
BEFORE = """
create or replace view agentbot_metric_ask as
select t.advertiser_id, n.conversation_id, n.created_at as at, t.arm, d.action not in ('answer', 'hand_off') as asks,
  d.mask @> '["answer"]' and jsonb_array_length(d.mask) > 1 as had_choice,
  1 / greatest(d.propensity, 0.01) as weight,
  not exists (select 1 from agentbot_message m where m.conversation_id = n.conversation_id and m.direction = 'in'
    and m.created_at > s.said_at and m.created_at < s.said_at + interval '24 hours') as counted
from agentbot_agentturn n
join agentbot_policydecision d on d.turn_id = n.id
join agentbot_metric_talk t on t.conversation_id = n.conversation_id
join lateral (select max(p.sent_at) as said_at from agentbot_outboundpart p
  where p.turn_id = n.id and p.state = 'sent' and p.event_type = 'message.part') s on true
where n.kind = 'agents' and s.said_at < now() - interval '24 hours'
"""


class Migration(migrations.Migration):
    dependencies = [("agentbot", "0006_arms_that_decided")]

    operations = [migrations.RunSQL(ASK, BEFORE)]
