"""What the tables of advertisers' rows have in common."""

from __future__ import annotations

import uuid

from django.db import models

from core.tenancy.managers import AdvertiserManager


class AdvertiserRow(models.Model):
    """A row of one advertiser."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")

    objects = AdvertiserManager()

    class Meta:
        abstract = True
