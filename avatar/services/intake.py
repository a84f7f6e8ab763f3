"""Comments and orders as they come in from outside: checked, stored in one statement, then answered."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from avatar.feed import CHANNEL
from avatar.models import Room
from avatar.services.rooms import intake_key
from core.clock import Clock, system_clock
from core.errors import InputError, TerminalError
from core.live_updates.publishing import CHANNEL as LIVE
from core.webhooks.bodies import parse_object
from core.webhooks.signing import read_headers, verify

LARGEST_BODY_BYTES = 64 * 1024
LONGEST_TEXT = 500
LONGEST_NAME = 100
LONGEST_PRODUCT = 120
MOST_MINOR = 10**12

_COMMENT = """
with air as (
  update avatar_broadcast b set comments = comments + 1
  where b.room_id = %(room)s and b.state in ('queued', 'running') and b.stop_wanted_at is null
    and not exists (select 1 from avatar_livecomment where broadcast_id = b.id and external_id = %(external_id)s)
  returning b.id, b.comments, b.advertiser_id
), heard as (
  insert into avatar_livecomment (advertiser_id, broadcast_id, number, external_id, viewer, text)
  select advertiser_id, id, comments, %(external_id)s, %(viewer)s, %(text)s from air
  on conflict (broadcast_id, external_id) do nothing
  returning number, broadcast_id
)
select number, pg_notify(%(wake)s, broadcast_id::text) from heard
"""
_HEARD_BEFORE = """
select c.number from avatar_livecomment c join avatar_broadcast b on b.id = c.broadcast_id
where b.room_id = %(room)s and b.state in ('queued', 'running') and c.external_id = %(external_id)s
"""
_ORDER = """
with sold as (
  insert into avatar_order (id, advertiser_id, room_id, broadcast_id, external_id, product, amount_minor, currency, at)
  select %(id)s, r.advertiser_id, r.id,
    (select b.id from avatar_broadcast b where b.room_id = r.id and b.created_at <= %(at)s
       and (b.ended_at is null or b.ended_at + interval '30 minutes' >= %(at)s) order by b.created_at desc limit 1),
    %(external_id)s, %(product)s, %(amount_minor)s, %(currency)s, %(at)s
  from avatar_room r where r.id = %(room)s
  on conflict (room_id, external_id) do nothing
  returning id, advertiser_id, room_id
)
select id, pg_notify(%(live)s, json_build_object('advertiser', advertiser_id::text, 'topic', 'rooms', 'payload',
  json_build_object('room', room_id::text))::text) from sold
"""


class NotOnAir(TerminalError):
    """Comments are for a room on air."""

    code = "not_on_air"


@dataclass(frozen=True)
class Stored:
    """`number` is the comment's, 0 for an order; a duplicate was heard before under the same id."""

    number: int
    duplicate: bool


def take_signed(room: Room, headers: Mapping[str, str], body: bytes) -> Stored:
    """One signed event, `{"type": "comment", …}` or `{"type": "order", …}`.

    Raises `BadSignature`, `InputError` naming the field, `NotOnAir`.
    """
    signed = read_headers(headers)
    verify((intake_key(room),), signed, body, time.time())
    event = parse_object(body)
    kind = event.get("type", "comment")
    if kind == "comment":
        viewer, text = _text(event, "viewer", LONGEST_NAME), _text(event, "text", LONGEST_TEXT)
        return store_comment(room.pk, signed.id, viewer, text)
    if kind == "order":
        return _store_order(room.pk, signed.id, event)
    raise InputError("type", "is neither comment nor order", "unknown_choice")


def store_comment(room_id: uuid.UUID, external_id: str, viewer: str, text: str) -> Stored:
    """A viewer's comment in the books of the broadcast on air; its brain is woken. Raises `NotOnAir`."""
    values: dict[str, Any] = {"room": room_id, "external_id": external_id, "viewer": viewer, "text": text}
    values["wake"] = CHANNEL
    with connection.cursor() as cursor:
        cursor.execute(_COMMENT, values)
        row = cursor.fetchone()
        if row:
            return Stored(row[0], False)
        cursor.execute(_HEARD_BEFORE, values)
        before = cursor.fetchone()
    if before is None:
        raise NotOnAir("the room is not on air")
    return Stored(before[0], True)


def _store_order(room_id: uuid.UUID, external_id: str, event: Mapping[str, Any]) -> Stored:
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "room": room_id,
        "external_id": external_id,
        "product": _text(event, "product", LONGEST_PRODUCT),
        "amount_minor": _amount(event),
        "currency": _currency(event),
        "at": _moment(event),
        "live": LIVE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ORDER, values)
        return Stored(0, cursor.fetchone() is None)


def _text(event: Mapping[str, Any], name: str, longest: int) -> str:
    found = event.get(name)
    if not isinstance(found, str) or not found.strip():
        raise InputError(name, "must be text that is not blank", "missing")
    kept = found.replace("\0", "").encode("utf-8", "ignore").decode().strip()
    if len(kept) > longest:
        raise InputError(name, f"is longer than {longest} characters", "too_long")
    return kept


def _amount(event: Mapping[str, Any]) -> int:
    found = event.get("amount_minor")
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= MOST_MINOR:
        raise InputError("amount_minor", "must be a whole number of minor units, such as 3990 for ¥39.90", "bad_amount")
    return found


def _currency(event: Mapping[str, Any]) -> str:
    found = event.get("currency", "CNY")
    if not isinstance(found, str) or not (len(found) == 3 and found.isascii() and found.isupper()):
        raise InputError("currency", "must be three capital letters, such as CNY", "bad_currency")
    return found


def _moment(event: Mapping[str, Any], clock: Clock = system_clock) -> dt.datetime:
    """ISO 8601; without an offset it is UTC, left out it is now. A moment still to come counts as now."""
    found, now = event.get("at"), clock.now()
    if found is None:
        return now
    try:
        moment = dt.datetime.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year <= 9000:
        raise InputError("at", "must be a moment in ISO 8601, such as 2026-01-31T08:30:00Z", "bad_moment")
    return min(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), now)
