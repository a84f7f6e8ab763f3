"""An engine that is late for long draws every second picture only, until it is calm again. Values only.

Pictures are still 25 a second, each with its own time: the one before is encoded once more, which costs next to
nothing. x264's settings stay as they are: another preset is another stream header, and every output would begin anew.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from avatar.contracts import TICKS_A_SECOND

LATE_SECONDS = 0.04
"""Later than a picture lasts: the next one is due already."""
WINDOW_TICKS = 3 * TICKS_A_SECOND
LATE_SHARE = 0.5
CALM_SECONDS = 0.008
CALM_TICKS = 15 * TICKS_A_SECOND
LONGEST_CALM_TICKS = 240 * TICKS_A_SECOND
RELAPSE_TICKS = 60 * TICKS_A_SECOND


@dataclass(frozen=True)
class Pace:
    """A change: how many pictures of a second are drawn from now on."""

    drawn: int
    late_ms: float


class Easing:
    """`note` once a tick. Stepping down again soon after stepping up doubles the calm that is asked for next time."""

    def __init__(self) -> None:
        self.is_eased = False
        self._late: deque[bool] = deque(maxlen=WINDOW_TICKS)
        self._calm_ticks = 0
        self._wanted = CALM_TICKS
        self._since = RELAPSE_TICKS

    @property
    def drawn(self) -> int:
        """Pictures of a second that are drawn; the others repeat the one before."""
        return TICKS_A_SECOND // 2 if self.is_eased else TICKS_A_SECOND

    def note(self, late_seconds: float) -> Pace | None:
        """One tick that began so late; the change, if there is one."""
        self._late.append(late_seconds > LATE_SECONDS)
        self._since += 1
        self._calm_ticks = self._calm_ticks + 1 if late_seconds <= CALM_SECONDS else 0
        if not self.is_eased and len(self._late) == WINDOW_TICKS and sum(self._late) >= LATE_SHARE * WINDOW_TICKS:
            return self._change(True, late_seconds)
        if self.is_eased and self._calm_ticks >= self._wanted:
            return self._change(False, late_seconds)
        return None

    def draws(self, tick: int) -> bool:
        """Whether the picture of `tick` is drawn."""
        return not self.is_eased or tick % 2 == 0

    def _change(self, is_eased: bool, late_seconds: float) -> Pace:
        if is_eased:
            self._wanted = min(2 * self._wanted, LONGEST_CALM_TICKS) if self._since < RELAPSE_TICKS else CALM_TICKS
        self.is_eased, self._since, self._calm_ticks = is_eased, 0, 0
        self._late.clear()
        return Pace(self.drawn, round(late_seconds * 1000, 1))
