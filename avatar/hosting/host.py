"""A host: claims broadcasts nobody holds, runs their processes, keeps their books, lets go in order."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import F
from django.db.models.functions import Now

from avatar.hosting.booking import Books
from avatar.hosting.children import LOG, STOP_SECONDS, broadcast_spec, tree_cpu_seconds
from avatar.hosting.following import last_words, new_lines
from avatar.hosting.health import read_health
from avatar.models import Broadcast
from avatar.rooms import folder_of
from core.clock import Clock, system_clock
from core.errors import LeaseLost
from core.leases.services import Lease, claim, complete, fail, renew, requeue_expired
from core.live_updates import publish
from core.processes.children import Child, ChildSpec, stop_all
from core.processes.places import Places

logger = logging.getLogger(__name__)
LEASE_SECONDS = 8.0
"""A room whose host died is back on another within this and a second."""
RENEW_SECONDS = 2.0
ENDED, WRONG_CONFIG, OUTPUTS_LOST = 0, 2, 5
"""Exit codes of run_live_room after which it is not started again."""


@dataclass
class Held:
    """A broadcast this host runs."""

    lease: Lease
    broadcast: Broadcast
    books: Books
    child: Child
    log: Path
    offset: int
    renewed_at: float
    cpu_before: float = 0.0
    cpu_now: float = 0.0
    stopping_since: float | None = None
    starts: int = 0


class LiveHost:
    """`look` is one pass over everything; `close` stops all rooms and hands them back. One thread uses it."""

    def __init__(
        self,
        name: str,
        places: Places,
        capacity: int,
        *,
        clock: Clock = system_clock,
        spec_of: Callable[[Places, Broadcast], ChildSpec] = broadcast_spec,
    ) -> None:
        self.name = name
        self.held: dict[uuid.UUID, Held] = {}
        self._places = places
        self._capacity = capacity
        self._clock = clock
        self._spec_of = spec_of

    def look(self) -> None:
        """What is held comes first: after the database was away, our leases are renewed before anybody takes them.

        A room that fails does not hold up the others.
        """
        for held in list(self.held.values()):
            try:
                self._look_after(held)
            except LeaseLost:
                logger.warning("broadcast %s is another host's now", held.broadcast.pk)
                self._drop(held)
        requeue_expired(Broadcast, clock=self._clock)
        for key in self._free():
            self._claim(key)

    def close(self) -> None:
        """Every room ends its files; the books take the rest of each log; others may claim what is still wanted."""
        children = [held.child for held in self.held.values()]
        stop_all(children)
        for held in list(self.held.values()):
            try:
                self._book(held)
                self._hand_back(held)
            except LeaseLost:
                logger.warning("broadcast %s is another host's now", held.broadcast.pk)
        self.held.clear()

    def _free(self) -> list[uuid.UUID]:
        room = self._capacity - len(self.held)
        queued = Broadcast.objects.filter(state=Broadcast.State.QUEUED).order_by("created_at")
        return list(queued.values_list("pk", flat=True)[: max(0, room)])

    def _claim(self, key: uuid.UUID) -> None:
        lease = claim(Broadcast, key, worker=self.name, lease_seconds=LEASE_SECONDS, clock=self._clock)
        if lease is None:
            return
        broadcast = Broadcast.objects.select_related("room", "script").get(pk=key)
        books = Books(broadcast)
        books.close_open()
        log = folder_of(key) / LOG
        child = Child(self._spec_of(self._places, broadcast))
        held = Held(lease, broadcast, books, child, log, broadcast.log_bytes, self._time())
        held.cpu_before = float(books.figures.get("cpu_seconds_all") or 0.0)
        self.held[key] = held
        publish(broadcast.advertiser_id, "rooms", {"room": str(broadcast.room_id)})

    def _look_after(self, held: Held) -> None:
        self._keep_alive(held)
        self._book(held)
        if held.stopping_since is not None or self._stop_wanted(held):
            self._stop(held)
            return
        was_down = held.child.pid is None
        if held.child.look_after():
            held.starts += 1
            if held.starts > 1:
                held.books.close_open()
                Broadcast.objects.filter(pk=held.broadcast.pk).update(restarts=F("restarts") + 1)
        if was_down or held.child.pid is None:
            self._judge(held)

    def _stop(self, held: Held) -> None:
        """Asked first, waited for over many looks, so that no other room's lease runs out meanwhile."""
        if held.stopping_since is None:
            held.stopping_since = self._time()
            held.child.ask_to_stop()
        if not held.child.is_running or self._time() - held.stopping_since > STOP_SECONDS:
            self._end(held, "")

    def _judge(self, held: Held) -> None:
        """After the process ended by itself: some ends are final."""
        code = held.child.last_code
        if held.child.pid is not None or code not in (ENDED, WRONG_CONFIG, OUTPUTS_LOST):
            return
        self._book(held)
        self._end(held, {WRONG_CONFIG: self._words(held), OUTPUTS_LOST: "every output was lost for 60 s"}.get(code, ""))

    def _words(self, held: Held) -> str:
        return last_words(folder_of(held.broadcast.pk) / "process.log") or "its settings were refused"

    def _keep_alive(self, held: Held) -> None:
        now = self._time()
        if now - held.renewed_at < RENEW_SECONDS:
            return
        if not renew(held.lease, clock=self._clock):
            raise LeaseLost(f"broadcast {held.broadcast.pk}")
        held.renewed_at = now
        if held.child.pid is not None:
            held.cpu_now = tree_cpu_seconds(held.child.pid)
            held.books.figures["cpu_seconds_all"] = held.cpu_before + held.cpu_now
            held.books.figures.update(read_health(folder_of(held.broadcast.pk)))

    def _book(self, held: Held) -> None:
        while True:
            lines, offset = new_lines(held.log, held.offset)
            if offset == held.offset:
                return
            held.books.book(lines, held.lease.epoch, offset)
            held.offset = offset

    def _stop_wanted(self, held: Held) -> bool:
        return Broadcast.objects.filter(pk=held.broadcast.pk, stop_wanted_at__isnull=False).exists()

    def _end(self, held: Held, failure: str) -> None:
        stop_all([held.child])
        self._book(held)
        held.books.close_open("end")
        if failure:
            fail(held.lease, failure, ended_at=Now())
        else:
            complete(held.lease, ended_at=Now())
        self._drop(held)

    def _hand_back(self, held: Held) -> None:
        """Free at once for another host: the lease ends now instead of running out."""
        held.books.close_open()
        ours = Broadcast.objects.filter(pk=held.broadcast.pk, epoch=held.lease.epoch, state=Broadcast.State.RUNNING)
        if self._stop_wanted(held):
            complete(held.lease, ended_at=Now())
        else:
            ours.update(state=Broadcast.State.QUEUED, lease_until=None)

    def _drop(self, held: Held) -> None:
        stop_all([held.child])
        self.held.pop(held.broadcast.pk, None)
        publish(held.broadcast.advertiser_id, "rooms", {"room": str(held.broadcast.room_id)})

    def _time(self) -> float:
        return self._clock.now().timestamp()
