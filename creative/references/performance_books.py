"""What the library's categories usually do, read from its figures."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum

from creative.references.performance import USUAL, Metrics, Rates, category_rates

_FIGURES = ("impressions", "plays_3s", "clicks", "conversions")


def rates_by_category(references: QuerySet[Any]) -> dict[str, Rates]:
    """The rates of every category in `references`; a category without figures is not in it."""
    sums = {figure: Sum(figure) for figure in _FIGURES}
    rows = (
        references.filter(impressions__gt=0)
        .order_by()
        .values("category")
        .annotate(**{f"all_{key}": value for key, value in sums.items()})
    )
    return {
        row["category"]: category_rates(Metrics(*(int(row[f"all_{figure}"] or 0) for figure in _FIGURES)))
        for row in rows
    }


def prior_for(category: str, rates: dict[str, Rates]) -> Rates:
    """A category's rates, or the usual ones."""
    return rates.get(category, USUAL)
