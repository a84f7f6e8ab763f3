"""Shots as a host sees them: what is due for its device, claimed by the batch, booked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import DatabaseError, connection
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from core.clock import Clock, system_clock
from core.errors import AdloomError, InputError, LeaseLost
from core.leases.heartbeat import keep_all_alive
from core.leases.services import Lease, claim, complete, fail, retry_later
from core.storage.api import put_file
from core.tasks.patience import patiently
from core.tasks.retrying import is_retryable
from generation.engines.clips.base import ClipRequest, MadeClip, request_from
from generation.engines.clips.writing import write_clip
from generation.model_host.batching import Waiting
from generation.model_host.identity import opened_request, pipeline_name
from generation.model_host.orders import answer_shot
from generation.models import ClipOrder, Shot
from generation.runner import work_folder
from generation.services import worker_name

LEASE_SECONDS = 15.0
"""Heartbeats come from a thread every third of it; a killed host's shots are taken up within seconds."""

RETRY_PAUSE_SECONDS = 5.0
MOST_LOOKED_AT = 400
"""Rows a host weighs at a time: several hundred batches' worth of one advertiser is no better a choice."""

Outcome = MadeClip | AdloomError


@dataclass(frozen=True)
class Claimed:
    """A shot this host holds."""

    key: str
    lease: Lease
    engine: str
    checkpoint: str
    checkpoint_hash: str
    request: dict[str, Any]

    def opened(self) -> ClipRequest:
        """The request with its pictures as files on this machine; BlobMissing."""
        return opened_request(request_from(self.request))


class Shots(Protocol):
    """Where a host finds its work; the books are one way, a bench another."""

    def waiting(self) -> list[Waiting]: ...

    def claim(self, keys: Sequence[str]) -> list[Claimed]: ...

    def kept_alive(self, claimed: Sequence[Claimed]) -> AbstractContextManager[None]: ...

    def tell(self, claimed: Sequence[Claimed], share: float) -> frozenset[str]:
        """Note how far a run is (0..1); the keys that are still wanted and still ours."""
        ...

    def book(self, claimed: Claimed, outcome: Outcome, device_seconds: float) -> None: ...


class BookedShots:
    """The books of the platform, for hosts of one device kind."""

    def __init__(self, device: str, clock: Clock = system_clock) -> None:
        self.device = device
        self._clock = clock

    def waiting(self) -> list[Waiting]:
        """An advertiser's first wishes before anybody's four hundredth: a flood hides nobody."""
        now = self._clock.now()
        due = Q(shot__not_before__isnull=True) | Q(shot__not_before__lte=now)
        turn = Window(
            RowNumber(), partition_by=[F("advertiser_id")], order_by=[F("priority").asc(), F("created_at").asc()]
        )
        wishes = (
            ClipOrder.objects.filter(due, is_cancelled=False, shot__state=Shot.State.QUEUED, shot__device=self.device)
            .annotate(turn=turn)
            .order_by("turn", "priority", "created_at")
            .values_list(
                *("shot_id", "advertiser_id", "priority", "created_at"),
                *("shot__engine", "shot__checkpoint_hash", "shot__bucket"),
            )[:MOST_LOOKED_AT]
        )
        found: dict[str, Waiting] = {}
        for key, advertiser, priority, since, engine, weights, bucket in wishes:
            shot = Waiting(key, pipeline_name(engine, weights), bucket, str(advertiser), priority, since.timestamp())
            if key not in found or shot.priority < found[key].priority:
                found[key] = shot
        return list(found.values())

    def claim(self, keys: Sequence[str]) -> list[Claimed]:
        """Those of `keys` nobody else was faster with."""
        rows = Shot.objects.in_bulk(list(keys))
        leases = {
            key: claim(Shot, key, worker=worker_name(), lease_seconds=LEASE_SECONDS, clock=self._clock)
            for key in keys
            if key in rows
        }
        # What a host before this one had reached is gone with it.
        Shot.objects.filter(pk__in=[key for key, lease in leases.items() if lease is not None]).update(progress=0.0)
        return [
            Claimed(key, lease, rows[key].engine, rows[key].checkpoint, rows[key].checkpoint_hash, rows[key].request)
            for key, lease in leases.items()
            if lease is not None
        ]

    def kept_alive(self, claimed: Sequence[Claimed]) -> AbstractContextManager[None]:
        return keep_all_alive([each.lease for each in claimed], self._clock)

    def tell(self, claimed: Sequence[Claimed], share: float) -> frozenset[str]:
        """A database that is away for a moment is no reason to lose minutes of a device."""
        epochs = {each.key: each.lease.epoch for each in claimed}
        held = Shot.objects.filter(pk__in=list(epochs), state=Shot.State.RUNNING)
        try:
            held.update(progress=round(share, 4))
            return frozenset(key for key, epoch in held.values_list("pk", "epoch") if epochs[key] == epoch)
        except DatabaseError:
            connection.close()
            return frozenset(epochs)

    def book(self, claimed: Claimed, outcome: Outcome, device_seconds: float) -> None:
        """Write the end down and tell all who wish for it; what was cancelled meanwhile is dropped."""
        spent = {"device_seconds": F("device_seconds") + device_seconds, "made_count": F("made_count") + 1}
        try:
            if isinstance(outcome, MadeClip):
                result = self._stored(claimed, outcome)
                patiently(lambda: complete(claimed.lease, **result, **spent), LEASE_SECONDS)
            elif not self._ended(claimed, outcome, spent):
                return
        except LeaseLost:
            return
        patiently(lambda: answer_shot(claimed.key))

    def _stored(self, claimed: Claimed, made: MadeClip) -> dict[str, Any]:
        suffix = ".png" if len(made.frames) == 1 else ".mp4"
        with work_folder(f"shot-{claimed.key[:16]}-{claimed.lease.epoch}") as work:
            path = work / f"shot{suffix}"
            write_clip(made, path)
            sha256 = put_file(path)
        frames = len(made.frames)
        return {
            "sha256": sha256,
            "suffix": suffix,
            "frames": frames,
            "fps": made.fps,
            "seconds": round(frames / made.fps, 4) if frames > 1 else 0.0,
            "parameters": {**made.parameters, "request": claimed.request},
            "degraded": list(made.degraded),
            "progress": 1.0,
            "error_code": "",
            "ended_at": timezone.now(),
        }

    def _ended(self, claimed: Claimed, error: AdloomError, spent: dict[str, Any]) -> bool:
        """Whether it is over: what may pass is tried again, as often as the row allows."""
        reason = error.reason if isinstance(error, InputError) else str(error) or type(error).__name__
        fields = {"error_code": error.code, **spent}
        if is_retryable(error):
            if retry_later(claimed.lease, reason, RETRY_PAUSE_SECONDS, clock=self._clock, **fields):
                return False
            Shot.objects.filter(pk=claimed.key).update(ended_at=timezone.now())
            return True
        fail(claimed.lease, reason, ended_at=timezone.now(), **fields)
        return True
