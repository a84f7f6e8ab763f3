"""The rows through which pages and the room's process for guests talk: who is let in, what browsers offer.

Reading is on a connection of its own, as the brain's feed of comments does; writing goes through the services.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import psycopg

from avatar.services.guests import CHANNEL
from core.listening import Listening

_GUESTS = """
select id, number, name, state, reason, has_picture, language from avatar_guest
where broadcast_id = %s and (state in ('waiting', 'on_air') or ended_at > now() - interval '1 minute')
"""
_HANDSHAKES = """
update avatar_handshake set taken_at = now() where broadcast_id = %s and taken_at is null
returning id, guest_id, offer
"""


@dataclass(frozen=True)
class Visit:
    """A guest who waits, is on air, or ended a moment ago for `reason`."""

    id: uuid.UUID
    number: int
    name: str
    state: str
    has_picture: bool
    language: str
    reason: str = ""

    @property
    def is_over(self) -> bool:
        return self.state == "ended"


@dataclass(frozen=True)
class Offer:
    """A browser that wants to connect: a guest's, or an operator's who listens ahead (`guest` None)."""

    id: uuid.UUID
    guest: uuid.UUID | None
    text: str


@dataclass(frozen=True)
class Door:
    """What stands in the books now; each offer is handed out once."""

    visits: tuple[Visit, ...]
    offers: tuple[Offer, ...]


class Visits:
    """One thread uses it. A database that is away gives None and is asked again at the next call."""

    def __init__(self, broadcast: uuid.UUID) -> None:
        self._broadcast = broadcast
        self._listening = Listening(CHANNEL)

    def look(self) -> Door | None:
        try:
            link = self._listening.link()
            guests = link.execute(_GUESTS, [self._broadcast]).fetchall()
            offers = link.execute(_HANDSHAKES, [self._broadcast]).fetchall()
        except psycopg.Error:
            self.close()
            return None
        return Door(
            tuple(Visit(**row) for row in guests),
            tuple(Offer(row["id"], row["guest_id"], row["offer"]) for row in offers),
        )

    def wait(self, seconds: float) -> None:
        """Until something is new, or for so long."""
        self._listening.wait(seconds, str(self._broadcast))

    def close(self) -> None:
        self._listening.close()


class GuestBooks:
    """What the process writes down; every call may block, and is made on a thread of its own."""

    def answer(self, handshake: uuid.UUID, text: str) -> None:
        from avatar.models import Handshake

        Handshake.objects.filter(pk=handshake).update(answer=text, offer="")

    def connected(self, guest: uuid.UUID, is_connected: bool, hears: bool) -> None:
        self._change(guest, is_connected=is_connected, hears=hears)

    def said(self, guest: uuid.UUID, text: str) -> None:
        self._change(guest, said=text[-200:])

    def end(self, guest: uuid.UUID, reason: str) -> None:
        from avatar.models import Guest
        from avatar.services.guests import end_stay

        row = Guest.objects.select_related("broadcast").filter(pk=guest).first()
        if row is not None:
            end_stay(row, reason)

    def keep_turn(self, guest: uuid.UUID, turn: int, text: str) -> None:
        from avatar.services.guests import keep_turn

        keep_turn(guest, turn, text)

    def _change(self, guest: uuid.UUID, **changes: Any) -> None:
        from avatar.models import Guest
        from core.live_updates import publish

        open_rows = Guest.objects.filter(pk=guest, state__in=("waiting", "on_air"))
        if open_rows.update(**changes):
            row = Guest.objects.select_related("broadcast").get(pk=guest)
            publish(row.advertiser_id, "rooms", {"room": str(row.broadcast.room_id)})
