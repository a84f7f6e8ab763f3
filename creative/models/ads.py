"""Batches of ads, the ads, and where each of their frames comes from."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.leases.models import LeasedWork
from core.tenancy.managers import AdvertiserManager


class Batch(models.Model):
    """An order for a number of ads of one brief. `stage` is where it is in the way."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        PAUSED = "paused", "paused"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="batches")
    brief = models.ForeignKey("creative.Brief", on_delete=models.CASCADE, related_name="batches")
    script = models.ForeignKey("creative.Script", null=True, on_delete=models.SET_NULL, related_name="batches")
    script_ids = models.JSONField(default=list, help_text="the script versions its ads take in turn")
    arranged = models.ForeignKey(
        "creative.Ad",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="its first ad is this",
    )
    pick = models.ForeignKey("creative.Pick", null=True, on_delete=models.SET_NULL, related_name="batches")
    order_key = models.CharField(
        max_length=64, blank=True, default="", db_index=True, help_text="hash of all that decides the frames"
    )
    folder = models.CharField(max_length=1000, blank=True, default="", help_text="use only this folder's materials")
    requested = models.PositiveIntegerField()
    seed = models.BigIntegerField(default=1)
    is_draft = models.BooleanField(default=False)
    canvas = models.CharField(max_length=9, default="1080x1920")
    transition = models.CharField(max_length=5, default="cut", help_text="a creative.contracts.Transition")
    is_bulk = models.BooleanField(default=False, help_text="its ads are recipes over shared segments")
    policy = models.CharField(max_length=6, blank=True, default="", help_text="a creative.bulk.contracts.Policy")
    slot_plan = models.JSONField(null=True, blank=True, help_text="a creative.bulk.contracts.SlotPlan")
    piece_keys = models.JSONField(null=True, blank=True, help_text="keys of its segments and stems by choice")
    figures = models.JSONField(default=dict, blank=True, help_text="capacity, similarity and cost of a bulk batch")
    budget_minor = models.PositiveBigIntegerField(null=True, blank=True, help_text="most it may cost to make, in fen")
    headlines = models.JSONField(default=list, blank=True, help_text="other headlines for the opening")
    paused_reason = models.CharField(max_length=20, blank=True, default="", help_text="by-person or budget")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    error = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when a worker was last asked to plan it")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.requested} × {self.brief_id}"


class BatchEvent(models.Model):
    """What happened to a batch, appended only."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.what}"


class BatchChunk(LeasedWork):
    """Some ads of a bulk batch that are assembled and booked together. Its segment order has the same id."""

    task_name = "creative.render.assemble_chunk"
    max_attempts = 60
    """Workers may die many times over a long batch; a chunk is cheap to begin again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="chunks")
    first_position = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    is_ready = models.BooleanField(default=False, help_text="all its segments and stems are there")
    cpu_seconds = models.FloatField(default=0.0)
    check_cpu_seconds = models.FloatField(default=0.0)

    class Meta:
        ordering = ["batch", "first_position"]
        constraints = [models.UniqueConstraint(fields=["batch", "first_position"], name="chunk_once_per_place")]

    def __str__(self) -> str:
        return f"ads {self.first_position + 1} to {self.first_position + self.count} of {self.batch_id}"


class Ad(models.Model):
    """One finished (or failed) video ad.

    `plan` is the creative.contracts plan of slots and clips it was made from, `spec` the
    generation.contracts.RenderSpec that was ordered, `result` the RenderResult that came back.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        RENDERING = "rendering", "rendering"
        READY = "ready", "ready"
        HELD = "held", "held"
        FAILED = "failed", "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="ads")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="ads")
    script = models.ForeignKey("creative.Script", null=True, on_delete=models.SET_NULL, related_name="ads")
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later_versions"
    )
    position = models.PositiveIntegerField(help_text="place in the batch, from 0")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED, db_index=True)
    plan = models.JSONField(default=dict)
    spec = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    job_id = models.UUIDField(null=True, blank=True, db_index=True)
    choices = ArrayField(
        models.SmallIntegerField(), default=list, blank=True, help_text="a bulk ad's choice in each slot"
    )
    tune = models.SmallIntegerField(default=-1)
    is_recipe = models.BooleanField(default=False, help_text="kept as generation.Recipe of the same id, not as a file")
    delivered_at = models.DateTimeField(null=True, blank=True, db_index=True)
    path = models.CharField(max_length=500, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    frames = models.PositiveIntegerField(default=0)
    degraded = models.JSONField(default=list, blank=True)
    held_reason = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["batch", "position", "version"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position", "version"], name="ad_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"ad {self.position + 1} of {self.batch_id}"


class AdShot(models.Model):
    """Lineage: which frames of which material stand where in an ad. End frames exclusive."""

    id = models.BigAutoField(primary_key=True)
    ad = models.ForeignKey(Ad, on_delete=models.CASCADE, related_name="shots")
    shot = models.ForeignKey("creative.Shot", null=True, on_delete=models.SET_NULL, related_name="ad_shots")
    slot_position = models.PositiveIntegerField()
    source = models.CharField(max_length=1000, help_text="path inside the materials folder, or card:…")
    source_start_frame = models.PositiveIntegerField(default=0)
    start_frame = models.PositiveIntegerField()
    end_frame = models.PositiveIntegerField()

    class Meta:
        ordering = ["start_frame"]
        indexes = [models.Index(fields=["shot"], name="ad_shot_by_shot")]

    def __str__(self) -> str:
        return f"{self.source} {self.start_frame}-{self.end_frame}"
