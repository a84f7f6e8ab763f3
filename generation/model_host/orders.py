"""Ordering pictures and clips of models: a wish a row, a shot a row, one run for all who wish the same."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.errors import InputError
from core.leases.services import find_forgotten, requeue_expired
from core.models import Advertiser
from core.processes.devices import device_kind
from core.queues.names import DEVICE_QUEUES
from core.storage.api import has_blob, path_for
from core.tasks.sending import is_idle, send
from generation.checkpoints.folders import Installed, require_orderable, require_usable
from generation.engines.clips.base import ClipRequest, plain_request
from generation.engines.clips.engines import engine_named
from generation.model_host.hosted import known_checkpoint, weights_of
from generation.model_host.identity import bucket_name, shot_key, stored_request
from generation.model_host.naming import engine_of
from generation.models import ClipOrder, Shot

URGENT, USUAL, BULK = 0, 5, 10
"""Priorities: somebody looks at a page and waits; an ad waits; a thousand ads wait."""

OPEN = (Shot.State.QUEUED, Shot.State.RUNNING)
ClipState = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class ClipProgress:
    """How far an order is: `progress` 0..1 of its run, `ahead` shots that wait on the same device and came before."""

    state: ClipState
    progress: float = 0.0
    ahead: int = 0
    failure: str = ""
    error_code: str = ""


@dataclass(frozen=True)
class ClipResult:
    """A made picture or clip. `path` is a local file to read only, `sha256` the stored blob's.

    `parameters` are what it was made with, `licence` that of its checkpoint ("unknown" for a folder
    nobody registered). `seconds` is what it shows, `device_seconds` its share of the run.
    """

    path: Path
    sha256: str
    suffix: str
    frames: int
    fps: int
    seconds: float
    device_seconds: float
    licence: str
    parameters: dict[str, object]
    degraded: tuple[str, ...] = ()


def order_clip(
    advertiser_id: uuid.UUID,
    request: ClipRequest,
    checkpoint: str = "",
    reply_to: str = "",
    priority: int = USUAL,
    engine: str = "",
) -> uuid.UUID:
    """Have a picture or clip made; the task named `reply_to` hears the order's id when it is over.

    `checkpoint` is a registered name or a folder, "" the configured one. Raises InputError for what
    cannot be made and what is not there, LicenceRefused for what this advertiser may not use.
    """
    found = _checkpoint(checkpoint)
    require_usable(found, Advertiser.objects.get(pk=advertiser_id))
    name = engine_of(found, engine or ("" if checkpoint else settings.CLIP_ENGINE))
    engine_named(name).check(request)
    shot = _shot(found, name, stored_request(request))
    with transaction.atomic():
        _book(shot)
        order = ClipOrder.objects.create(
            advertiser_id=advertiser_id, shot_id=shot.key, priority=priority, reply_to=reply_to
        )
        transaction.on_commit(lambda: _announce(order.pk, shot.device))
    return order.pk


def _checkpoint(name: str) -> Installed:
    wanted = name or settings.CLIP_CHECKPOINT
    if not wanted:
        way_out = "set CLIP_ENGINE and CLIP_CHECKPOINT, or name one (check_engines says what is missing)"
        raise InputError("checkpoint", f"no model is configured: {way_out}", "no_clip_engine")
    found = known_checkpoint(wanted)
    require_orderable(found)
    return found


def _shot(found: Installed, engine: str, request: ClipRequest) -> Shot:
    weights = weights_of(found)
    return Shot(
        key=shot_key(engine, weights, request, settings.CLIP_STEP_CACHE_PERCENT),
        device=found.device or device_kind(settings.MODEL_DEVICE),
        engine=engine,
        checkpoint=found.card.id if found.card and found.name == found.card.id else str(found.folder),
        checkpoint_hash=weights,
        licence=found.licence,
        bucket=bucket_name(engine, weights, request),
        request=plain_request(request),
    )


def _book(shot: Shot) -> None:
    """The row all who wish this share; what failed, was cancelled or is lost from the store is made again."""
    Shot.objects.bulk_create([shot], ignore_conflicts=True)
    row = Shot.objects.select_for_update().get(pk=shot.key)
    lost = row.state == Shot.State.DONE and not has_blob(row.sha256)
    if lost or row.state == Shot.State.FAILED:
        fresh = {"attempts": 0, "failure": "", "error_code": "", "progress": 0.0, "ended_at": None, "not_before": None}
        Shot.objects.filter(pk=row.pk).update(
            state=Shot.State.QUEUED, epoch=F("epoch") + 1, dispatched_at=None, device=shot.device, **fresh
        )


def _announce(order_id: uuid.UUID, device: str) -> None:
    order = ClipOrder.objects.select_related("shot").get(pk=order_id)
    if order.shot.state in OPEN:
        ring(device)
    else:
        answer([order_id])


def ring(device: str) -> None:
    """Wake the hosts of a device kind. One message waiting is enough: a host that hears it makes all that is due."""
    queue = DEVICE_QUEUES[device]
    if is_idle(queue):
        send(f"generation.{queue}.make_shots", [])


def cancel_clip(order_id: uuid.UUID | str) -> None:
    """Nobody waits for this order any more. A shot that no other order wishes for ends between two steps.

    One that was cleared away has nothing left to end.
    """
    with transaction.atomic():
        order = ClipOrder.objects.select_related(None).filter(pk=order_id).first()
        if order is None:
            return
        Shot.objects.select_for_update().get(pk=order.shot_id)
        ClipOrder.objects.filter(pk=order_id, is_cancelled=False).update(is_cancelled=True, replied_at=timezone.now())
        if ClipOrder.objects.filter(shot_id=order.shot_id, is_cancelled=False).exists():
            return
        Shot.objects.filter(pk=order.shot_id, state__in=OPEN).update(
            state=Shot.State.FAILED,
            epoch=F("epoch") + 1,
            failure="cancelled",
            error_code="cancelled",
            ended_at=timezone.now(),
        )


def clip_progress(order_id: uuid.UUID | str) -> ClipProgress:
    """Where an order stands."""
    order = ClipOrder.objects.select_related("shot").get(pk=order_id)
    shot = order.shot
    if order.is_cancelled:
        return ClipProgress("cancelled", shot.progress)
    if shot.state == Shot.State.QUEUED:
        return ClipProgress("waiting", 0.0, _ahead(order), shot.failure)
    if shot.state == Shot.State.FAILED:
        return ClipProgress("failed", shot.progress, 0, shot.failure, shot.error_code)
    return ClipProgress("done" if shot.state == Shot.State.DONE else "running", shot.progress)


def _ahead(order: ClipOrder) -> int:
    sooner = Q(priority__lt=order.priority) | Q(priority=order.priority, created_at__lt=order.created_at)
    waiting = ClipOrder.objects.filter(sooner, is_cancelled=False, shot__device=order.shot.device)
    return waiting.filter(shot__state__in=OPEN).values("shot_id").distinct().count()


def clip_result(order_id: uuid.UUID | str) -> ClipResult:
    """What was made; InputError while it is not, BlobMissing when it is gone from the store."""
    order = ClipOrder.objects.select_related("shot").get(pk=order_id)
    shot = order.shot
    if order.is_cancelled or shot.state != Shot.State.DONE:
        raise InputError("order", f"{order.pk} has no result: {clip_progress(order.pk).state}", "no_result")
    return ClipResult(
        path_for(shot.sha256),
        shot.sha256,
        shot.suffix,
        shot.frames,
        shot.fps,
        shot.seconds,
        shot.device_seconds,
        shot.licence,
        shot.parameters,
        tuple(shot.degraded),
    )


def mark_clip_heard(order_id: uuid.UUID | str) -> None:
    """The orderer has booked the end; it is not told again."""
    ClipOrder.objects.filter(pk=order_id).update(replied_at=timezone.now())


def answer(order_ids: Collection[uuid.UUID]) -> None:
    """Tell those who ordered; `tend` repeats what was not heard."""
    waiting = ClipOrder.objects.filter(pk__in=order_ids, replied_at=None, is_cancelled=False).exclude(reply_to="")
    for order_id, reply_to in waiting.values_list("pk", "reply_to"):
        send(reply_to, [str(order_id)])


def answer_shot(key: str) -> None:
    """A shot is over: tell all who wish for it."""
    answer(list(ClipOrder.objects.filter(shot_id=key).values_list("pk", flat=True)))


def tend(limit: int = 100) -> None:
    """Bring back shots of hosts that fell silent, wake hosts for what waits, repeat answers nobody heard."""
    requeue_expired(Shot)
    Shot.objects.filter(state=Shot.State.FAILED, ended_at=None).update(ended_at=timezone.now())
    wished = Exists(ClipOrder.objects.filter(shot=OuterRef("pk"), is_cancelled=False))
    waiting = Shot.objects.filter(wished, pk__in=find_forgotten(Shot, older_than_seconds=5.0))
    for device in waiting.values_list("device", flat=True).distinct():
        ring(device)
    over = ClipOrder.objects.filter(replied_at=None, is_cancelled=False, shot__ended_at__isnull=False)
    over = over.filter(shot__state__in=[Shot.State.DONE, Shot.State.FAILED]).exclude(reply_to="")
    answer(list(over.values_list("pk", flat=True)[:limit]))
