"""What the library's categories usually do, read from its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Sum

from creative.references.performance import USUAL, Metrics, Rates, category_rates

_FIGURES = ("impressions", "plays_3s", "clicks", "conversions")


def figures_by_category(references: QuerySet[Any]) -> dict[str, Metrics]:
    """The sums of every category in `references`; a category without figures is not in it."""
    sums = {f"all_{figure}": Sum(figure) for figure in _FIGURES}
    rows = references.filter(impressions__gt=0).order_by().values("category").annotate(**sums)
    return {row["category"]: Metrics(*(int(row[f"all_{figure}"]) for figure in _FIGURES)) for row in rows}


def prior_for(category: str, own: Metrics, figures: Mapping[str, Metrics]) -> Rates:
    """What the category's other references do; the usual rates where there are none.

    Without leaving a reference's own figures out, the only one of its category would be
    held against itself and never stand out.
    """
    total = figures.get(category)
    return category_rates(total - own) if total else USUAL
