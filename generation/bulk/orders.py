"""Who waits for which segments, and whose turn it is.

Workers are shared by advertiser, not by order: whoever waits for one segment gets it
next, however many thousand somebody else ordered before. Only as many messages are out
as workers can begin soon, so that a single ad ordered meanwhile waits for seconds.
"""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from core.leases.services import CLOCK_SLACK_SECONDS, LONGEST_PAUSE_SECONDS, not_within, requeue_expired
from core.models import Advertiser
from core.queues.names import RENDER
from core.tasks.sending import is_idle, send
from generation.bulk.pieces import Piece
from generation.models import Segment, SegmentOrder, SegmentWish

MAKE_TASK = "generation.render.make_segments"
STEMS_A_MESSAGE = 24
"""A stem takes a tenth of a second, a message as long: stems go in armfuls."""

SENT_SECONDS = 60.0
"""A segment that was sent this long ago and is still queued counts as not sent."""

UNHEARD_SECONDS = 5.0
"""Between a queue and a worker's claim lies less than this: what an empty queue leaves queued for longer is lost."""

OPEN = (Segment.State.QUEUED, Segment.State.RUNNING)


@dataclass(frozen=True)
class OrderProgress:
    """How far the segments and stems of a group of orders are."""

    pictures_done: int
    pictures_total: int
    sounds_done: int
    sounds_total: int
    failed: int


@transaction.atomic
def order_pieces(
    advertiser: Advertiser,
    group: uuid.UUID,
    order_id: uuid.UUID,
    keys: Sequence[str],
    pieces: Sequence[Piece],
    reply_to: str,
) -> SegmentOrder:
    """Book what an order needs; what is there already is not made again. Safe to repeat.

    `keys` come in the order they are wanted; `pieces` are those among them nobody may have
    ordered yet. `reply_to` hears the order's id once nothing is open.
    """
    order, is_new = SegmentOrder.objects.get_or_create(
        id=order_id, defaults={"advertiser": advertiser, "group": group, "reply_to": reply_to}
    )
    if not is_new:
        return order
    rows = [Segment(key=piece.key, kind=piece.kind, spec=piece.spec, frames=piece.frames) for piece in pieces]
    # In order of keys, so that two orders that share segments never wait for each other crosswise.
    Segment.objects.bulk_create(sorted(rows, key=lambda row: row.key), ignore_conflicts=True, batch_size=500)
    _reopen_failed(keys)
    _wish(order, keys)
    return order


def _wish(order: SegmentOrder, keys: Sequence[str]) -> None:
    ranks = {key: rank for rank, key in enumerate(keys)}
    wishes = [SegmentWish(order=order, segment_id=key, rank=rank) for key, rank in ranks.items()]
    SegmentWish.objects.bulk_create(wishes, ignore_conflicts=True, batch_size=1000)


def _reopen_failed(keys: Sequence[str]) -> None:
    """A new order gives what failed before another chance."""
    Segment.objects.filter(key__in=keys, state=Segment.State.FAILED).update(
        state=Segment.State.QUEUED, attempts=0, failure="", dispatched_at=None, not_before=None
    )


def want_again(keys: Sequence[str]) -> None:
    """These lie in the store no longer, or damaged: they are to be rendered again."""
    Segment.objects.filter(key__in=keys, state__in=[Segment.State.DONE, Segment.State.FAILED]).update(
        state=Segment.State.QUEUED, attempts=0, dispatched_at=None, not_before=None, verdict=""
    )


def are_open(keys: Sequence[str]) -> bool:
    """Whether any of these is still to be rendered, or being rendered."""
    return Segment.objects.filter(key__in=keys, state__in=OPEN).exists()


def reopen_order(order_id: uuid.UUID) -> None:
    """Have an order answered once more, after segments it needs were wanted again."""
    SegmentOrder.objects.filter(pk=order_id).update(replied_at=None)


def remake_bad(order_id: uuid.UUID) -> None:
    """Segments of an order that failed, or that a check refused, get another chance; then it is answered again."""
    bad = Segment.objects.filter(wishes__order=order_id).exclude(verdict__in=["", "ok"])
    refused = list(bad.filter(state=Segment.State.DONE).values_list("pk", flat=True))
    failed = Segment.objects.filter(wishes__order=order_id, state=Segment.State.FAILED)
    want_again([*refused, *failed.values_list("pk", flat=True)])
    reopen_order(order_id)


def verdicts_of(keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """Of each segment: ("ok", ""), ("refused", why), ("failed", why), or ("open", "") while it is not made."""
    found = dict.fromkeys(keys, ("open", ""))
    rows = Segment.objects.filter(pk__in=keys).values_list("key", "state", "verdict", "failure")
    for key, state, verdict, failure in rows:
        if state == Segment.State.FAILED:
            found[key] = ("failed", failure or "could not be rendered")
        elif state == Segment.State.DONE:
            found[key] = ("ok", "") if verdict == "ok" else ("refused", verdict or "not looked at")
    return found


def most_in_flight() -> int:
    """Messages that may be out at a time: what the workers begin next, and no more."""
    return 2 * max(1, os.cpu_count() or 1)


_NEXT = """
    select key, kind from (
        select distinct on (s.key) s.key, s.kind, o.advertiser_id, o.created_at, w.rank,
            row_number() over (partition by o.advertiser_id order by o.created_at, w.rank) as turn
        from generation_segment s
        join generation_segmentwish w on w.segment_id = s.key
        join generation_segmentorder o on o.id = w.order_id
        where s.state = 'queued' and not o.is_paused and o.replied_at is null
            and (s.dispatched_at is null or s.dispatched_at < %(stale)s or s.dispatched_at > %(ahead)s)
            and (s.not_before is null or s.not_before <= %(now)s or s.not_before > %(far)s)
        order by s.key, o.created_at, w.rank
    ) waiting order by turn, created_at, rank limit %(limit)s
"""


def dispatch() -> int:
    """Send out the next segments, an advertiser at a time; returns how many messages went."""
    now = timezone.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One dispatcher at a time: two would count the same workers as free.
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [_DISPATCHING])
            if not cursor.fetchone()[0]:
                return 0
            room = most_in_flight() - _in_flight(now)
            if room <= 0:
                return 0
            cursor.execute(_NEXT, {**_moments(now), "limit": room * STEMS_A_MESSAGE})
            waiting = cursor.fetchall()
        messages = _messages(waiting, room)
        keys = [key for message in messages for key in message]
        Segment.objects.filter(pk__in=keys).update(dispatched_at=now)
    for message in messages:
        send(MAKE_TASK, [message])
    return len(messages)


