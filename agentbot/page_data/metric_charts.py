"""The results page's charts as plain geometry; the template draws them as SVG in the tokens' colours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agentbot.page_data.metric_shares import Difference

WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 640, 190, 34, 150, 12, 26
ROW, HEAD, ZERO_FROM, ZERO_TO = 34, 10, 210, 520
"""Of the chart of differences: a row's height, the room above, and where its axis begins and ends."""
REACHES = (1, 2, 5, 10, 20, 30, 50, 75, 100)
WORDS_APART = 20
"""Room for the larger letters of a phone."""


@dataclass(frozen=True)
class Line:
    """One line of a chart: points as SVG wants them, and what stands at its end."""

    kind: str
    word: str
    points: str
    end_x: float
    end_y: float


@dataclass(frozen=True)
class DayChart:
    """Conversations and leads a day, on a base of zero; `table` is (day, conversations, leads)."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    table: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Dot:
    """One metric's difference: a dot in its interval, and whether it can be told from chance."""

    word: str
    y: float
    x: float
    low_x: float
    high_x: float
    text: str
    is_sure: bool


@dataclass(frozen=True)
class DotChart:
    dots: tuple[Dot, ...]
    high: int
    zero_x: float
    ticks: tuple[tuple[float, str], ...]


def day_chart(first: dt.date, days: int, counts: Mapping[dt.date, tuple[int, int]]) -> DayChart:
    """`counts` of (conversations, leads) by day; a day that is missing had none."""
    dates = [first + dt.timedelta(days=index) for index in range(days)]
    pairs = [counts.get(day, (0, 0)) for day in dates]
    top = _round_up(max((talks for talks, _leads in pairs), default=0))
    place = [LEFT + index * (WIDE - LEFT - RIGHT) / (days - 1) for index in range(days)]
    lines = (
        _line("theirs", _("Conversations"), place, [talks for talks, _leads in pairs], top),
        _line("ours", _("Leads"), place, [leads for _talks, leads in pairs], top),
    )
    return DayChart(
        lines=_apart(lines),
        grid=tuple((_height(level, top), f"{level:g}") for level in (0, top / 2, top)),
        ticks=tuple((place[at], f"{dates[at]:%m-%d}") for at in (0, days // 2, days - 1)),
        table=tuple((f"{day:%m-%d}", *pair) for day, pair in zip(dates, pairs, strict=True)),
    )


def dot_chart(rows: Sequence[tuple[str, Difference | None]]) -> DotChart | None:
    """Differences in points round a line at zero; None where none can be told."""
    known = [(word, each) for word, each in rows if each is not None]
    if not known:
        return None
    widest = max(max(abs(each.low), abs(each.high)) for _word, each in known)
    reach = next((step for step in REACHES if widest <= step), widest)
    zero = (ZERO_FROM + ZERO_TO) / 2
    scale = (ZERO_TO - ZERO_FROM) / 2 / reach
    dots = tuple(
        Dot(
            word=word,
            y=HEAD + ROW * (at + 0.5),
            x=zero + each.points * scale,
            low_x=zero + each.low * scale,
            high_x=zero + each.high * scale,
            text=_("%(points)s points") % {"points": f"{each.points:+.1f}"},
            is_sure=each.is_told_from_chance,
        )
        for at, (word, each) in enumerate(known)
    )
    ticks = tuple((zero + level * scale, f"{level:+g}" if level else "0") for level in (-reach, 0, reach))
    return DotChart(dots, HEAD + ROW * len(known) + FOOT, zero, ticks)


def _line(kind: str, word: str, place: list[float], counts: list[int], top: float) -> Line:
    heights = [_height(count, top) for count in counts]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(place, heights, strict=True))
    return Line(kind, f"{word} {sum(counts)}", points, place[-1] + 8, heights[-1] + 4)


def _apart(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Words at the lines' ends must not stand in each other."""
    one, other = lines
    if abs(one.end_y - other.end_y) >= WORDS_APART:
        return lines
    upper = min(one.end_y, other.end_y, HIGH - FOOT - 14)
    return (
        Line(one.kind, one.word, one.points, one.end_x, upper - 4),
        Line(other.kind, other.word, other.points, other.end_x, upper - 4 + WORDS_APART),
    )


def _height(count: float, top: float) -> float:
    return HIGH - FOOT - (HIGH - FOOT - TOP) * count / top


def _round_up(value: float) -> float:
    steps = (4, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10_000, 20_000, 40_000, 100_000)
    return next((step for step in steps if value <= step), value)
