"""What a half hour on air costs: computing time and traffic at list prices; an estimate, and said to be one."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

HALF_HOUR_SECONDS = 1800.0
GIGABYTE = 1e9


@dataclass(frozen=True)
class HalfHour:
    """Minor units of CNY; `lowest` and `highest` are what hosted rooms are offered at, 0 where nobody said."""

    minor: float
    lowest: int
    highest: int


def half_hour(cpu_seconds: float, bytes_sent: float, media_seconds: float) -> HalfHour | None:
    """From what the broadcast used so far; None before there is enough to say."""
    if media_seconds < 5.0 or cpu_seconds <= 0.0:
        return None
    per_second = cpu_seconds / 3600 * settings.LIVE_CORE_HOUR_FEN + bytes_sent / GIGABYTE * settings.LIVE_GIGABYTE_FEN
    cost = per_second / media_seconds * HALF_HOUR_SECONDS
    return HalfHour(cost, settings.LIVE_OFFERED_LOWEST_FEN, settings.LIVE_OFFERED_HIGHEST_FEN)