_DISPATCHING = 0x53_45_47_4D


def _moments(now: dt.datetime) -> dict[str, dt.datetime]:
    """What was sent before `stale` is due again, as is what has a time from before the clock was set back."""
    return {
        "now": now,
        "stale": now - dt.timedelta(seconds=SENT_SECONDS),
        "ahead": now + dt.timedelta(seconds=CLOCK_SLACK_SECONDS),
        "far": now + dt.timedelta(seconds=LONGEST_PAUSE_SECONDS),
    }


def _in_flight(now: dt.datetime) -> int:
    sent = Q(state=Segment.State.QUEUED, dispatched_at__isnull=False) & ~not_within("dispatched_at", now, SENT_SECONDS)
    running = Q(state=Segment.State.RUNNING, lease_until__gte=now)
    counts = Segment.objects.filter(sent | running).values("kind").annotate(many=Count("key")).order_by()
    by_kind = {row["kind"]: row["many"] for row in counts}
    return int(by_kind.get("picture", 0)) + -(-int(by_kind.get("sound", 0)) // STEMS_A_MESSAGE)


def _messages(waiting: Sequence[tuple[str, str]], room: int) -> list[list[str]]:
    """A picture is a message of its own; stems that are due go together."""
    messages: list[list[str]] = []
    stems: list[str] | None = None
    for key, kind in waiting:
        if kind == Segment.Kind.SOUND and stems is not None and len(stems) < STEMS_A_MESSAGE:
            stems.append(key)
            continue
        if len(messages) == room:
            continue
        messages.append([key])
        if kind == Segment.Kind.SOUND:
            stems = messages[-1]
    return messages


def answer_ready(limit: int = 200) -> None:
    """Tell whoever waits that an order has nothing open any more; repeated by `tend` until heard."""
    still_open = SegmentWish.objects.filter(order=OuterRef("pk"), segment__state__in=OPEN)
    ready = SegmentOrder.objects.filter(replied_at=None).exclude(Exists(still_open))
    for order_id, reply_to in ready.values_list("pk", "reply_to")[:limit]:
        send(reply_to, [str(order_id)])


def mark_answered(order_id: uuid.UUID | str) -> None:
    """The orderer has heard; it is not told again."""
    SegmentOrder.objects.filter(pk=order_id).update(replied_at=timezone.now())


def pause_group(group: uuid.UUID, is_paused: bool) -> None:
    """Hold back (or let go on) everything a batch still waits for."""
    SegmentOrder.objects.filter(group=group, replied_at=None).update(is_paused=is_paused)


def cancel_group(group: uuid.UUID) -> None:
    """Nobody waits for the rest any more; what others wish for too is still made."""
    SegmentOrder.objects.filter(group=group, replied_at=None).update(replied_at=timezone.now())


def group_progress(group: uuid.UUID) -> OrderProgress:
    """Segments and stems a batch needs, each counted once."""
    rows = (
        Segment.objects.filter(wishes__order__group=group)
        .values("kind", "state")
        .annotate(many=Count("key", distinct=True))
        .order_by()
    )
    counts = {(row["kind"], row["state"]): row["many"] for row in rows}

    def total(kind: str, *states: str) -> int:
        return sum(many for (k, s), many in counts.items() if k == kind and (not states or s in states))

    return OrderProgress(
        pictures_done=total("picture", "done"),
        pictures_total=total("picture"),
        sounds_done=total("sound", "done"),
        sounds_total=total("sound"),
        failed=total("picture", "failed") + total("sound", "failed"),
    )


def group_pace(group: uuid.UUID, since: dt.datetime) -> tuple[int, int]:
    """How many (segments, stems) of a batch were made after `since`."""
    made = Segment.objects.filter(wishes__order__group=group, ended_at__gt=since, state=Segment.State.DONE)
    counts = dict(made.values_list("kind").annotate(many=Count("key", distinct=True)).order_by())
    return counts.get("picture", 0), counts.get("sound", 0)


def tend() -> None:
    """Bring back segments of dead workers, and answers nobody heard."""
    if not SegmentOrder.objects.filter(replied_at=None).exists():
        return
    lost = requeue_expired(Segment)
    # They are due at once, and by the one way that keeps the shares fair.
    Segment.objects.filter(pk__in=lost).update(dispatched_at=None)
    _find_unheard()
    answer_ready()
    dispatch()


def _find_unheard() -> None:
    """Messages that went down with a worker or the broker: nothing waits in the queue, and nobody has claimed them."""
    unheard = Segment.objects.filter(not_within("dispatched_at", timezone.now(), UNHEARD_SECONDS), state="queued")
    if unheard.exists() and is_idle(RENDER):
        unheard.update(dispatched_at=None)
