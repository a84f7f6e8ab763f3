"""When within a picture's 40 ms a room works: rooms of one machine take turns instead of all waking at once."""

from __future__ import annotations

import math
import socket

from avatar.contracts import TICKS_A_SECOND

PHASES = 8
TICK_SECONDS = 1 / TICKS_A_SECOND
_SPREAD = (0, 4, 2, 6, 1, 5, 3, 7)
"""Each next room as far as can be from those before it."""


class Phase:
    """A turn nobody else on this machine has, as long as it is held; the first where all are taken.

    Held by a socket with an abstract name: the kernel gives it back, whatever becomes of us.
    """

    def __init__(self, name: str = "adloom-phase") -> None:
        self._held: socket.socket | None = None
        self.place = next((place for place in _SPREAD if self._hold(f"\0{name}-{place}")), _SPREAD[0])

    def next_start(self, now: float) -> float:
        """The first moment from `now` on (seconds of the monotonic clock) that lies in this turn."""
        offset = self.place * TICK_SECONDS / PHASES
        return math.ceil((now - offset) / TICK_SECONDS) * TICK_SECONDS + offset

    def release(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _hold(self, name: str) -> bool:
        held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            held.bind(name)
        except OSError:
            held.close()
            return False
        self._held = held
        return True
