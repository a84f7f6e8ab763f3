"""Claim, keep alive, finish: the whole life of a piece of leased work.

Every change is one compare-and-set on `epoch`, so two workers that hear the same
message never both finish. Clocks of the machines have to agree to within a few
seconds; a lease is long against that. A clock that is set back leaves stamps that lie
ahead: those count as past, so that no work waits for the time to come round again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from core.clock import Clock, system_clock
from core.errors import LeaseLost
from core.leases.models import LeasedWork

Key = uuid.UUID | int | str
State = LeasedWork.State

CLOCK_SLACK_SECONDS = 60.0
"""A note of what happened that lies further ahead than this was made before the clock was set back."""

LONGEST_PAUSE_SECONDS = 300.0
"""No retry is held back longer; one that seems to be has lost its clock."""


@dataclass(frozen=True)
class Lease:
    """The right of `worker` to work on one row until it expires or another epoch begins."""

    model: type[LeasedWork]
    id: Any
    epoch: int
    worker: str
    seconds: float


def claim(
    model: type[LeasedWork], work_id: Key, *, worker: str, lease_seconds: float = 60.0, clock: Clock = system_clock
) -> Lease | None:
    """A lease on the row, or None when it is done, held by somebody alive, held back, or not there.

    An expired lease can be claimed at once: the lost try counts as an attempt. The last
    attempt allowed ends the row as failed instead.
    """
    now = clock.now()
    row = _claimable(model, now).filter(pk=work_id).values("epoch", "state", "attempts").first()
    if row is None:
        return None
    lost = int(row["state"] == State.RUNNING)
    if row["attempts"] + lost >= model.max_attempts:
        _give_up(model, work_id, row["epoch"], row["attempts"] + lost)
        return None
    won = _claimable(model, now).filter(pk=work_id, epoch=row["epoch"])
    changed = won.update(
        state=State.RUNNING,
        epoch=row["epoch"] + 1,
        attempts=F("attempts") + lost,
        worker=worker,
        heartbeat_at=now,
        lease_until=now + dt.timedelta(seconds=lease_seconds),
    )
    return Lease(model, work_id, row["epoch"] + 1, worker, lease_seconds) if changed else None


def renew(lease: Lease, *, clock: Clock = system_clock) -> bool:
    """Push the expiry out by the lease's length; False when the lease is no longer ours."""
    now = clock.now()
    return bool(_held(lease).update(heartbeat_at=now, lease_until=now + dt.timedelta(seconds=lease.seconds)))


def complete(lease: Lease, **fields: Any) -> None:
    """The work is done; `fields` (the result) are written in the same statement. Raises `LeaseLost`."""
    _finish(lease, state=State.DONE, failure="", **fields)


def fail(lease: Lease, reason: str, **fields: Any) -> None:
    """The work cannot be done, and trying again would not help. Raises `LeaseLost`."""
    _finish(lease, state=State.FAILED, failure=reason, **fields)


def retry_later(
    lease: Lease,
    reason: str,
    pause_seconds: float,
    *,
    is_counted: bool = True,
    clock: Clock = system_clock,
    **fields: Any,
) -> bool:
    """Hand the work back for another try after a pause; False when that was the last attempt allowed.

    Raises `LeaseLost`. The row counts as not sent: `find_forgotten` gives it back once
    the pause is over, unless the caller sends it first. Not `is_counted` is work that was
    not tried at all: the caller sees to it that this ends.
    """
    attempts = lease.model._default_manager.values_list("attempts", flat=True).get(pk=lease.id) + int(is_counted)
    if attempts >= lease.model.max_attempts:
        _finish(lease, state=State.FAILED, attempts=attempts, failure=_final_reason(attempts, reason), **fields)
        return False
    not_before = clock.now() + dt.timedelta(seconds=pause_seconds)
    retry = {"attempts": attempts, "failure": reason, "not_before": not_before, "dispatched_at": None}
    _finish(lease, state=State.QUEUED, **retry, **fields)
    return True


