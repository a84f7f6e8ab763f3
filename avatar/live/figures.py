"""What an engine measures of itself: lateness, repeated pictures, processor time."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from avatar.live.clock import Moment


class Figures:
    """Counts in steps of a tenth of a millisecond, so that a day takes no more room than a minute.

    The first `settling` pictures count for everything but lateness.
    """

    def __init__(self, settling: int = 0) -> None:
        self._settling = settling
        self.pictures = 0
        self.repeated = 0
        self.jumps = 0
        self.jumped_ticks = 0
        self._late: Counter[int] = Counter()
        self._worst_lately = 0.0
        self._cpu = time.process_time()

    def note(self, moment: Moment) -> None:
        """One picture is made at `moment`."""
        self.pictures += 1
        self.repeated += not moment.composes
        self.jumps += moment.jump > 0
        self.jumped_ticks += moment.jump
        if self.pictures > self._settling:
            self._late[int(moment.late_seconds * 10_000)] += 1
        self._worst_lately = max(self._worst_lately, moment.late_seconds)

    def late_ms(self, share: float) -> float:
        """The lateness that `share` of all ticks do not exceed."""
        wanted, passed = share * sum(self._late.values()), 0
        for step in sorted(self._late):
            passed += self._late[step]
            if passed >= wanted:
                return step / 10
        return 0.0

    def lately(self) -> dict[str, Any]:
        """For the status of a second; the worst lateness starts anew."""
        worst, self._worst_lately = self._worst_lately, 0.0
        return {
            "late_ms": round(worst * 1000, 1),
            "repeated": self.repeated,
            "jumps": self.jumps,
            "cpu_seconds": round(time.process_time() - self._cpu, 2),
        }

    def save(self, path: Path) -> None:
        cpu = time.process_time() - self._cpu
        kept = {
            "pictures": self.pictures,
            "repeated": self.repeated,
            "jumps": self.jumps,
            "jumped_ticks": self.jumped_ticks,
            "late_ms": {"p50": self.late_ms(0.5), "p99": self.late_ms(0.99), "max": self.late_ms(1.0)},
            "cpu_ms_a_picture": round(1000 * cpu / max(1, self.pictures), 3),
        }
        path.write_text(json.dumps(kept), encoding="utf-8")
