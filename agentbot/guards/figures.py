"""The figures of a text in a form in which two ways of writing one are equal: 12.98万 and 129,800 元, 三成 and 30%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.claims import Number, find_numbers
from core.claims.flat import fold
from core.contracts import Language

_WAN = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s?[wW](?![a-zA-Z])")
_WAN_TAIL = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[一二三四五六七八九十百两]+)\s?万\s?(?P<tail>[1-9一二三四五六七八九])(?=$|[^\d.,千百十零个年月天成折%台万元块]|元|块)"
)
_ZERO = re.compile(r"[零0](?=首付|利息|息|手续费|月租|定金|押金|费用)")
_ONE_COIN = re.compile(r"\b(?:a|one|single) (?:single )?(?P<coin>dollar|buck|pound|quid|euro|cent|penny|grand)\b")
_DATE_TAIL = re.compile(r"(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?=\s?(?:日|号|前|止|截止|结束|之前))")
_EN_DATE = re.compile(
    r"\b(?P<m1>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? (?P<d1>\d{1,2})(?:st|nd|rd|th)?\b(?!:)"
    r"|\b(?P<d2>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<m2>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AFTERNOON = re.compile(r"(?:下午|晚上?|傍晚)\s?$")
_PERIOD = re.compile(
    r"^\s?(?:元|块钱?|美元|人民币|yuan|dollars?|usd|rmb)?\s?(?:[/每]\s?|per |a |an |each |every )(?:个|one )?(?P<unit>月|年|天|日|周|小时|期|month|mo\b|year|yr|week|day|hour|hr)"
)
_PERIOD_BEFORE = re.compile(
    r"(?:(?P<unit>月|年)(?:供|付|租|费|还)|每个?(?P<each>月|年|天|周|期)|(?P<en>month|week|year)ly)[^,。;!?]{0,8}$"
)
_PERIODS = {"月": "month", "mo": "month", "期": "month", "年": "year", "yr": "year", "天": "day", "日": "day", "周": "week",
            "小时": "hour", "hr": "hour"}  # fmt: skip
_DURATION_MONTHS = {"year": 12, "month": 1}


@dataclass(frozen=True)
class Figure:
    """One figure. `kind` is money, percent, discount, time, date, clock, count, measure or other.

    Discounts are in percent off, shares of ten in percent, years in months, clocks in hours × 100 of the
    day. `unit` is what is counted; `period` (month, year …) what a money amount is paid per.
    """

    text: str
    value: Decimal
    kind: str
    unit: str
    start: int
    end: int
    currency: str = ""
    period: str = ""


@lru_cache(maxsize=4096)
def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """All figures of `text`, in order; a stretch that a particular form explains is not read twice."""
    flat = fold(text).text
    particular = list(_particular(flat))
    taken = [(each.start, each.end) for each in particular]
    plain = (_figure(number, flat) for number in find_numbers(flat, language))
    rest = [each for each in plain if all(each.end <= start or each.start >= end for start, end in taken)]
    return tuple(sorted([*particular, *rest], key=lambda each: each.start))


def _particular(flat: str) -> Iterator[Figure]:
    for match in _WAN.finditer(flat):
        yield _count(flat, match.start(), match.end(), Decimal(match["n"]) * 10_000)
    for match in _WAN_TAIL.finditer(flat):
        whole = find_numbers(match["n"] + "万", "zh-CN")
        tail = find_numbers(match["tail"] + "千", "zh-CN")
        if whole and tail:
            yield _count(flat, match.start(), match.end(), whole[0].value + tail[0].value)
    for match in _ZERO.finditer(flat):
        yield Figure(match.group(), Decimal(0), "money", "", match.start(), match.end())
    for match in _ONE_COIN.finditer(flat):
        worth = {"cent": "0.01", "penny": "0.01", "grand": "1000"}.get(match["coin"], "1")
        yield Figure(match.group(), Decimal(worth), "money", "", match.start(), match.end())
    for match in _DATE_TAIL.finditer(flat):
        yield _date(match, int(match["month"]), int(match["day"]))
    for match in _EN_DATE.finditer(flat):
        month = _MONTHS.index((match["m1"] or match["m2"])[:3]) + 1
        yield _date(match, month, int(match["d1"] or match["d2"]))


def _count(flat: str, start: int, end: int, value: Decimal) -> Figure:
    return Figure(flat[start:end], value, "count", "", start, end, period=_period(flat, start, end))


def _date(match: re.Match[str], month: int, day: int) -> Figure:
    return Figure(match.group(), Decimal(month * 100 + day), "date", "", match.start(), match.end())


def _figure(number: Number, flat: str) -> Figure:
    start, end = number.span.start, number.span.end
    kind, value, unit = _normal(number, flat)
    period = _period(flat, start, end) if kind in ("money", "count") else ""
    return Figure(number.text, value, kind, unit, start, end, number.currency, period)


def _normal(number: Number, flat: str) -> tuple[str, Decimal, str]:
    value, unit = number.value, number.unit
    if number.kind == "discount":
        return "discount", (10 - value) * 10 if unit == "折" else value, ""
    if number.kind == "percent":
        is_off = re.match(r"\s?(?:的?(?:优惠|折扣|让利)|off|discount)", flat[number.span.end :])
        return ("discount" if is_off else "percent"), value, ""
    if unit == "tenths":
        return "percent", value * 10, ""
    if number.kind == "duration":
        months = _DURATION_MONTHS.get(unit)
        return ("time", value * months, "month") if months else ("time", value, unit)
    if number.kind == "date":
        return "date", value % 10_000, ""
    if number.kind == "clock":
        return "clock", _on_the_day(number, flat), ""
    if number.kind in ("count", "share"):
        if re.match(r"\s?期", flat[number.span.end :]):
            return "time", value, "month"
        return "count", value, unit or number.noun
    return number.kind, value, unit


def _on_the_day(number: Number, flat: str) -> Decimal:
    is_late = _AFTERNOON.search(flat[: number.span.start]) or re.search(
        r"p\.?m", number.text.lower() + flat[number.span.end :][:4]
    )
    return number.value + 1200 if is_late and number.value < 1200 else number.value


def _period(flat: str, start: int, end: int) -> str:
    after = _PERIOD.match(flat[end:]) or _PERIOD.match(flat[max(start, end - 1) :])
    before = _PERIOD_BEFORE.search(flat[:start])
    written = after["unit"] if after else (before["unit"] or before["each"] or before["en"]) if before else ""
    return _PERIODS.get(written.strip(), written.strip())
