"""What the results page reads of the metric views: one statement a metric, over one advertiser's last days.

The definitions are the views' (migrations `metric_views` and `arms_that_decided`). `%(advertiser)s` and `%(since)s` are
bound, and `%(began)s`: what was said before the learnt policy first decided is compared with nothing.
"""

from __future__ import annotations

BEGAN = """
select min(at) as began from agentbot_metric_talk
where advertiser_id = %(advertiser)s and at >= %(since)s and arm = 'learned'
"""
REPLY = """
select arm, at >= %(began)s as is_compared, count(*) as whole, count(*) filter (where counted) as part
from agentbot_metric_reply where advertiser_id = %(advertiser)s and at >= %(since)s group by 1, 2
"""
LEAD = """
select arm, at >= %(began)s as is_compared, count(*) as whole, count(*) filter (where counted) as part
from agentbot_metric_lead where advertiser_id = %(advertiser)s and at >= %(since)s group by 1, 2
"""
OPENING = """
select count(*) as whole, count(*) filter (where counted) as part from agentbot_metric_opening
where advertiser_id = %(advertiser)s and at >= %(since)s
"""
ASK = """
select arm, asks, at >= %(began)s as is_compared, count(*) as whole, count(*) filter (where counted) as part,
  coalesce(sum(weight) filter (where had_choice), 0) as weight,
  coalesce(sum(weight) filter (where had_choice and counted), 0) as weight_silent,
  coalesce(sum(weight ^ 2) filter (where had_choice), 0) as squares,
  coalesce(sum(weight ^ 2) filter (where had_choice and counted), 0) as squares_silent
from agentbot_metric_ask where advertiser_id = %(advertiser)s and at >= %(since)s group by 1, 2, 3
"""
LOSS = """
select kind, count(*) as whole from agentbot_metric_loss
where advertiser_id = %(advertiser)s and at >= %(since)s group by kind
"""
LAG = """
select kind, percentile_cont(0.95) within group (order by seconds)::float8 as seconds from agentbot_metric_lag
where advertiser_id = %(advertiser)s and at >= %(since)s group by kind
"""
COST = """
select arm, at >= %(began)s as is_compared, count(*) filter (where is_lead) as leads, sum(messages)::bigint as messages,
  sum(tokens)::bigint as tokens, sum(person_seconds)::float8 as person_seconds, sum(cost_minor)::float8 as cost_minor
from agentbot_metric_cost where advertiser_id = %(advertiser)s and at >= %(since)s group by 1, 2
"""
DAYS = """
select (at at time zone %(zone)s)::date as day, count(*) as talks, count(*) filter (where counted) as leads
from agentbot_metric_lead where advertiser_id = %(advertiser)s and at >= %(since)s group by 1 order by 1
"""
HANDOFFS = """
select count(*) as whole from agentbot_handoff
where advertiser_id = %(advertiser)s and created_at >= %(since)s and reason <> 'taken over'
"""
