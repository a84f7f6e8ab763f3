"""Previews: the first minute of a room as a file, one at a time on each host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from avatar.hosting.children import LOG, PREVIEW, preview_folder, preview_spec
from avatar.hosting.following import last_words, new_lines
from avatar.models import RoomPreview
from core.clock import Clock, system_clock
from core.errors import LeaseLost
from core.leases.services import Lease, claim, complete, fail, renew, requeue_expired
from core.live_updates import publish
from core.processes.children import Child, ChildSpec, stop_all
from core.processes.places import Places

LEASE_SECONDS = 30.0
RENEW_SECONDS = 5.0


@dataclass
class Rendering:
    """The preview this host makes."""

    lease: Lease
    preview: RoomPreview
    child: Child
    folder: Path
    renewed_at: float
    offset: int = 0
    has_begun: bool = False


class PreviewHost:
    """`look` is one pass; `close` gives back what is unfinished."""

    def __init__(
        self,
        name: str,
        places: Places,
        *,
        clock: Clock = system_clock,
        spec_of: Callable[[Places, RoomPreview], ChildSpec] = preview_spec,
    ) -> None:
        self._name = name
        self._places = places
        self._clock = clock
        self._spec_of = spec_of
        self._now: Rendering | None = None

    def look(self) -> None:
        requeue_expired(RoomPreview, clock=self._clock)
        if self._now is None:
            self._now = self._claim()
        if self._now is not None:
            try:
                self._look_after(self._now)
            except LeaseLost:
                self._let_go(self._now)

    def close(self) -> None:
        if self._now is not None:
            ours = RoomPreview.objects.filter(pk=self._now.preview.pk, epoch=self._now.lease.epoch)
            ours.filter(state="running").update(state="queued", lease_until=None)
            self._let_go(self._now)

    def _claim(self) -> Rendering | None:
        queued = RoomPreview.objects.filter(state=RoomPreview.State.QUEUED).order_by("created_at")
        preview = queued.select_related("room").first()
        if preview is None:
            return None
        lease = claim(RoomPreview, preview.pk, worker=self._name, lease_seconds=LEASE_SECONDS, clock=self._clock)
        if lease is None:
            return None
        folder = preview_folder(preview)
        for left in (folder / LOG, folder / PREVIEW):
            left.unlink(missing_ok=True)
        child = Child(self._spec_of(self._places, preview))
        return Rendering(lease, preview, child, folder, self._clock.now().timestamp())

    def _look_after(self, now: Rendering) -> None:
        if not now.has_begun:
            now.has_begun = now.child.look_after()
            return
        self._keep_alive(now)
        self._tell_progress(now)
        if now.child.is_running:
            return
        now.child.look_after()
        if now.child.last_code == 0 and (now.folder / PREVIEW).exists():
            complete(now.lease, seconds_done=float(now.preview.seconds))
        else:
            words = last_words(now.folder / "process.log")
            fail(now.lease, words or "the preview could not be rendered")
        self._let_go(now)

    def _keep_alive(self, now: Rendering) -> None:
        moment = self._clock.now().timestamp()
        if moment - now.renewed_at >= RENEW_SECONDS:
            now.renewed_at = moment
            if not renew(now.lease, clock=self._clock):
                raise LeaseLost(f"preview {now.preview.pk}")

    def _tell_progress(self, now: Rendering) -> None:
        lines, now.offset = new_lines(now.folder / LOG, now.offset)
        if lines:
            done = float(lines[-1].get("media_seconds", 0.0))
            RoomPreview.objects.filter(pk=now.preview.pk).update(seconds_done=done)
            self._tell(now)

    def _let_go(self, now: Rendering) -> None:
        stop_all([now.child])
        self._now = None
        self._tell(now)

    def _tell(self, now: Rendering) -> None:
        publish(now.preview.advertiser_id, "rooms", {"room": str(now.preview.room_id)})
