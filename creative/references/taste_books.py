"""An advertiser's picks and own results, read from the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from core.models import Advertiser
from creative.models import Pick, Reference
from creative.references.performance import Metrics, lift
from creative.references.performance_books import prior_for
from creative.references.preference import Taste, opening_of, pick_weight

_PICKS_READ = 200
_OWN_ADS_READ = 200
_MOST_LIFT = 1.5


def tastes_of(advertiser: Advertiser, now: dt.datetime, by_category: Mapping[str, Metrics]) -> list[Taste]:
    """What its picks (made by a person) and the figures of its own ads say."""
    return [*_from_picks(advertiser, now), *_from_results(advertiser, by_category)]


def _from_picks(advertiser: Advertiser, now: dt.datetime) -> list[Taste]:
    picks = Pick.objects.for_advertiser(advertiser).filter(by_person=True).order_by("-picked_at")
    fields = ("reference__format", "reference__category", "reference__roles", "picked_at")
    return [
        Taste(format, category, opening_of(roles), pick_weight(picked_at, now))
        for format, category, roles, picked_at in picks.values_list(*fields)[:_PICKS_READ]
    ]


def _from_results(advertiser: Advertiser, by_category: Mapping[str, Metrics]) -> list[Taste]:
    """Ads of its own in the library count by how far they are from their category, both ways."""
    own = Reference.objects.for_advertiser(advertiser).filter(state=Reference.State.READY, impressions__gt=0)
    fields = ("format", "category", "roles", "impressions", "plays_3s", "clicks", "conversions")
    tastes = []
    for format, category, roles, *figures in own.order_by("-created_at").values_list(*fields)[:_OWN_ADS_READ]:
        own_figures = Metrics(*figures)
        worth = lift(own_figures, prior_for(category, own_figures, by_category))
        tastes.append(Taste(format, category, opening_of(roles), max(-_MOST_LIFT, min(_MOST_LIFT, worth))))
    return tastes
