"""Policies learned from what was decided and what came of it. Numbers alone: nobody's words, no advertiser's rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class PolicyVersion(models.Model):
    """One candidate of one vertical with its verdict; the newest promoted one that was not withdrawn is in force.

    Shared by the vertical's advertisers. `policy` is what a turn carries; the figures are those it was judged by.
    """

    vertical = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=60, unique=True)
    policy = models.JSONField()
    is_promoted = models.BooleanField()
    reason = models.CharField(max_length=60, help_text="why it was promoted or not")
    decisions = models.IntegerField(help_text="it was learned from and judged on, half and half")
    value = models.FloatField(help_text="reward a decision, doubly robust")
    lower = models.FloatField(help_text="its lower 95 % bound")
    effective = models.FloatField(help_text="effective number of decisions judged on")
    current = models.FloatField(help_text="reward a decision of what was logged")
    judged_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["vertical", "-id"],
                condition=Q(is_promoted=True, withdrawn_at__isnull=True),
                name="policy_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reason})"
