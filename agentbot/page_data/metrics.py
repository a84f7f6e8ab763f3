"""How conversations fare, in figures and two charts, against the hold-out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.page_data import metrics_sql
from core.models import Advertiser

DAYS = 14
WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 640, 190, 34, 150, 12, 26
TOO_FEW = 30
"""Below so many conversations on either side a difference says nothing."""


@dataclass(frozen=True)
class Line:
    """One line of a chart: points as SVG wants them, and what stands at its end."""

    kind: str
    word: str
    points: str
    end_x: float
    end_y: float


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    table: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Metrics:
    """(word, figure, note) six times; the chart; both arms; drop-off with and without an ask; health."""

    figures: tuple[tuple[str, str, str], ...]
    chart: Chart
    arms: tuple[tuple[str, int, str, str], ...]
    arms_sentence: str
    drop_off: tuple[tuple[str, int, str], ...]
    health: tuple[tuple[str, str, bool], ...]
    days: int
    talks: int


def metrics_of(advertiser: Advertiser) -> Metrics:
    """The last 14 days."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=DAYS - 1)
    values = {"advertiser": advertiser.pk, "since": since, "zone": timezone.get_current_timezone_name()}
    arms = {row["arm"]: row for row in _rows(metrics_sql.FUNNEL, values)}
    drop = {row["asks_contact"]: row for row in _rows(metrics_sql.DROP_OFF, values)}
    health = _rows(metrics_sql.HEALTH, values)[0]
    talks, leads, in_time = (sum(arm[key] for arm in arms.values()) for key in ("talks", "leads", "in_time"))
    asked = drop.get(True, {"turns": 0, "silent": 0})
    return Metrics(
        figures=(
            (_("Answered within 5 minutes"), share(in_time, talks), _("of %(count)d conversations") % {"count": talks}),
            (_("Lead rate"), share(leads, talks), _("%(count)d leads") % {"count": leads}),
            (
                _("Silent after an ask"),
                share(asked["silent"], asked["turns"]),
                _("of %(count)d asks") % {"count": asked["turns"]},
            ),
            (_("Lost messages"), str(health["lost"]), _("unread for a minute")),
            (_("First words late by"), seconds(health["part_lag"]), _("95 % are faster")),
            (_("Cost per lead"), "–", _("no cost is booked yet")),
        ),
        chart=_chart(since.date(), _rows(metrics_sql.DAYS, values)),
        arms=_arms(arms),
        arms_sentence=_arms_sentence(arms),
        drop_off=_drop_off(drop),
        health=_health(health),
        days=DAYS,
        talks=talks,
    )


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def seconds(value: float | None) -> str:
    return _("%(seconds)s s") % {"seconds": f"{value:.1f}"} if value is not None else "–"


def _rows(statement: LiteralString, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _arms(arms: dict[str, dict[str, Any]]) -> tuple[tuple[str, int, str, str], ...]:
    words = {"learned": _("Learnt policy"), "rules": _("Rules (hold-out)")}
    shown = (arms[key] for key in ("learned", "rules") if key in arms)
    return tuple(
        (words[arm["arm"]], arm["talks"], share(arm["in_time"], arm["talks"]), share(arm["leads"], arm["talks"]))
        for arm in shown
    )


def _arms_sentence(arms: dict[str, dict[str, Any]]) -> str:
    """Whether the difference can be told from chance: two standard errors of the difference of two shares."""
    if "learned" not in arms:
        return _("No learnt policy decides yet; everything is by the rules.")
    ours, theirs = arms["learned"], arms.get("rules", {"talks": 0, "leads": 0})
    if min(ours["talks"], theirs["talks"]) < TOO_FEW:
        return _("Too few conversations to tell a difference: at least %(count)d on each side.") % {"count": TOO_FEW}
    p, q = ours["leads"] / ours["talks"], theirs["leads"] / theirs["talks"]
    error = (p * (1 - p) / ours["talks"] + q * (1 - q) / theirs["talks"]) ** 0.5
    if abs(p - q) < 2 * error:
        return _("The difference is too small to tell from chance.")
    return _("The learnt policy brings %(points)+.1f points of lead rate.") % {"points": 100 * (p - q)}


def _drop_off(drop: dict[bool, dict[str, Any]]) -> tuple[tuple[str, int, str], ...]:
    words = ((True, _("With an ask")), (False, _("Without")))
    return tuple(
        (text, drop[key]["turns"], share(drop[key]["silent"], drop[key]["turns"])) for key, text in words if key in drop
    )


def _health(row: dict[str, Any]) -> tuple[tuple[str, str, bool], ...]:
    """(what, figure, whether it is as it should be)."""
    return (
        (_("Messages nobody read within a minute"), str(row["lost"]), not row["lost"]),
        (_("Parts said twice"), str(row["twice"]), not row["twice"]),
        (_("Parts that may not have arrived"), str(row["unsure"]), not row["unsure"]),
        (_("Parts late, 95 of 100 by less than"), seconds(row["part_lag"]), (row["part_lag"] or 0) < 2),
        (_("Leads at the CRM, 95 of 100 within"), seconds(row["crm_lag"]), (row["crm_lag"] or 0) < 60),
        (_("Handed to a person"), str(row["handoffs"]), True),
    )


def _chart(first: dt.date, rows: list[dict[str, Any]]) -> Chart:
    """Conversations and leads a day, on a base of zero."""
    by_day = {row["day"]: row for row in rows}
    days = [first + dt.timedelta(days=index) for index in range(DAYS)]
    counts = [(by_day.get(day, {}).get("talks", 0), by_day.get(day, {}).get("leads", 0)) for day in days]
    top = _round_up(max((talks for talks, _leads in counts), default=0))
    place = [LEFT + index * (WIDE - LEFT - RIGHT) / (DAYS - 1) for index in range(DAYS)]
    lines = (
        _line("theirs", _("Conversations"), place, [talks for talks, _leads in counts], top),
        _line("ours", _("Leads"), place, [leads for _talks, leads in counts], top),
    )
    return Chart(
        lines=_apart(lines),
        grid=tuple((_height(level, top), f"{level:g}") for level in (0, top / 2, top)),
        ticks=tuple((place[at], f"{days[at]:%m-%d}") for at in (0, DAYS // 2, DAYS - 1)),
        table=tuple((f"{day:%m-%d}", *pair) for day, pair in zip(days, counts, strict=True)),
    )


def _line(kind: str, word: str, place: list[float], counts: list[int], top: float) -> Line:
    heights = [_height(count, top) for count in counts]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(place, heights, strict=True))
    return Line(kind, f"{word} {sum(counts)}", points, place[-1] + 8, heights[-1] + 4)


def _apart(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Words at the lines' ends must not stand in each other."""
    one, other = lines
    if abs(one.end_y - other.end_y) >= 16:
        return lines
    upper = min(one.end_y, other.end_y, HIGH - FOOT - 14)
    return (
        Line(one.kind, one.word, one.points, one.end_x, upper - 2),
        Line(other.kind, other.word, other.points, other.end_x, upper + 14),
    )


def _height(count: float, top: float) -> float:
    return HIGH - FOOT - (HIGH - FOOT - TOP) * count / top


def _round_up(value: float) -> float:
    for step in (4, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10_000, 20_000, 40_000, 100_000):
        if value <= step:
            return step
    return value