def requeue_expired(model: type[LeasedWork], *, clock: Clock = system_clock, limit: int = 100) -> list[Any]:
    """Put work whose worker fell silent back into the queue; returns the ids to send again.

    Work lost `max_attempts` times ends as failed, with the reason, and is not returned.
    """
    now = clock.now()
    expired = model._default_manager.filter(_silent(now), state=State.RUNNING).order_by("lease_until")
    requeued = []
    for work_id, epoch, attempts in list(expired.values_list("pk", "epoch", "attempts")[:limit]):
        if attempts + 1 >= model.max_attempts:
            _give_up(model, work_id, epoch, attempts + 1)
            continue
        row = model._default_manager.filter(_silent(now), pk=work_id, epoch=epoch, state=State.RUNNING)
        # The epoch moves on, so that the silent worker cannot finish after all.
        fields = {"state": State.QUEUED, "epoch": epoch + 1, "attempts": attempts + 1, "dispatched_at": now}
        if row.update(**fields):
            requeued.append(work_id)
    return requeued


def find_forgotten(
    model: type[LeasedWork], *, older_than_seconds: float = 15.0, clock: Clock = system_clock, limit: int = 100
) -> list[Any]:
    """Ids of queued work whose message may have been lost; marks them as sent just now.

    Ask only while the queue is empty: work that waits its turn behind a long queue is
    not forgotten.
    """
    now = clock.now()
    stale = Q(dispatched_at__isnull=True) | not_within("dispatched_at", now, older_than_seconds)
    ids = list(model._default_manager.filter(_due(now), stale, state=State.QUEUED).values_list("pk", flat=True)[:limit])
    model._default_manager.filter(pk__in=ids, state=State.QUEUED).update(dispatched_at=now)
    return ids


def mark_dispatched(model: type[LeasedWork], work_id: Key, *, clock: Clock = system_clock) -> None:
    """Note that a message for the row is on its way."""
    model._default_manager.filter(pk=work_id).update(dispatched_at=clock.now())


def _claimable(model: type[LeasedWork], now: dt.datetime) -> QuerySet[LeasedWork]:
    free = Q(state=State.QUEUED) & _due(now)
    lost = Q(state=State.RUNNING) & _silent(now)
    return model._default_manager.filter(free | lost)


def not_within(field: str, now: dt.datetime, seconds: float) -> Q:
    """Whether the moment in `field` is longer ago than `seconds`, or was noted before the clock was set back."""
    before, ahead = now - dt.timedelta(seconds=seconds), now + dt.timedelta(seconds=CLOCK_SLACK_SECONDS)
    return Q(**{f"{field}__lt": before}) | Q(**{f"{field}__gt": ahead})


def _due(now: dt.datetime) -> Q:
    far = now + dt.timedelta(seconds=LONGEST_PAUSE_SECONDS)
    return Q(not_before__isnull=True) | Q(not_before__lte=now) | Q(not_before__gt=far)


def _silent(now: dt.datetime) -> Q:
    """The worker let its lease run out; or it last showed life before the clock was set back, and not since."""
    return Q(lease_until__lt=now) | Q(heartbeat_at__gt=now + dt.timedelta(seconds=CLOCK_SLACK_SECONDS))


def _held(lease: Lease) -> QuerySet[LeasedWork]:
    return lease.model._default_manager.filter(pk=lease.id, epoch=lease.epoch, state=State.RUNNING)


def _finish(lease: Lease, **fields: Any) -> None:
    if not _held(lease).update(lease_until=None, **fields):
        raise LeaseLost(f"{lease.model.__name__} {lease.id}: epoch {lease.epoch} is over")


def _give_up(model: type[LeasedWork], work_id: Key, epoch: int, attempts: int) -> None:
    row = model._default_manager.filter(pk=work_id, epoch=epoch)
    reason = _final_reason(attempts, "its worker fell silent")
    row.update(state=State.FAILED, epoch=epoch + 1, attempts=attempts, failure=reason, lease_until=None)


def _final_reason(attempts: int, reason: str) -> str:
    return f"given up after {attempts} attempts: {reason}"
