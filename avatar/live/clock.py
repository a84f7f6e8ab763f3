"""The media clock: an integer that counts pictures, and what to do when the machine is late."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from avatar.contracts import TICKS_A_SECOND

CATCH_UP_SECONDS = 0.2
"""Up to here being late is caught up by working faster; beyond, pictures are repeated instead of composed."""

GIVE_UP_SECONDS = 1.0
"""Beyond this the clock moves on: an engine that only catches up never recovers on a busy machine."""


@dataclass(frozen=True)
class Moment:
    """How tick n starts: whether its picture is composed, and by how many ticks the clock jumps before it."""

    composes: bool = True
    jump: int = 0
    late_seconds: float = 0.0


class MediaClock(Protocol):
    """`wait` returns when tick `tick` is due."""

    is_paced: bool

    def wait(self, tick: int) -> Moment: ...


class VirtualClock:
    """Every tick is due at once."""

    is_paced = False

    def wait(self, tick: int) -> Moment:
        return Moment()


class PacedClock:
    """Tick n is due `began` + n/25 s, on a clock that only runs forward (seconds)."""

    is_paced = True

    def __init__(
        self,
        began: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._began, self._now, self._sleep = began, now, sleep

    def wait(self, tick: int) -> Moment:
        """Sleep until `tick` is due; never after being late."""
        late = self._now() - (self._began + tick / TICKS_A_SECOND)
        if late < 0:
            self._sleep(-late)
            late = self._now() - (self._began + tick / TICKS_A_SECOND)
        if late > GIVE_UP_SECONDS:
            return Moment(True, int(late * TICKS_A_SECOND), late)
        return Moment(late <= CATCH_UP_SECONDS, 0, max(0.0, late))
