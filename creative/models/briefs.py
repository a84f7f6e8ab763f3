"""What the advertiser asks for, the reference it picked and the scripts written for it."""

from __future__ import annotations

import uuid

from django.db import models

from core.tenancy.managers import AdvertiserManager


class Brief(models.Model):
    """One checked brief. `data` is a creative.contracts.BriefData as plain JSON."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="briefs")
    product = models.ForeignKey("core.Product", null=True, on_delete=models.SET_NULL, related_name="briefs")
    title = models.CharField(max_length=160)
    data = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title


class FactChange(models.Model):
    """A fact of a product that reads otherwise since somebody saved it.

    Kept until no ad that may go out shows the old words; `ordered_at` says that those which
    did are being made again, `problem` why some could not be.
    """

    id = models.BigAutoField(primary_key=True)
    product = models.ForeignKey("core.Product", on_delete=models.CASCADE, related_name="changes")
    fact_id = models.CharField(max_length=60, help_text="price, offer, name, cta, link or an own fact's id")
    before = models.TextField()
    after = models.TextField()
    changed_at = models.DateTimeField(auto_now_add=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.fact_id}: {self.before} → {self.after}"


class Pick(models.Model):
    """Which reference of the row the advertiser took: a preference for the next row."""

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="picks")
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="picks")
    reference = models.ForeignKey("creative.Reference", on_delete=models.CASCADE, related_name="picks")
    row = models.JSONField(default=list, help_text="the row as it was shown: ids and scores in order")
    by_person = models.BooleanField(
        default=True, help_text="false: a command took the best; teaches the next row nothing"
    )
    picked_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["-picked_at"]

    def __str__(self) -> str:
        return f"{self.brief_id} → {self.reference_id}"


class Script(models.Model):
    """One version of the words for a brief, on the structure of one reference."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="scripts")
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="scripts")
    reference = models.ForeignKey("creative.Reference", null=True, on_delete=models.SET_NULL, related_name="scripts")
    style = models.CharField(max_length=20)
    engine = models.CharField(max_length=80)
    seed = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    originality = models.JSONField(default=dict)
    degraded = models.JSONField(default=list, blank=True)
    raw_output = models.TextField(blank=True, default="", help_text="what a language model said when it failed")
    is_chosen = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.style} v{self.version}"


class ScriptLine(models.Model):
    """One line in its slot, with what the checks say of it and what it said before."""

    id = models.BigAutoField(primary_key=True)
    script = models.ForeignKey(Script, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=14)
    text = models.TextField()
    fact_ids = models.JSONField(default=list)
    spans = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    words = models.JSONField(default=list)
    estimated_seconds = models.FloatField(default=0.0)
    budget = models.JSONField(default=dict, help_text="a creative.contracts.SlotBudget")
    history = models.JSONField(default=list, help_text="earlier texts, newest last, for undo")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["script", "position"], name="line_once_per_script")]

    def __str__(self) -> str:
        return self.text
