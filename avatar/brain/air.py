"""How much of the air answers have taken so far, as the brain can know it."""

from __future__ import annotations

from avatar.contracts import SAMPLE_RATE

SPARE_SHARE, SPARE_FROM = 0.2, 60.0
"""Answers get two fifths of the air; greetings, thanks and owning up only while answers took half of that. The first
minute counts as a whole one."""


class AirSpent:
    """Samples of answers by cluster: a new version of one replaces it, one that was let go of takes nothing."""

    def __init__(self) -> None:
        self._open: dict[int, int] = {}
        self._aired = 0

    def spend(self, cluster: int, samples: int) -> None:
        self._open[cluster] = samples

    def let_go(self, cluster: int) -> None:
        self._open.pop(cluster, None)

    def settle(self, cluster: int) -> None:
        """What was not let go of counts as said."""
        self._aired += self._open.pop(cluster, 0)

    def open(self) -> tuple[int, ...]:
        return tuple(self._open)

    def has_spare(self, at: float) -> bool:
        """Whether there is air for pleasantries at media second `at`."""
        return (self._aired + sum(self._open.values())) / SAMPLE_RATE <= SPARE_SHARE * max(at, SPARE_FROM)
