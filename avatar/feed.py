"""What viewers and operators send to a room on air, taken from the books by the room's brain."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
from django.db import connection

from core.listening import Listening

CHANNEL = "adloom_avatar"
MOST_AT_ONCE = 100
FeedItem = dict[str, Any]

_COMMENTS = """
update avatar_livecomment set delivered_at = now()
where id in (
  select id from avatar_livecomment where broadcast_id = %s and delivered_at is null
  order by number limit %s for update skip locked
)
returning 'comment' as kind, number, viewer, text, by_guest, extract(epoch from received_at)::float8 as received_at
"""
_ORDERS = """
update avatar_operatororder set delivered_at = now()
where id in (
  select id from avatar_operatororder where broadcast_id = %s and delivered_at is null
  order by id limit %s for update skip locked
)
returning 'order' as kind, id, "order", text
"""


class RoomFeed:
    """Comments and operator orders of one broadcast, each handed out once, orders first.

    Holds a connection of its own, so that waiting costs the process's other work nothing; one thread uses it.
    A database that is away gives nothing and is asked again at the next call.
    """

    def __init__(self, broadcast_id: uuid.UUID | str) -> None:
        self._broadcast_id = str(broadcast_id)
        self._listening = Listening(CHANNEL)

    def fetch(self) -> list[FeedItem]:
        """`{"kind": "order", "order", "text"}` and `{"kind": "comment", "number", "viewer", "text", "by_guest",
        "received_at"}`."""
        try:
            link = self._listening.link()
            with link.transaction():
                orders = link.execute(_ORDERS, [self._broadcast_id, MOST_AT_ONCE]).fetchall()
                comments = link.execute(_COMMENTS, [self._broadcast_id, MOST_AT_ONCE]).fetchall()
        except psycopg.Error:
            self.close()
            return []
        ordered = sorted(orders, key=lambda row: int(row.pop("id")))
        return [*ordered, *sorted(comments, key=lambda row: int(row["number"]))]

    def wait(self, seconds: float) -> bool:
        """True as soon as something new is there, False after `seconds`."""
        return self._listening.wait(seconds, self._broadcast_id)

    def close(self) -> None:
        self._listening.close()


def wake(broadcast_id: uuid.UUID | str) -> None:
    """Tell the brain of a broadcast to look; leaves with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, str(broadcast_id)])
