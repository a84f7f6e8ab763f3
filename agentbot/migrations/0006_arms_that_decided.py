"""A conversation that no policy decided anything in belongs to neither arm: `arm` is '' there.

Opted out, handed over or unanswered before any decision, such conversations would all count for the rules, and make the
learnt policy look better than it is.
"""

from __future__ import annotations

from django.db import migrations

ARMS = """
create or replace view agentbot_metric_talk as
-- A conversation counts once a visitor has said something; it is made by that first message.
-- Whoever is not held out has all decisions from the learnt policy once there is one, so any of them tells the arm.
select c.advertiser_id, c.id as conversation_id, c.person_id, c.created_at as at, (
    select case when bool_or(d.policy not like 'rules%') then 'learned' when count(*) > 0 then 'rules' else '' end
    from agentbot_policydecision d join agentbot_agentturn t on t.id = d.turn_id where t.conversation_id = c.id
  ) as arm
from agentbot_conversation c where c.last_inbound_seq > 0
"""
BEFORE = """
create or replace view agentbot_metric_talk as
select c.advertiser_id, c.id as conversation_id, c.person_id, c.created_at as at,
  case when exists (
    select 1 from agentbot_policydecision d join agentbot_agentturn t on t.id = d.turn_id
    where t.conversation_id = c.id and d.policy not like 'rules%'
  ) then 'learned' else 'rules' end as arm
from agentbot_conversation c where c.last_inbound_seq > 0
"""


class Migration(migrations.Migration):
    dependencies = [("agentbot", "0005_channels_on_platforms")]

    operations = [migrations.RunSQL(ARMS, BEFORE)]
