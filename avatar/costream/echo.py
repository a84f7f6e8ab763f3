"""Our own voice coming back from a guest's loudspeaker, told from the guest's by what we know was played.

The browser cancels echo first. What is left of it is found here by levels, 20 ms at a time: how late it comes, from
the likeness of both tracks' ups and downs, and how loud, from the quietest difference while both are up. Sound that
such an echo explains is turned down and starts no turn: half duplex where there is echo, full duplex where there is
none. A filter that subtracts the wave itself would need the delay to the sample, and phones change it as they like.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HISTORY_FRAMES = 400
LATEST_FRAMES = 50
"""Eight seconds are compared, over delays up to one."""

LOOK_EVERY = 50
LEAST_LIKENESS = 0.6
LOUD_DB = -50.0
MARGIN_DB = 6.0
"""A guest who speaks over the echo is louder than it by this."""
TURNED_DOWN = 10 ** (-24 / 20)
SILENT_DB = -100.0


@dataclass(frozen=True)
class Path:
    """How the programme comes back: `delay` in frames of 20 ms, `gain_db` from what was played to what is heard."""

    delay: int
    gain_db: float


class EchoWatch:
    """`judge` for every 20 ms of both tracks, levels in dB of full scale."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self._played: deque[float] = deque([SILENT_DB] * HISTORY_FRAMES, maxlen=HISTORY_FRAMES)
        self._heard: deque[float] = deque([SILENT_DB] * HISTORY_FRAMES, maxlen=HISTORY_FRAMES)
        self._until_look = HISTORY_FRAMES // 2

    def judge(self, played_db: float, heard_db: float) -> bool:
        """Whether what is heard now is no more than the echo of what was played."""
        self._played.append(played_db)
        self._heard.append(heard_db)
        self._until_look -= 1
        if self._until_look <= 0:
            self._until_look = LOOK_EVERY
            self.path = find_path(np.array(self._played), np.array(self._heard))
        if self.path is None:
            return False
        around = [self._played[-1 - each] for each in self._near(self.path.delay)]
        expected = max(around) + self.path.gain_db
        return bool(max(around) > LOUD_DB and heard_db < expected + MARGIN_DB)

    def _near(self, delay: int) -> range:
        """The echo's tail lies after its delay, its edge a frame before."""
        return range(max(0, delay - 1), min(HISTORY_FRAMES - 1, delay + 6))


def find_path(played: NDArray[np.float64], heard: NDArray[np.float64]) -> Path | None:
    """The delay at which the two tracks are most alike, and the gain there; None where they are not alike."""
    best, likeness = 0, 0.0
    ups = np.maximum(played, LOUD_DB - 20)
    for delay in range(LATEST_FRAMES):
        a, b = ups[: len(ups) - delay], np.maximum(heard[delay:], LOUD_DB - 40)
        alike = _likeness(a, b)
        if alike > likeness:
            best, likeness = delay, alike
    if likeness < LEAST_LIKENESS:
        return None
    a, b = played[: len(played) - best], heard[best:]
    loud = a > LOUD_DB
    return Path(best, float(np.median(b[loud] - a[loud]))) if loud.sum() >= LOOK_EVERY else None


def _likeness(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Correlation, 0 where a track does not change."""
    x, y = a - a.mean(), b - b.mean()
    size = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / size if size > 1e-6 else 0.0
