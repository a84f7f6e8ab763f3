"""Shares with their uncertainty, and what may be said of a difference."""

from __future__ import annotations

from dataclasses import dataclass

TOO_FEW = 30
"""Below so many on either side a difference says nothing."""
NINETY = 1.645
"""Standard errors on either side of an interval that holds nine times in ten."""


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, counted or weighted; `error` is the standard error of its value."""

    part: float
    whole: float
    count: int
    error: float = 0.0

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        return "–" if self.value is None else f"{100 * self.value:.1f}%"


@dataclass(frozen=True)
class Difference:
    """In points of 100; `low` and `high` hold it nine times in ten."""

    points: float
    low: float
    high: float

    @property
    def is_told_from_chance(self) -> bool:
        return self.low > 0 or self.high < 0


def counted(part: int, whole: int) -> Share:
    value = part / whole if whole else 0.0
    return Share(part, whole, whole, (value * (1 - value) / whole) ** 0.5 if whole else 0.0)


def weighted(part: float, whole: float, squares_part: float, squares_whole: float, count: int) -> Share:
    """A share by inverse chances (Hájek's): every case counts as often as it would have to stand for its like."""
    if not whole:
        return Share(0.0, 0.0, count)
    value = part / whole
    spread = (1 - value) ** 2 * squares_part + value**2 * (squares_whole - squares_part)
    return Share(part, whole, count, float(spread) ** 0.5 / whole)


def difference(one: Share, other: Share) -> Difference | None:
    """`one` less `other`; None where either side is too few."""
    if min(one.count, other.count) < TOO_FEW or one.value is None or other.value is None:
        return None
    points = 100 * (one.value - other.value)
    reach = 100 * NINETY * (one.error**2 + other.error**2) ** 0.5
    return Difference(points, points - reach, points + reach)
