"""When a push to a platform begins anew by plan: once a day, in a moment in which nobody speaks. Values only.

RTMP counts milliseconds in 32 bits and platforms end sessions that last for days at a moment of their own choosing;
a session of ours never grows older than a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from avatar.contracts import TICKS_A_SECOND

HOUR = 3600 * TICKS_A_SECOND
RIPE_TICKS, LATEST_TICKS = 23 * HOUR, 24 * HOUR - 60 * TICKS_A_SECOND
"""From the first age on it waits for a quiet moment; at the second it waits no longer."""
APART_TICKS = 60 * TICKS_A_SECOND
"""Two platforms are never renewed within the same minute: somebody is always on air somewhere."""


class Renewable(Protocol):
    """An output, as far as this is concerned: `session_began` is the tick of its session's first picture."""

    @property
    def session_began(self) -> int | None: ...

    def renew(self) -> None: ...


class Renewals:
    """`look` once a tick."""

    def __init__(self, outputs: Sequence[Renewable]) -> None:
        self._outputs = outputs
        self._last = -APART_TICKS

    def look(self, tick: int, is_quiet: bool) -> int | None:
        """The number (from 1) of the output that begins anew now, None for none."""
        if tick - self._last < APART_TICKS:
            return None
        for number, output in enumerate(self._outputs, 1):
            began = output.session_began
            age = tick - began if began is not None else 0
            if age >= LATEST_TICKS or (age >= RIPE_TICKS and is_quiet):
                output.renew()
                self._last = tick
                return number
        return None
