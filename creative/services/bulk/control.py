"""Pausing, resuming, cancelling a bulk batch, and trying again what failed."""

from __future__ import annotations

import math

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.errors import InputError
from core.tasks.sending import send
from creative import live
from creative.demo_page.cost import CORE_HOUR_YUAN
from creative.models import Ad, Batch, BatchChunk, BatchEvent
from creative.services.bulk.chunks import ASSEMBLE_TASK
from creative.services.bulk.report import batch_figures
from creative.services.held import FOR_GOOD
from generation import api as generation

BY_PERSON = "by-person"
BY_BUDGET = "budget"


@transaction.atomic
def pause(batch: Batch, reason: str = BY_PERSON) -> None:
    """Begin nothing new; what a worker is at is finished and kept."""
    if not _move(batch, Batch.State.RUNNING, Batch.State.PAUSED, reason):
        return
    generation.pause_group(batch.id, True)
    BatchEvent.objects.create(batch=batch, what="paused", detail={"reason": reason})
    transaction.on_commit(lambda: live.tell_batch(batch))


@transaction.atomic
def resume(batch: Batch, budget_minor: int | None = None) -> None:
    """Go on where it stood; one that its budget stopped has to be given another, in fen.

    InputError for a budget that is spent already, and for none where one is wanted.
    """
    if batch.state == Batch.State.PAUSED and batch.paused_reason == BY_BUDGET:
        _require_room(batch, budget_minor)
    if not _move(batch, Batch.State.PAUSED, Batch.State.RUNNING, ""):
        return
    if budget_minor is not None:
        Batch.objects.filter(pk=batch.pk).update(budget_minor=budget_minor)
    generation.pause_group(batch.id, False)
    detail = {"budget_yuan": f"{budget_minor / 100:.2f}"} if budget_minor is not None else {}
    BatchEvent.objects.create(batch=batch, what="resumed", detail=detail)
    transaction.on_commit(lambda: _go_on(batch))


def _require_room(batch: Batch, budget_minor: int | None) -> None:
    spent, wanted = spent_yuan(batch), f"{budget_to_finish(batch) / 100:.2f}"
    if budget_minor is None:
        reason = f"of ¥{(batch.budget_minor or 0) / 100:.2f} is spent; about ¥{wanted} finishes it: give a new one"
        raise InputError("budget", reason)
    if budget_minor <= spent * 100:
        reason = f"of ¥{budget_minor / 100:.2f} is spent already: ¥{spent:.4f}; about ¥{wanted} finishes it"
        raise InputError("budget", reason)


def budget_to_finish(batch: Batch) -> int:
    """The old budget and, on top of it, what the rest will about cost, in fen, rounded up."""
    figures = batch_figures(batch)["cpu_seconds"]
    made = generation.group_progress(batch.id)
    over = Ad.objects.filter(batch=batch, version=1).exclude(state__in=[Ad.State.PLANNED, Ad.State.RENDERING]).count()
    planned = int(batch.figures.get("planned", batch.requested))
    left = (
        _rest(figures["segments"] + figures["checks"], made.pictures_done, made.pictures_total)
        + _rest(figures["stems"], made.sounds_done, made.sounds_total)
        + _rest(figures["assembly"], over, planned)
    )
    before = max(batch.budget_minor or 0, math.ceil(spent_yuan(batch) * 100))
    return before + max(1, math.ceil(left / 3600 * CORE_HOUR_YUAN * 100))


def _rest(seconds: float, done: int, total: int) -> float:
    """What the rest takes when it goes on as it went; as much again where nothing is done."""
    return seconds * (total - done) / done if done else seconds


def keep_to_budgets() -> None:
    """Pause every running batch that has cost as much as it may; looked at every few seconds, so a little late."""
    running = Batch.objects.filter(is_bulk=True, state=Batch.State.RUNNING).exclude(budget_minor=None)
    for batch in running.select_related("advertiser").defer("slot_plan", "piece_keys"):
        if spent_yuan(batch) * 100 >= (batch.budget_minor or 0):
            pause(batch, BY_BUDGET)


