"""How an advertiser wants its conversations hosted, where that differs from the usual."""

from __future__ import annotations

from django.db import models

from core.tenancy.managers import AdvertiserManager


class HostingRules(models.Model):
    """One row an advertiser, made when something is set; without it the defaults hold.

    `follow_up_steps` is a list of `{"after_hours", "text", "until_contact"}`; empty for the usual plan of the trade.
    The costs are what a lead is reckoned by, in minor units of `currency`: 0 where nothing is known.
    """

    class WhenNobody(models.TextChoices):
        RETURN = "return", "the agents take it back"
        REMIND = "remind", "people are reminded"

    advertiser = models.OneToOneField("core.Advertiser", on_delete=models.CASCADE, primary_key=True, related_name="+")
    handoff_minutes = models.PositiveSmallIntegerField(default=10)
    when_nobody = models.CharField(max_length=6, choices=WhenNobody.choices, default=WhenNobody.RETURN)
    follows_up = models.BooleanField(default=True)
    follow_up_steps = models.JSONField(default=list, blank=True)
    message_cost_minor = models.PositiveIntegerField(default=0, help_text="a thousand messages sent")
    person_cost_minor = models.PositiveIntegerField(default=0, help_text="an hour of a person's time")
    model_cost_minor = models.PositiveIntegerField(default=0, help_text="a million tokens of a language model")
    currency = models.CharField(max_length=3, default="CNY")

    objects = AdvertiserManager()

    def __str__(self) -> str:
        return f"rules of {self.advertiser_id}"
