"""How many questions one process asks a server at a time, and who of those who wait goes first."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from core.llm.aborting import Abort
from core.llm.base import CallAborted, LanguageModelBusy, Priority

PATIENCE = 10
"""Whoever is in no hurry waits so many times as long for a place as for an answer: a long order is asked in turn."""


class Admission:
    """`limit` places. One in eight is kept for those whom somebody waits for in a conversation or on air: bulk work
    holds its places for seconds, and a reply cannot wait for one of them to end."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept = max(1, limit // 8) if limit > 1 else 0
        self._changed = threading.Condition()
        self._waiting: list[tuple[int, int]] = []
        self._numbers = itertools.count()
        self._taken = 0

    @contextmanager
    def place(self, priority: Priority, timeout: float, abort: Abort | None = None) -> Iterator[None]:
        """A place for the length of the block. LanguageModelBusy when none came free in time, CallAborted
        when `abort` came first."""
        patience = timeout if priority <= Priority.TURN else timeout * PATIENCE
        if abort is None:
            self._enter(priority, patience, None)
        else:
            with abort.interrupting(self._wake):
                self._enter(priority, patience, abort)
        try:
            yield
        finally:
            with self._changed:
                self._taken -= 1
                self._changed.notify_all()

    def _enter(self, priority: Priority, patience: float, abort: Abort | None) -> None:
        ticket = int(priority), next(self._numbers)
        deadline = time.monotonic() + patience
        with self._changed:
            heapq.heappush(self._waiting, ticket)
            try:
                while not self._may_go(ticket):
                    left = deadline - time.monotonic()
                    if abort is not None and abort.is_set:
                        raise CallAborted("broken off before it was asked")
                    if left <= 0:
                        raise LanguageModelBusy(f"all {self.limit} places were taken for {patience:.0f} s")
                    self._changed.wait(left)
                self._taken += 1
            finally:
                self._waiting.remove(ticket)
                heapq.heapify(self._waiting)
                self._changed.notify_all()

    def _may_go(self, ticket: tuple[int, int]) -> bool:
        room = self.limit if ticket[0] <= Priority.TURN else self.limit - self._kept
        return self._waiting[0] == ticket and self._taken < room

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()
