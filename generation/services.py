"""Ordering media work, carrying it out under a lease, and telling whoever ordered it."""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from core.contracts import dump
from core.errors import AdloomError, InputError, LeaseLost
from core.leases.heartbeat import Heartbeat, keep_alive
from core.leases.services import (
    Lease,
    claim,
    complete,
    fail,
    find_forgotten,
    mark_dispatched,
    requeue_expired,
    retry_later,
)
from core.models import Advertiser
from core.processes.devices import device_kind
from core.queues.names import DEVICE_QUEUES
from core.storage import lend
from core.tasks.patience import patiently
from core.tasks.retrying import is_retryable
from core.tasks.sending import send
from generation import runner
from generation.contracts import RenderSpec
from generation.describing.describe import ToDescribe
from generation.hosted_heads import HeadElsewhere
from generation.models import RenderAttempt, RenderJob
from generation.presenter_jobs import PresenterOrder, placed

logger = logging.getLogger(__name__)

LEASE_SECONDS = 15.0
"""Heartbeats come every third of it, so work of a killed worker is taken up within seconds."""

RETRY_PAUSE_SECONDS = 2.0
ELSEWHERE_PAUSE_SECONDS = 10.0
ELSEWHERE_FOR = dt.timedelta(hours=6)
"""How old a job may be that waits for a worker that has what it takes and is busy; others hand it on meanwhile. Clips
of hours go before it."""

PROGRESS_STEP = 0.02

_TASKS = {
    RenderJob.Kind.UNDERSTAND: "generation.ingest.run_job",
    RenderJob.Kind.DESCRIBE: "generation.ingest.run_job",
    RenderJob.Kind.AD: "generation.render.run_job",
}


def order_understanding(advertiser: Advertiser, path: Path, name: str, reply_to: str) -> uuid.UUID:
    """Have a file looked at; `reply_to` hears the job's id when it is over."""
    return _order(advertiser, RenderJob.Kind.UNDERSTAND, {"path": str(lend(path)), "name": name}, reply_to)


def order_ad(advertiser: Advertiser, spec: RenderSpec, reply_to: str) -> uuid.UUID:
    """Have an ad rendered, checked, labelled and signed."""
    return _order(advertiser, RenderJob.Kind.AD, dump(spec), reply_to)


def order_description(advertiser: Advertiser, file: ToDescribe, reply_to: str) -> uuid.UUID:
    """Have a file that was understood described; `reply_to` hears the job's id when it is over."""
    return _order(advertiser, RenderJob.Kind.DESCRIBE, dump(file), reply_to)


def order_presenter(advertiser: Advertiser, order: PresenterOrder, reply_to: str) -> uuid.UUID:
    """Have a prepared head say a line, here or where a host has it.

    InputError for a head nobody has; HeadMissing, HeadRefused or HeadConsentMissing where it may or can not.
    """
    return _order(advertiser, RenderJob.Kind.PRESENT, dump(placed(order, advertiser)), reply_to)


def _task_of(job: RenderJob) -> str:
    """Models run on the queue of the device kind that the order was placed for, everything else where its kind says."""
    if job.kind == RenderJob.Kind.PRESENT:
        device = job.request.get("device") or device_kind(settings.MODEL_DEVICE)
        return f"generation.{DEVICE_QUEUES[device]}.run_job"
    return _TASKS[RenderJob.Kind(job.kind)]


def _order(advertiser: Advertiser, kind: str, request: dict[str, Any], reply_to: str) -> uuid.UUID:
    job = RenderJob.objects.create(advertiser=advertiser, kind=kind, request=request, reply_to=reply_to)
    transaction.on_commit(lambda: _send(job))
    return job.id


def _send(job: RenderJob) -> None:
    """Send the job's message. A broker that is away costs nothing: `tend` finds what was not sent."""
    if send(_task_of(job), [str(job.id)]):
        mark_dispatched(RenderJob, job.id)


def run_job(job_id: str) -> None:
    """Carry out a job if nobody else does. Safe to hear twice."""
    lease = claim(RenderJob, job_id, worker=worker_name(), lease_seconds=LEASE_SECONDS)
    if lease is None:
        return
    job = RenderJob.objects.get(pk=job_id)
    attempt = RenderAttempt.objects.create(job=job, epoch=lease.epoch, worker=lease.worker)
    before = runner.cpu_seconds()
    try:
        with keep_alive(lease) as heartbeat:
            result = runner.run(job, lease.epoch, _Progress(lease, heartbeat))
        patiently(lambda: complete(lease, result=result, progress=1.0, ended_at=timezone.now()), LEASE_SECONDS)
        outcome = "done"
    except LeaseLost:
        outcome = "lease lost"
    except Exception as error:
        outcome = _end_badly(job, lease, error)
    if outcome == "elsewhere":
        # It was not tried here.
        patiently(RenderAttempt.objects.filter(pk=attempt.pk).delete)
        return
    patiently(lambda: _close_attempt(attempt, outcome, runner.cpu_seconds() - before))
    if outcome in ("done", "failed"):
        reply(job.id)


