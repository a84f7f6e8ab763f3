"""How much one channel and one visitor may send before they are asked to wait."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """`burst` at once, then `per_second` for ever."""

    burst: float
    per_second: float


CHANNEL = Allowance(burst=400.0, per_second=180.0)
VISITOR = Allowance(burst=30.0, per_second=2.0)
"""Room for ten messages that are each delivered three times at once."""
MOST_BUCKETS = 50_000


class Buckets:
    """One token bucket per key. `clock` gives seconds."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance = allowance
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> int:
        """0 when one more is allowed; otherwise whole seconds after which it will be."""
        now = self._clock()
        left, since = self._left.get(key, (self._allowance.burst, now))
        left = min(self._allowance.burst, left + (now - since) * self._allowance.per_second)
        if left < 1.0:
            self._left[key] = (left, now)
            return max(1, math.ceil((1.0 - left) / self._allowance.per_second))
        if len(self._left) >= MOST_BUCKETS:
            self._forget_full(now)
        self._left[key] = (left - 1.0, now)
        return 0

    def give_back(self, key: str) -> None:
        """What was taken turned out to be a copy of something heard before."""
        if key in self._left:
            left, since = self._left[key]
            self._left[key] = (min(self._allowance.burst, left + 1.0), since)

    def _forget_full(self, now: float) -> None:
        """Whoever has been quiet long enough to have everything back needs no entry."""
        refill = self._allowance.burst / self._allowance.per_second
        self._left = {key: entry for key, entry in self._left.items() if now - entry[1] < refill}
