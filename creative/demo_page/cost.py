"""What an ad cost to make on this machine, beside what the field pays. Pure."""

from __future__ import annotations

from dataclasses import dataclass

CORE_HOUR_YUAN = 0.25
"""An assumption, said on the page: about what large clouds list for one shared core hour."""

FIELD_MACHINE_YUAN = 0.47
"""What a short-video platform's presenter named for one machine-made ad (its own claim)."""

FIELD_AGENCY_YUAN = 200.0
"""What the same presenter named for one ad made by people."""


@dataclass(frozen=True)
class Cost:
    """Yuan and CPU seconds per ad."""

    cpu_seconds: float
    yuan: float


def cost_per_ad(cpu_seconds: list[float]) -> Cost:
    """The mean over the ads of a run; zero ads cost nothing."""
    mean = sum(cpu_seconds) / len(cpu_seconds) if cpu_seconds else 0.0
    yuan = mean / 3600 * CORE_HOUR_YUAN
    return Cost(mean, yuan)
