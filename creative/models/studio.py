"""Pictures and clips a member asked a model for."""

from __future__ import annotations

import uuid

from django.db import models

from core.tenancy.managers import AdvertiserManager


class StudioShot(models.Model):
    """One thing asked for in the studio. How far it is and what came out is `generation`'s to say, by `order_id`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="studio_shots")
    order_id = models.UUIDField()
    prompt = models.TextField()
    kind = models.CharField(max_length=20)
    asked = models.JSONField(help_text="what the form said, to be taken up again")
    material = models.ForeignKey(
        "creative.Material", null=True, blank=True, on_delete=models.SET_NULL, related_name="studio_shots"
    )
    verdict = models.JSONField(null=True, blank=True, help_text="the gate's checks and scores")
    created_by = models.CharField(max_length=150, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.prompt[:60]
