"""How conversations fare, in figures and charts, each against the hold-out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from agentbot.models import HostingRules
from agentbot.page_data import metrics_sql
from agentbot.page_data.metric_charts import DayChart, DotChart, day_chart, dot_chart
from agentbot.page_data.metric_shares import TOO_FEW, Difference, Share, counted, difference, weighted
from core.models import Advertiser
from core.profiles import WHOLE_UNITS

DAYS = 14
ARMS = ("learned", "rules")
MOST_PART_LAG, MOST_CRM_LAG = 2.0, 60.0
"""Seconds within which 95 of 100 have to leave."""


@dataclass(frozen=True)
class Cost:
    """What conversations cost and brought; `minor` in the advertiser's currency."""

    leads: int
    messages: int
    tokens: int
    person_seconds: float
    minor: float


@dataclass(frozen=True)
class Arm:
    """One side of the comparison."""

    reply: Share
    lead: Share
    silent: Share
    cost: Cost


@dataclass(frozen=True)
class Metrics:
    """(word, figure, note) six times; the charts; rows (metric, learnt, rules); drop-off rows (turn, turns, silent,
    weighted); health (what, figure, whether it is as it should be)."""

    figures: tuple[tuple[str, str, str], ...]
    chart: DayChart
    dots: DotChart | None
    arms: tuple[tuple[str, str, str], ...]
    arms_sentence: str
    drop_off: tuple[tuple[str, int, str, str], ...]
    drop_off_sentence: str
    health: tuple[tuple[str, str, bool], ...]
    cost_rows: tuple[tuple[str, str], ...]
    has_prices: bool
    days: int
    talks: int
    entries: int