def spent_yuan(batch: Batch) -> float:
    """What making the batch cost so far, its share of the footage's reading apart."""
    seconds = batch_figures(batch)["cpu_seconds"]
    return sum(spent for part, spent in seconds.items() if part != "ingest") / 3600 * CORE_HOUR_YUAN


def _move(batch: Batch, start: str, end: str, reason: str) -> bool:
    changed = Batch.objects.filter(pk=batch.pk, is_bulk=True, state=start).update(state=end, paused_reason=reason)
    return bool(changed)


def _go_on(batch: Batch) -> None:
    for chunk_id in BatchChunk.objects.filter(batch=batch, is_ready=True, state=BatchChunk.State.QUEUED).values_list(
        "pk", flat=True
    ):
        send(ASSEMBLE_TASK, [str(chunk_id)])
    generation.dispatch_segments()
    live.tell_batch(batch)


@transaction.atomic
def cancel(batch: Batch) -> None:
    """Stop for good; ads that are ready stay."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in (Batch.State.QUEUED, Batch.State.RUNNING, Batch.State.PAUSED):
        return
    generation.cancel_group(batch.id)
    now = timezone.now()
    Ad.objects.filter(batch=locked, state=Ad.State.PLANNED).update(
        state=Ad.State.FAILED, held_reason="cancelled", ended_at=now
    )
    BatchChunk.objects.filter(batch=locked, state=BatchChunk.State.QUEUED).update(state=BatchChunk.State.FAILED)
    locked.state, locked.ended_at = Batch.State.CANCELLED, now
    locked.save(update_fields=["state", "ended_at"])
    BatchEvent.objects.create(batch=locked, what="cancelled")
    transaction.on_commit(lambda: live.tell_batch(locked))


def may_be_retried(batch: Batch) -> QuerySet[Ad]:
    """Ads of a bulk batch that failed or that a check held back, and that nothing has taken the place of."""
    bad = Ad.objects.filter(batch=batch, version=1, later_versions=None, state__in=[Ad.State.FAILED, Ad.State.HELD])
    # What shows a fact that is no longer true, or somebody who no longer agrees, is made again otherwise or never.
    return bad.exclude(held_reason__in=FOR_GOOD)


@transaction.atomic
def retry_failed(batch: Batch, only: Ad | None = None) -> int:
    """Give failed ads, and those a check held back, another try (or only one of them); returns how many.

    Their segments are rendered again, since the fault lay in one of them.
    """
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    again = may_be_retried(locked)
    if only:
        again = again.filter(pk=only.pk)
    ids = list(again.values_list("pk", flat=True))
    if not ids or locked.state == Batch.State.QUEUED:
        return 0
    chunks = list(_chunks_of(locked, again).values_list("pk", flat=True))
    Ad.objects.filter(pk__in=ids).update(state=Ad.State.PLANNED, held_reason="", ended_at=None, is_recipe=False)
    BatchChunk.objects.filter(pk__in=chunks).update(
        state=BatchChunk.State.QUEUED, attempts=0, is_ready=False, failure="", lease_until=None
    )
    for chunk_id in chunks:
        generation.remake_bad_segments(chunk_id)
    generation.pause_group(locked.id, False)
    Batch.objects.filter(pk=locked.pk).update(state=Batch.State.RUNNING, ended_at=None, paused_reason="")
    BatchEvent.objects.create(batch=locked, what="retried", detail={"ads": len(ids)})
    transaction.on_commit(lambda: _go_on(locked))
    return len(ids)


def _chunks_of(batch: Batch, ads: QuerySet[Ad]) -> QuerySet[BatchChunk]:
    inside = ads.filter(
        position__gte=OuterRef("first_position"), position__lt=OuterRef("first_position") + OuterRef("count")
    )
    return BatchChunk.objects.filter(Exists(inside), batch=batch)
