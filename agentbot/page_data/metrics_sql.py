"""What each figure of the metrics page counts: one statement a figure, over one advertiser's last days.

`%(advertiser)s` and `%(since)s` are bound. `arm` is `learned` where a learnt policy decided at
least once in the conversation, else `rules`: the hold-out, and everything before learning began.
"""

from __future__ import annotations

_TALKS = """
talks as (
  select c.id, c.person_id, min(m.created_at) filter (where m.direction = 'in') as opened_at,
    case when exists (
      select 1 from agentbot_policydecision d join agentbot_agentturn t on t.id = d.turn_id
      where t.conversation_id = c.id and d.policy not like 'rules%%'
    ) then 'learned' else 'rules' end as arm
  from agentbot_conversation c join agentbot_message m on m.conversation_id = c.id
  where c.advertiser_id = %(advertiser)s
  group by c.id
  having min(m.created_at) filter (where m.direction = 'in') >= %(since)s
)
"""

FUNNEL = f"""
with {_TALKS}, marked as (
  select talks.*,
    (select min(o.created_at) from agentbot_message o where o.conversation_id = talks.id and o.direction = 'out'
      and o.author in ('expert', 'lead', 'person')) as answered_at,
    exists (select 1 from agentbot_contactpoint p join agentbot_consentrecord r on r.person_id = p.person_id
      where p.person_id = talks.person_id and p.status = 'valid' and r.withdrawn_at is null) as is_lead
  from talks
)
select arm, count(*) as talks,
  count(*) filter (where answered_at <= opened_at + interval '5 minutes') as in_time,
  count(*) filter (where is_lead) as leads
from marked group by arm
"""
"""Conversations opened, answered within 5 minutes (a notice is no answer), with a valid and consented contact."""

DAYS = f"""
with {_TALKS}
select (opened_at at time zone %(zone)s)::date as day, count(*) as talks,
  count(*) filter (where exists (
    select 1 from agentbot_contactpoint p join agentbot_consentrecord r on r.person_id = p.person_id
    where p.person_id = talks.person_id and p.status = 'valid' and r.withdrawn_at is null)) as leads
from talks group by 1 order by 1
"""
"""Conversations and leads by the day the conversation was opened on."""

DROP_OFF = """
with turns as (
  select t.id, t.asks_contact, t.conversation_id, max(p.sent_at) as said_at
  from agentbot_agentturn t join agentbot_outboundpart p on p.turn_id = t.id and p.state = 'sent'
  where t.advertiser_id = %(advertiser)s and t.created_at >= %(since)s and t.kind = 'agents'
    and p.event_type = 'message.part'
  group by t.id
)
select asks_contact, count(*) as turns,
  count(*) filter (where not exists (
    select 1 from agentbot_message m where m.conversation_id = turns.conversation_id and m.direction = 'in'
      and m.created_at > turns.said_at and m.created_at < turns.said_at + interval '24 hours')) as silent
from turns where said_at < now() - interval '24 hours' group by asks_contact
"""
"""Turns a day old, with and without an ask: after how many of them the visitor said nothing for 24 hours."""

HEALTH = """
select
  (select count(*) from agentbot_conversation c where c.advertiser_id = %(advertiser)s and c.owner in ('bot', 'shadow')
    and c.opted_out_at is null and c.erased_at is null and c.read_seq < c.last_inbound_seq
    and c.last_visitor_at between %(since)s and now() - interval '60 seconds') as lost,
  (select count(*) from (
    select 1 from agentbot_message m where m.advertiser_id = %(advertiser)s and m.part_id is not null
      and m.created_at >= %(since)s group by m.part_id having count(*) > 1) again) as twice,
  (select count(*) from agentbot_outboundpart p where p.advertiser_id = %(advertiser)s and p.state = 'unknown'
    and p.created_at >= %(since)s) as unsure,
  (select percentile_cont(0.95) within group (order by extract(epoch from p.sent_at - p.planned_at))
    from agentbot_outboundpart p where p.advertiser_id = %(advertiser)s and p.state = 'sent' and p.sent_at >= %(since)s
  ) as part_lag,
  (select percentile_cont(0.95) within group (order by extract(epoch from d.sent_at - d.created_at))
    from agentbot_crmdelivery d where d.advertiser_id = %(advertiser)s and d.state = 'sent' and d.sent_at >= %(since)s
  ) as crm_lag,
  (select count(*) from agentbot_handoff h where h.advertiser_id = %(advertiser)s and h.created_at >= %(since)s
    and h.reason <> 'taken over') as handoffs
"""
"""Messages unread for a minute, parts said twice or perhaps not, and how late things left (95th percentile, s)."""
