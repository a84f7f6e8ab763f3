"""What time does to the books: event ids are forgotten, old words removed, what nobody takes is given up."""

from __future__ import annotations

from typing import LiteralString

from django.utils import timezone

from core.pools import Pool

EVENT_DAYS = 8
"""Ids are promised to be known for 7."""
WORDS_DAYS = 180
REPORT_DAYS = 90
PART_HOURS = 24
AT_ONCE = 5000

MOST_BITES = 400
NIGHT_HOUR = 4
"""Looking for old words reads the whole table, so it is done while visitors sleep."""

_OFTEN: tuple[LiteralString, ...] = (
    """
    delete from agentbot_inboundevent where id in (select id from agentbot_inboundevent
      where received_at < now() - %(events)s * interval '1 day' order by received_at limit %(most)s)
    """,
    """
    update agentbot_outboundpart set state = 'dead', failure = 'nobody took it for a day'
    where id in (select id from agentbot_outboundpart where state = 'scheduled'
      and due_at < now() - %(hours)s * interval '1 hour' limit %(most)s)
    """,
)
_NIGHTLY: tuple[LiteralString, ...] = (
    """
    delete from agentbot_publiccomment where id in (select id from agentbot_publiccomment
      where created_at < now() - %(words)s * interval '1 day' limit %(most)s)
    """,
    """
    delete from agentbot_visitorentry where id in (select id from agentbot_visitorentry
      where entered_at < now() - %(words)s * interval '1 day' limit %(most)s)
    """,
    """
    delete from agentbot_crmfeedback where id in (select id from agentbot_crmfeedback
      where received_at < now() - %(reports)s * interval '1 day' limit %(most)s)
    """,
    """
    update agentbot_message set body = null where id in (select m.id from agentbot_message m
      join agentbot_conversation c on c.id = m.conversation_id
      where c.last_message_at < now() - %(words)s * interval '1 day' and m.body is not null
        and m.created_at < now() - %(words)s * interval '1 day' limit %(most)s)
    """,
    """
    update agentbot_outboundpart set body = null where id in (select p.id from agentbot_outboundpart p
      join agentbot_conversation c on c.id = p.conversation_id
      where c.last_message_at < now() - %(words)s * interval '1 day' and p.body is not null
        and p.state not in ('scheduled', 'sending', 'draft')
        and p.created_at < now() - %(words)s * interval '1 day' limit %(most)s)
    """,
    """
    update agentbot_agentdraft set body = null where id in (select d.id from agentbot_agentdraft d
      join agentbot_agentturn t on t.id = d.turn_id join agentbot_conversation c on c.id = t.conversation_id
      where c.last_message_at < now() - %(words)s * interval '1 day' and d.body is not null
        and t.created_at < now() - %(words)s * interval '1 day' limit %(most)s)
    """,
    """
    update agentbot_handoff set body = null where id in (select h.id from agentbot_handoff h
      join agentbot_conversation c on c.id = h.conversation_id
      where c.last_message_at < now() - %(words)s * interval '1 day' and h.body is not null
        and h.created_at < now() - %(words)s * interval '1 day' limit %(most)s)
    """,
)


async def tidy(pool: Pool) -> int:
    """One round, in small bites; gives how many rows it touched. Run about half-hourly."""
    values = {"events": EVENT_DAYS, "words": WORDS_DAYS, "hours": PART_HOURS, "reports": REPORT_DAYS, "most": AT_ONCE}
    is_night = timezone.localtime().hour == NIGHT_HOUR
    touched = 0
    for statement in (*_OFTEN, *(_NIGHTLY if is_night else ())):
        for _ in range(MOST_BITES):
            async with pool.connection() as connection:
                bite = (await connection.execute(statement, values)).rowcount
            touched += bite
            if bite < AT_ONCE:
                break
    return touched
