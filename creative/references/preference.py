"""What an advertiser's picks and own results say about the next row."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

HALF_LIFE_DAYS = 45.0
# So many picks weigh as much as knowing nothing: one pick nudges, five steer.
_PRIOR_PICKS = 4.0
_SHARES = {"format": 0.5, "opening": 0.3, "category": 0.2}
_CHOICES = {"format": 8, "opening": 12, "category": 10}


@dataclass(frozen=True)
class Taste:
    """One thing learned: features of a reference the advertiser picked (`weight` > 0) or of an
    ad of its own that did better or worse than its category (`weight` = lift)."""

    format: str
    category: str
    opening: str
    weight: float

    def value(self, feature: str) -> str:
        return {"format": self.format, "opening": self.opening, "category": self.category}[feature]


def opening_of(roles: str) -> str:
    """The first three roles, which make the pattern one remembers an ad by."""
    return roles[:3]


def pick_weight(picked_at: dt.datetime, now: dt.datetime) -> float:
    """What a pick is still worth: half after 45 days."""
    age_days = max(0.0, (now - picked_at).total_seconds() / 86_400)
    return 0.5 ** (age_days / HALF_LIFE_DAYS)


def preference_score(format: str, category: str, roles: str, tastes: Sequence[Taste]) -> float:
    """0..1, one half where nothing is known; per feature the evidence against an even share."""
    if not tastes:
        return 0.5
    values = {"format": format, "opening": opening_of(roles), "category": category}
    total = sum(share * _feature_score(feature, values[feature], tastes) for feature, share in _SHARES.items())
    return 1 / (1 + math.exp(-total))


def _feature_score(feature: str, value: str, tastes: Sequence[Taste]) -> float:
    """Log of the share this value takes among picks over an even share, plus results as lift."""
    even = 1 / _CHOICES[feature]
    picks = [taste for taste in tastes if taste.weight > 0]
    all_weight = sum(taste.weight for taste in picks)
    here = sum(taste.weight for taste in picks if taste.value(feature) == value)
    liked = math.log((here + even * _PRIOR_PICKS) / (all_weight + _PRIOR_PICKS) / even)
    disliked = sum(taste.weight for taste in tastes if taste.weight < 0 and taste.value(feature) == value)
    return max(-3.0, liked + disliked)