def metrics_of(advertiser: Advertiser) -> Metrics:
    """The last 14 days."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=DAYS - 1)
    values = {"advertiser": advertiser.pk, "since": since, "zone": timezone.get_current_timezone_name()}
    rules = HostingRules.objects.filter(advertiser=advertiser).first() or HostingRules(advertiser=advertiser)
    values["began"] = _rows(metrics_sql.BEGAN, values)[0]["began"] or since
    asks = _rows(metrics_sql.ASK, values)
    tables = _Tables(
        _rows(metrics_sql.REPLY, values), _rows(metrics_sql.LEAD, values), asks, _rows(metrics_sql.COST, values)
    )
    arms = {arm: tables.of(arm) for arm in ARMS if any(row["arm"] == arm and row["is_compared"] for row in tables.lead)}
    opening = counted(*_pair(_rows(metrics_sql.OPENING, values)[0]))
    days = {row["day"]: (row["talks"], row["leads"]) for row in _rows(metrics_sql.DAYS, values)}
    loss = {row["kind"]: row["whole"] for row in _rows(metrics_sql.LOSS, values)}
    lag = {row["kind"]: row["seconds"] for row in _rows(metrics_sql.LAG, values)}
    handoffs = _rows(metrics_sql.HANDOFFS, values)[0]["whole"]
    whole = tables.of(None)
    drop = {asked: _silence(asks, asked) for asked in (True, False)}
    fall = difference(drop[True], drop[False])
    return Metrics(
        figures=_figures(whole, opening, fall, sum(loss.values()), rules),
        chart=day_chart(since.date(), DAYS, days),
        dots=dot_chart(_differences(arms)),
        arms=_comparison(arms, rules),
        arms_sentence=_arms_sentence(arms),
        drop_off=_drop_off(asks, drop),
        drop_off_sentence=_drop_off_sentence(drop, fall),
        health=_health(loss, lag, handoffs),
        cost_rows=_cost_rows(whole.cost, rules),
        has_prices=_has_prices(rules),
        days=DAYS,
        talks=whole.lead.count,
        entries=opening.count,
    )


def seconds(value: float | None) -> str:
    return _("%(seconds)s s") % {"seconds": f"{value:.1f}"} if value is not None else "–"


def money(minor: float, currency: str) -> str:
    """1,234.50 CNY."""
    return f"{minor:,.0f} {currency}" if currency in WHOLE_UNITS else f"{minor / 100:,.2f} {currency}"


def _rows(statement: LiteralString, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _pair(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["part"], row["whole"]


@dataclass(frozen=True)
class _Tables:
    """What the statements told, a row an arm and whether it is compared."""

    reply: list[dict[str, Any]]
    lead: list[dict[str, Any]]
    asks: list[dict[str, Any]]
    cost: list[dict[str, Any]]

    def of(self, arm: str | None) -> Arm:
        """One arm where it is compared; None for everything there is."""

        def chosen(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [row for row in rows if arm is None or (row["arm"] == arm and row["is_compared"])]

        return Arm(
            reply=_share(chosen(self.reply)),
            lead=_share(chosen(self.lead)),
            silent=_share([row for row in chosen(self.asks) if row["asks"]]),
            cost=_cost(chosen(self.cost)),
        )


def _share(rows: list[dict[str, Any]]) -> Share:
    return counted(sum(row["part"] for row in rows), sum(row["whole"] for row in rows))


def _cost(rows: list[dict[str, Any]]) -> Cost:
    leads, messages, tokens = (sum(row[name] for row in rows) for name in ("leads", "messages", "tokens"))
    person_seconds, minor = (float(sum(row[name] for row in rows)) for name in ("person_seconds", "cost_minor"))
    return Cost(leads, messages, tokens, person_seconds, minor)


def _silence(asks: list[dict[str, Any]], asked: bool) -> Share:
    """Silence after a turn with or without an ask, as it would be if the turns were alike."""
    rows = [row for row in asks if row["asks"] is asked]
    part, whole, squares_part, squares_whole = (
        float(sum(row[name] for row in rows)) for name in ("weight_silent", "weight", "squares_silent", "squares")
    )
    return weighted(part, whole, squares_part, squares_whole, sum(row["whole"] for row in rows))


def _figures(
    whole: Arm, opening: Share, fall: Difference | None, lost: int, rules: HostingRules
) -> tuple[tuple[str, str, str], ...]:
    return (
        (
            _("Answered within 5 minutes"),
            whole.reply.percent,
            _("of %(count)d conversations") % {"count": whole.reply.count},
        ),
        (_("Opening rate"), opening.percent, _("of %(count)d who opened the chat") % {"count": opening.count}),
        (_("Lead rate"), whole.lead.percent, _("%(count)d leads") % {"count": whole.lead.part}),
        (_("An ask costs"), _points(fall), _ask_note(fall)),
        (_("Lost or doubled"), str(lost), _("is to be none")),
        (_("Cost per lead"), _cost_per_lead(whole.cost, rules), _what_cost_holds(rules)),
    )


def _ask_note(fall: Difference | None) -> str:
    if fall is not None and not fall.is_told_from_chance:
        return _("too little to tell from chance")
    return _("more silent visitors than without")


def _points(fall: Difference | None) -> str:
    return "–" if fall is None else _("%(points)s points") % {"points": f"{fall.points:+.1f}"}


def _cost_per_lead(cost: Cost, rules: HostingRules) -> str:
    if not cost.leads or not _has_prices(rules):
        return "–"
    return money(cost.minor / cost.leads, rules.currency)


def _has_prices(rules: HostingRules) -> bool:
    return bool(rules.message_cost_minor or rules.model_cost_minor or rules.person_cost_minor)


def _what_cost_holds(rules: HostingRules) -> str:
    held = [
        (rules.message_cost_minor, _("messages")),
        (rules.model_cost_minor, _("model tokens")),
        (rules.person_cost_minor, _("people's time")),
    ]
    words = [word for price, word in held if price]
    return _("holds %(what)s") % {"what": _(", ").join(words)} if words else _("no prices are set yet")


def _cost_rows(cost: Cost, rules: HostingRules) -> tuple[tuple[str, str], ...]:
    """What was used, priced or not."""
    return (
        (_("Messages sent"), f"{cost.messages:,}"),
        (_("Model tokens"), f"{cost.tokens:,}"),
        (_("Minutes of people"), f"{cost.person_seconds / 60:,.0f}"),
        (_("Together"), money(cost.minor, rules.currency) if _has_prices(rules) else "–"),
    )


def _comparison(arms: Mapping[str, Arm], rules: HostingRules) -> tuple[tuple[str, str, str], ...]:
    """(metric, learnt policy, rules); a dash where a side has nothing."""

    def row(word: str, show: Any) -> tuple[str, str, str]:
        learned, held = (show(arms[arm]) if arm in arms else "–" for arm in ARMS)
        return word, learned, held

    return (
        row(_("Conversations"), lambda arm: str(arm.lead.count)),
        row(_("Answered within 5 minutes"), lambda arm: arm.reply.percent),
        row(_("Lead rate"), lambda arm: arm.lead.percent),
        row(_("Silent after an ask"), lambda arm: arm.silent.percent),
        row(_("Cost per lead"), lambda arm: _cost_per_lead(arm.cost, rules)),
    )


def _differences(arms: Mapping[str, Arm]) -> list[tuple[str, Difference | None]]:
    if len(arms) < len(ARMS):
        return []
    ours, theirs = (arms[arm] for arm in ARMS)
    return [
        (_("Answered within 5 minutes"), difference(ours.reply, theirs.reply)),
        (_("Lead rate"), difference(ours.lead, theirs.lead)),
        (_("Silent after an ask"), difference(ours.silent, theirs.silent)),
    ]


def _arms_sentence(arms: Mapping[str, Arm]) -> str:
    if "learned" not in arms:
        return _("No learnt policy decides yet; everything is by the rules.")
    found = difference(arms["learned"].lead, arms["rules"].lead) if "rules" in arms else None
    if found is None:
        return _("Too few conversations to tell a difference: at least %(count)d on each side.") % {"count": TOO_FEW}
    if not found.is_told_from_chance:
        return _("The difference in lead rate is too small to tell from chance.")
    return _("The learnt policy brings %(points)s points of lead rate.") % {"points": f"{found.points:+.1f}"}


def _drop_off(asks: list[dict[str, Any]], drop: Mapping[bool, Share]) -> tuple[tuple[str, int, str, str], ...]:
    words = ((True, _("With an ask")), (False, _("Without")))
    plain = {asked: _share([row for row in asks if row["asks"] is asked]) for asked in (True, False)}
    return tuple(
        (word, plain[asked].count, plain[asked].percent, drop[asked].percent)
        for asked, word in words
        if plain[asked].count
    )


def _drop_off_sentence(drop: Mapping[bool, Share], fall: Difference | None) -> str:
    if not (drop[True].count or drop[False].count):
        return ""
    if fall is None:
        return _("Too few turns to tell what an ask costs: at least %(count)d with and without.") % {"count": TOO_FEW}
    if not fall.is_told_from_chance:
        return _("What an ask costs is too little to tell from chance.")
    values = {"points": f"{fall.points:+.1f}", "low": f"{fall.low:+.1f}", "high": f"{fall.high:+.1f}"}
    return _("Of 100 visitors an ask changes %(points)s to silence (nine times in ten %(low)s to %(high)s).") % values


def _health(loss: Mapping[str, int], lag: Mapping[str, float], handoffs: int) -> tuple[tuple[str, str, bool], ...]:
    """(what, figure, whether it is as it should be)."""
    counts = (
        (_("Messages nobody read within a minute"), loss.get("unread", 0)),
        (_("Parts said twice"), loss.get("twice", 0)),
        (_("Parts that may not have arrived"), loss.get("unsure", 0)),
        (_("Leads no CRM took"), loss.get("undelivered", 0)),
    )
    part, crm = lag.get("part"), lag.get("crm")
    return (
        *((word, str(count), not count) for word, count in counts),
        (_("Parts late, 95 of 100 by less than"), seconds(part), (part or 0) < MOST_PART_LAG),
        (_("Leads at the CRM, 95 of 100 within"), seconds(crm), (crm or 0) < MOST_CRM_LAG),
        (_("Handed to a person"), str(handoffs), True),
    )
