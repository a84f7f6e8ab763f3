"""An engine that has grown too large makes room for a new one, at the end of a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from avatar.contracts import TICKS_A_SECOND
from avatar.live.schedule import Event

LOOK_TICKS = 10 * TICKS_A_SECOND
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def resident_bytes() -> int:
    """What of this process lies in memory (Linux)."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE_BYTES


class MemoryWatch:
    """`look` once a tick, with what happened in it. A room of months never ends by the kernel's hand in mid-word."""

    def __init__(self, limit: int, resident: Callable[[], int] = resident_bytes) -> None:
        self._limit, self._resident = limit, resident
        self.is_over = False

    def look(self, tick: int, events: Sequence[Event]) -> bool:
        """True in the tick in which the engine should end: it is over its limit and a sentence is just over."""
        if not self.is_over and tick % LOOK_TICKS == 0 and self._limit:
            self.is_over = self._resident() > self._limit
        return self.is_over and any(each.event == "sentence_ended" for each in events)
