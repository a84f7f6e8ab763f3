"""The one way to an advertiser's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from core.models import Advertiser


class AdvertiserQuerySet(models.QuerySet[Any]):
    """Rows that belong to an advertiser through a field called `advertiser`."""

    def for_advertiser(self, advertiser: Advertiser) -> Self:
        """Only the rows of `advertiser`."""
        return self.filter(advertiser=advertiser)


AdvertiserManager = models.Manager.from_queryset(AdvertiserQuerySet)
