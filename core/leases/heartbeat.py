"""Keeps a lease alive from a thread while the work goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connections

from core.clock import Clock, system_clock
from core.errors import LeaseLost
from core.leases.services import Lease, renew

logger = logging.getLogger(__name__)


class Heartbeat:
    """Whether the lease still holds, as far as the last beat knew."""

    def __init__(self, lease: Lease, clock: Clock = system_clock) -> None:
        self.lease = lease
        self._clock = clock
        self._lost = threading.Event()
        self._finished = threading.Event()
        self._renewed_at = clock.now()

    @property
    def is_lost(self) -> bool:
        return self._lost.is_set()

    def check(self) -> None:
        """Raise `LeaseLost` when somebody else holds the work by now; call between costly steps."""
        if self.is_lost:
            raise LeaseLost(f"{self.lease.model.__name__} {self.lease.id}: epoch {self.lease.epoch} is over")

    def beat(self) -> None:
        """One renewal. A database that is away is forgiven for as long as the lease itself lasts."""
        try:
            if renew(self.lease, clock=self._clock):
                self._renewed_at = self._clock.now()
            else:
                self._lost.set()
        except DatabaseError as error:
            logger.warning("heartbeat of %s missed: %s", self.lease.id, type(error).__name__)
            connections.close_all()
            if (self._clock.now() - self._renewed_at).total_seconds() > self.lease.seconds:
                self._lost.set()

    def run(self, pause_seconds: float) -> None:
        try:
            while not self._finished.wait(pause_seconds) and not self.is_lost:
                self.beat()
        finally:
            connections.close_all()

    def finish(self) -> None:
        self._finished.set()


@contextmanager
def keep_alive(lease: Lease, clock: Clock = system_clock) -> Iterator[Heartbeat]:
    """Renew `lease` three times per its length for as long as the block runs."""
    heartbeat = Heartbeat(lease, clock)
    thread = threading.Thread(
        target=heartbeat.run, args=(lease.seconds / 3,), name=f"heartbeat-{lease.id}", daemon=True
    )
    thread.start()
    try:
        yield heartbeat
    finally:
        heartbeat.finish()
        thread.join()


@contextmanager
def keep_all_alive(leases: Sequence[Lease], clock: Clock = system_clock) -> Iterator[None]:
    """`keep_alive` for leases of one length, from one thread; those that are lost or over are left alone."""
    beats = [Heartbeat(lease, clock) for lease in leases]
    over = threading.Event()

    def run(pause_seconds: float) -> None:
        try:
            while not over.wait(pause_seconds):
                for each in beats:
                    if not each.is_lost:
                        each.beat()
        finally:
            connections.close_all()

    if not leases:
        yield
        return
    thread = threading.Thread(target=run, args=(leases[0].seconds / 3,), name="heartbeats", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
