"""One view a metric. Each has `advertiser_id`, `at` (the moment it counts by) and `arm` (`learned` where a learnt
policy decided at least once in the conversation, else `rules`: the hold-out, and everything before learning began).

A view is frozen here like a table: another definition is another migration, which drops it and makes it anew.
"""

from __future__ import annotations

from django.db import migrations

TALK = """
create view agentbot_metric_talk as
-- A conversation counts once a visitor has said something; it is made by that first message.
select c.advertiser_id, c.id as conversation_id, c.person_id, c.created_at as at,
  case when exists (
    select 1 from agentbot_policydecision d join agentbot_agentturn t on t.id = d.turn_id
    where t.conversation_id = c.id and d.policy not like 'rules%'
  ) then 'learned' else 'rules' end as arm
from agentbot_conversation c where c.last_inbound_seq > 0
"""
REPLY = """
create view agentbot_metric_reply as
-- Answered within 5 minutes by the agents or a person, on a clock of 24 hours; a notice is no answer.
-- Who wrote less than 5 minutes ago and waits still is not counted yet.
select t.advertiser_id, t.conversation_id, t.at, t.arm, a.answered_at,
  coalesce(a.answered_at <= t.at + interval '5 minutes', false) as counted
from agentbot_metric_talk t left join lateral (
  select min(m.created_at) as answered_at from agentbot_message m
  where m.conversation_id = t.conversation_id and m.direction = 'out' and m.author in ('expert', 'lead', 'person')
) a on true
where a.answered_at is not null or t.at < now() - interval '5 minutes'
"""
OPENING = """
create view agentbot_metric_opening as
-- Of the visitors who opened a website chat, those who wrote. Nobody decides anything before they write: no arms.
-- Whoever wrote without being seen to enter counts, from the first entry of their channel on.
select e.advertiser_id, e.account_id, e.entered_at as at, ''::text as arm, exists (
    select 1 from agentbot_conversation c
    where c.account_id = e.account_id and c.visitor = e.visitor and c.last_inbound_seq > 0) as counted
from agentbot_visitorentry e
union all
select c.advertiser_id, c.account_id, c.created_at, ''::text, true
from agentbot_conversation c join agentbot_channelaccount a on a.id = c.account_id and a.kind = 'widget'
where c.last_inbound_seq > 0
  and not exists (select 1 from agentbot_visitorentry e where e.account_id = c.account_id and e.visitor = c.visitor)
  and exists (select 1 from agentbot_visitorentry e where e.account_id = c.account_id and e.entered_at <= c.created_at)
"""
LEAD = """
create view agentbot_metric_lead as
-- A valid contact, given in this very conversation and consented to. A lead that was erased since still counts.
select t.advertiser_id, t.conversation_id, t.at, t.arm, exists (
    select 1 from agentbot_contactpoint p join agentbot_message m on m.id = p.message_id
    where p.person_id = t.person_id and p.status = 'valid' and m.conversation_id = t.conversation_id
      and exists (select 1 from agentbot_consentrecord r where r.person_id = p.person_id and r.withdrawn_at is null)
  ) or exists (
    select 1 from agentbot_lead l where l.conversation_id = t.conversation_id and l.state = 'erased') as counted
from agentbot_metric_talk t
"""
ASK = """
create view agentbot_metric_ask as
-- Turns a day old: did the visitor say nothing for 24 hours? `weight` is one over the chance of what was done, so that
-- turns with and without an ask compare where both could have happened (`had_choice`).
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
LOSS = """
create view agentbot_metric_loss as
-- A row for each thing lost, doubled or unsure; all of them are to be none. `unread`: nobody read it for a minute.
-- `twice`: a part said again. `unsure`: sent, and the answer never came. `undelivered`: a lead no CRM took.
select c.advertiser_id, c.id as conversation_id, c.last_visitor_at as at, 'unread'::text as kind
from agentbot_conversation c
where c.owner in ('bot', 'shadow') and c.opted_out_at is null and c.erased_at is null
  and c.read_seq < c.last_inbound_seq and c.last_visitor_at < now() - interval '60 seconds'
union all
select p.advertiser_id, p.conversation_id, p.created_at, case p.state when 'unknown' then 'unsure' else 'twice' end
from agentbot_outboundpart p
where p.state = 'unknown' or (p.state = 'sent' and p.turn_id is not null and exists (
  select 1 from agentbot_outboundpart q where q.turn_id = p.turn_id and q.part_no = p.part_no
    and q.event_type = p.event_type and q.state = 'sent' and q.ordinal < p.ordinal))
union all
select d.advertiser_id, l.conversation_id, d.created_at, 'undelivered'
from agentbot_crmdelivery d join agentbot_lead l on l.id = d.lead_id where d.state in ('dead', 'quarantined')
"""
LAG = """
create view agentbot_metric_lag as
-- Seconds from when a part was due until it was sent, and from a lead's new version until its CRM had taken it.
select p.advertiser_id, p.sent_at as at, 'part'::text as kind, extract(epoch from p.sent_at - p.planned_at) as seconds
from agentbot_outboundpart p where p.state = 'sent'
union all
select d.advertiser_id, d.sent_at, 'crm', extract(epoch from d.sent_at - d.created_at)
from agentbot_crmdelivery d where d.state = 'sent'
"""
COST = """
create view agentbot_metric_cost as
-- What a conversation cost: messages sent, tokens of language models, and people's time, at the advertiser's prices.
-- A person's time is from the message before theirs, at most 3 minutes each.
select t.advertiser_id, t.conversation_id, t.at, t.arm, t.counted as is_lead, s.messages, k.tokens, w.person_seconds,
  (s.messages * coalesce(r.message_cost_minor, 0) / 1000.0 + k.tokens * coalesce(r.model_cost_minor, 0) / 1000000.0
    + w.person_seconds * coalesce(r.person_cost_minor, 0) / 3600.0)::float8 as cost_minor
from agentbot_metric_lead t
left join agentbot_hostingrules r on r.advertiser_id = t.advertiser_id
join lateral (select count(*) as messages from agentbot_message m
  where m.conversation_id = t.conversation_id and m.direction = 'out') s on true
join lateral (select coalesce(sum(n.tokens), 0) as tokens from agentbot_agentturn n
  where n.conversation_id = t.conversation_id) k on true
join lateral (
  select coalesce(sum(least(extract(epoch from m.created_at - b.created_at), 180)), 0)::float8 as person_seconds
  from agentbot_message m join agentbot_message b on b.conversation_id = m.conversation_id and b.seq = m.seq - 1
  where m.conversation_id = t.conversation_id and m.direction = 'out' and m.author = 'person') w on true
"""
VIEWS = {
    "talk": TALK,
    "reply": REPLY,
    "opening": OPENING,
    "lead": LEAD,
    "ask": ASK,
    "loss": LOSS,
    "lag": LAG,
    "cost": COST,
}


class Migration(migrations.Migration):
    dependencies = [("agentbot", "0003_more_crms_entries_and_costs")]

    operations = [
        migrations.RunSQL(definition, f"drop view agentbot_metric_{name}") for name, definition in VIEWS.items()
    ]
