"""What was decided and what it came to, as the arbiter's learning takes it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.db import connection

from agentbot.arbiter.promotion import Logged
from agentbot.arbiter.situation import FEATURES
from agentbot.contracts import ACTIONS

LEARNT_FROM_DAYS = 90
RIPE_HOURS = 25
"""Whether a visitor fell silent is known a day after an ask."""
MOST_ROWS = 40_000

_ROWS = """
select * from (
  select t.conversation_id::text as conversation, d.features, d.mask, d.action, d.propensity, d.created_at,
    sum(coalesce(r.value, 0)) over (partition by t.conversation_id order by d.created_at desc, d.id desc
      rows between unbounded preceding and current row) as reward
  from agentbot_policydecision d
  join agentbot_agentturn t on t.id = d.turn_id
  join core_advertiser a on a.id = d.advertiser_id
  left join (select decision_id, sum(value) as value from agentbot_reward group by decision_id) r
    on r.decision_id = d.id
  where a.vertical = %(vertical)s and d.created_at > %(since)s and exists (select 1 from agentbot_outboundpart p
    where p.turn_id = t.id and p.event_type = 'message.part' and p.state in ('sent', 'unknown'))
) said
where created_at <= %(ripe)s and propensity > 0 and jsonb_array_length(mask) > 1
order by created_at desc limit %(most)s
"""


def logged_rows(vertical: str, now: dt.datetime) -> list[Logged]:
    """Decisions of the vertical's advertisers that had a choice and reached the visitor, numbers alone.

    A decision's reward is all that followed it in its conversation (decision 20). Those that saw
    other features than today's are left out.
    """
    values: dict[str, dt.datetime | int | str] = {
        "vertical": vertical,
        "since": now - dt.timedelta(days=LEARNT_FROM_DAYS),
        "ripe": now - dt.timedelta(hours=RIPE_HOURS),
        "most": MOST_ROWS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        found = [_logged(*row) for row in cursor.fetchall()]
    return [row for row in found if row.features.keys() == set(FEATURES) and row.action in ACTIONS]


def _logged(
    conversation: str, features: Any, mask: Any, action: Any, propensity: float, _: dt.datetime, reward: float
) -> Logged:
    return Logged(conversation, _plain(features), tuple(_plain(mask)), action, propensity, reward)


def _plain(found: Any) -> Any:
    return json.loads(found) if isinstance(found, str) else found
