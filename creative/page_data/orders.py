"""The order dialog: what may be ordered, and what the material would carry."""

from __future__ import annotations

from dataclasses import dataclass

from core.contracts import dump
from creative.bulk.contracts import Capacity, Policy
from creative.contracts import Transition
from creative.page_data.bulk_side import More, more_of
from creative.services.bulk.job import BULK_FROM
from creative.services.bulk.ordering import MOST_ADS

__all__ = ["BULK_FROM", "MOST_ADS", "POLICIES", "SHAPES", "TRANSITIONS", "USUAL_ADS", "Estimate", "estimate"]

SHAPES = ("1080x1920", "1080x1080", "1920x1080")
POLICIES: tuple[Policy, ...] = ("strict", "hook", "off")
TRANSITIONS: tuple[Transition, ...] = ("cut", "flash", "whip", "dip", "wipe")
"""Those that let ads share segments: what is chosen for six holds for a thousand of the same brief."""

USUAL_ADS = 6


@dataclass(frozen=True)
class Estimate:
    """What an order would come to: `made` of `asked` ads, of which `distinct` no two are alike."""

    asked: int
    clips: int
    distinct: int
    policy: Policy
    more: tuple[More, ...]

    @property
    def is_short(self) -> bool:
        """Fewer will be made than were asked for."""
        return self.policy == "strict" and self.asked > self.distinct

    @property
    def is_alike(self) -> bool:
        """All will be made, but some will look alike."""
        return self.policy != "strict" and self.asked > self.distinct


def estimate(carries: Capacity, asked: int, policy: Policy) -> Estimate:
    """The estimate in page words."""
    return Estimate(asked, carries.clips, carries.ads, policy, more_of([dump(each) for each in carries.advice]))
