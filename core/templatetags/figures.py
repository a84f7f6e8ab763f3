"""Numbers on pages: seconds, frames, sizes, shares, and digits as classes for bars and strips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


def digits(number: float) -> str:
    """CSS classes that hand `number` (0..9999, rounded) to the stylesheet as --n."""
    whole = max(0, min(9999, round(number)))
    places = f"{whole:04d}"
    return "n " + " ".join(f"n{3 - index}-{digit}" for index, digit in enumerate(places))


@register.simple_tag
def num(number: float | None) -> str:
    """`number` as classes, for `grow`."""
    return digits(number or 0)


@register.simple_tag
def share(part: float | None, whole: float | None) -> str:
    """`part` of `whole` in per mille as classes, for `wide` and `at`; nothing of nothing is 0."""
    return digits(1000 * (part or 0) / whole) if whole else digits(0)


@register.filter
def seconds(value: float | None) -> str:
    """Seconds with one decimal: 3.1."""
    return f"{float(value or 0):.1f}"


@register.filter
def spelled_seconds(value: float | None) -> str:
    """Seconds with their unit in the reader's language: 3.1 s."""
    return _("%(seconds)s s") % {"seconds": seconds(value)}


@register.filter
def timecode(seconds_value: float | None) -> str:
    """Seconds as m:ss.t: 0:04.2."""
    tenths = round(float(seconds_value or 0) * 10)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


@register.filter
def short_timecode(seconds_value: float | None) -> str:
    """Whole seconds as mm:ss: 00:09."""
    whole = int(float(seconds_value or 0))
    return f"{whole // 60:02d}:{whole % 60:02d}"


@register.filter
def size(size_bytes: float | None) -> str:
    """Bytes in the unit people use: 8.1 MB."""
    value = float(size_bytes or 0)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit in ("B", "kB") else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.2f} GB"


@register.filter
def whole(value: float | None) -> str:
    """A count with commas: 100,000."""
    return f"{int(value or 0):,}"


@register.filter
def clock(moment: dt.datetime | None) -> str:
    """The time of day in the reader's zone: 14:06:11."""
    return timezone.localtime(moment).strftime("%H:%M:%S") if moment else ""


@register.filter
def day(moment: dt.datetime | None) -> str:
    """Day and minute: 11-22 14:06."""
    return timezone.localtime(moment).strftime("%m-%d %H:%M") if moment else ""


@register.filter
def percent(part: float | None, decimals: int = 0) -> str:
    """A share of 1 as a percentage: 0.061 → 6%."""
    return f"{100 * (part or 0):.{decimals}f}%"


@register.filter
def duration(seconds_value: float | None) -> str:
    """How long something still takes, in words."""
    whole = round(float(seconds_value or 0))
    if whole < 90:
        return ngettext("%(count)d s", "%(count)d s", whole) % {"count": whole}
    minutes = round(whole / 60)
    return _("%(count)d min") % {"count": minutes}


@register.filter
def total(values: Iterable[Any]) -> float:
    """The sum of numbers."""
    return sum(values)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.filter
def hundredths(seconds_value: float | None) -> float:
    """Seconds as hundredths, the unit of `num` for widths in proportion to time."""
    return float(seconds_value or 0) * 100