def _close_attempt(attempt: RenderAttempt, outcome: str, cpu_seconds: float) -> None:
    attempt.outcome, attempt.ended_at, attempt.cpu_seconds = outcome, timezone.now(), round(cpu_seconds, 3)
    attempt.save(update_fields=["outcome", "ended_at", "cpu_seconds"])


def _end_badly(job: RenderJob, lease: Lease, error: Exception) -> str:
    """Book an error: another try where that can help, else the end, with the reason a person reads."""
    reason = error.reason if isinstance(error, InputError) else str(error) or type(error).__name__
    code = error.code if isinstance(error, AdloomError) else "unexpected"
    if not isinstance(error, AdloomError):
        logger.exception("job %s broke", job.id)
    try:
        if isinstance(error, HeadElsewhere) and timezone.now() - job.created_at < ELSEWHERE_FOR:
            retry_later(lease, reason, ELSEWHERE_PAUSE_SECONDS, is_counted=False, error_code=code)
            return "elsewhere"
        if is_retryable(error) and not isinstance(error, DatabaseError):
            if retry_later(lease, reason, RETRY_PAUSE_SECONDS, error_code=code):
                return "retry"
            RenderJob.objects.filter(pk=job.pk).update(ended_at=timezone.now())
            return "failed"
        if isinstance(error, DatabaseError):
            raise error
        fail(lease, reason, error_code=code, ended_at=timezone.now())
    except LeaseLost:
        return "lease lost"
    return "failed"


class _Progress:
    """Books how far a job is, seldom enough not to matter, and stops work whose lease is gone."""

    def __init__(self, lease: Lease, heartbeat: Heartbeat) -> None:
        self._lease, self._heartbeat, self._told = lease, heartbeat, 0.0

    def __call__(self, share: float) -> None:
        self._heartbeat.check()
        if share - self._told < PROGRESS_STEP:
            return
        self._told = share
        try:
            RenderJob.objects.filter(pk=self._lease.id, epoch=self._lease.epoch).update(progress=share)
        except DatabaseError:
            # A bar that stands still for a moment is no reason to lose the work behind it.
            connection.close()


def reply(job_id: uuid.UUID | str) -> None:
    """Tell whoever ordered the job; `tend` repeats what could not be sent or was not heard."""
    job = RenderJob.objects.get(pk=job_id)
    if job.reply_to and not job.replied_at:
        send(job.reply_to, [str(job.id)])


def mark_heard(job_id: uuid.UUID | str) -> None:
    """The orderer has booked the job's end; it is not told again."""
    RenderJob.objects.filter(pk=job_id).update(replied_at=timezone.now())


def cancel(job_id: uuid.UUID | str) -> None:
    """End a job that is not over; the worker that runs it notices at its next step."""
    RenderJob.objects.filter(pk=job_id, state__in=[RenderJob.State.QUEUED, RenderJob.State.RUNNING]).update(
        state=RenderJob.State.FAILED,
        epoch=F("epoch") + 1,
        failure="cancelled",
        error_code="cancelled",
        ended_at=timezone.now(),
        replied_at=timezone.now(),
    )


def tend(unheard_seconds: float = 5.0) -> None:
    """Bring back what got lost: jobs of dead workers, messages and replies that never arrived."""
    lost = requeue_expired(RenderJob)
    forgotten = find_forgotten(RenderJob, older_than_seconds=20.0)
    for job in RenderJob.objects.filter(pk__in={*lost, *forgotten}):
        _send(job)
    _end_given_up()
    before = timezone.now() - dt.timedelta(seconds=unheard_seconds)
    over = Q(state__in=[RenderJob.State.DONE, RenderJob.State.FAILED], replied_at=None, ended_at__lt=before)
    for job_id in RenderJob.objects.filter(over).exclude(reply_to="").values_list("pk", flat=True)[:100]:
        reply(job_id)


def _end_given_up() -> None:
    """Jobs the leases gave up on have no end time yet; from now on their orderer is told."""
    RenderJob.objects.filter(state=RenderJob.State.FAILED, ended_at=None).update(ended_at=timezone.now())


def progress_of(job_ids: Sequence[uuid.UUID]) -> list[float]:
    """How far each of these jobs is, 0..1."""
    return list(RenderJob.objects.filter(pk__in=job_ids).values_list("progress", flat=True))


def worker_name() -> str:
    """Host and process, for the books."""
    return f"{socket.gethostname()}:{os.getpid()}"
