"""How well a reference did, shrunk to what its category usually does.

A rate seen on few impressions says little: each rate is the posterior mean of a beta
distribution whose prior is the category's own rate, worth a fixed number of observations.
A reference without figures stands exactly at its category.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# How many observations the category's rate is worth. Near the sizes at which a lift of a
# third to a half becomes visible (reference e5: about 305 impressions for the 3-second
# rate, 8,700 for clicks, far more for conversions), lower so that good evidence still moves.
PRIOR_IMPRESSIONS_3S = 300.0
PRIOR_IMPRESSIONS_CLICK = 3_000.0
PRIOR_CLICKS_CONVERSION = 600.0


@dataclass(frozen=True)
class Metrics:
    """What a platform counted for one reference. All zero: nothing is known."""

    impressions: int = 0
    plays_3s: int = 0
    clicks: int = 0
    conversions: int = 0

    def __add__(self, other: Metrics) -> Metrics:
        return Metrics(
            self.impressions + other.impressions,
            self.plays_3s + other.plays_3s,
            self.clicks + other.clicks,
            self.conversions + other.conversions,
        )

    def __sub__(self, other: Metrics) -> Metrics:
        return Metrics(
            self.impressions - other.impressions,
            self.plays_3s - other.plays_3s,
            self.clicks - other.clicks,
            self.conversions - other.conversions,
        )


@dataclass(frozen=True)
class Rates:
    """3-second plays per impression, clicks per impression, conversions per click."""

    plays_3s: float = 0.25
    clicks: float = 0.015
    conversions: float = 0.025


USUAL = Rates()


def smoothed(metrics: Metrics, prior: Rates) -> Rates:
    """The posterior means of the three rates."""
    return Rates(
        plays_3s=_mean(metrics.plays_3s, metrics.impressions, prior.plays_3s, PRIOR_IMPRESSIONS_3S),
        clicks=_mean(metrics.clicks, metrics.impressions, prior.clicks, PRIOR_IMPRESSIONS_CLICK),
        conversions=_mean(metrics.conversions, metrics.clicks, prior.conversions, PRIOR_CLICKS_CONVERSION),
    )


def _mean(hits: int, tries: int, prior: float, worth: float) -> float:
    return (min(hits, tries) + prior * worth) / (tries + worth)


def category_rates(total: Metrics) -> Rates:
    """A category's own rates from the sum of its references, itself shrunk to the usual ones."""
    return smoothed(total, USUAL)


def lift(metrics: Metrics, prior: Rates) -> float:
    """Log of how much better than its category it does, over the three rates; 0 = just as well."""
    rates = smoothed(metrics, prior)
    return (
        1.2 * math.log(rates.plays_3s / prior.plays_3s)
        + 1.0 * math.log(rates.clicks / prior.clicks)
        + 0.8 * math.log(rates.conversions / prior.conversions)
    )


def performance_score(metrics: Metrics, prior: Rates) -> float:
    """0..1, one half for a reference that does as its category does or is not known."""
    return 1 / (1 + math.exp(-lift(metrics, prior)))
