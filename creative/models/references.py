"""Reference ads: what they are built like and how they did. Never another advertiser's."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import HnswIndex, VectorField

from core.tenancy.managers import AdvertiserManager
from creative.models.materials import VECTOR_SIZE


class Reference(models.Model):
    """An ad to borrow the structure of. Without an advertiser it belongs to the shared library."""

    class Rights(models.TextChoices):
        ANALYSE_ONLY = "analyse_only", "analyse only"
        MAY_REUSE_PIXELS = "may_reuse_pixels", "may reuse pixels"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        READY = "ready", "ready"
        REFUSED = "refused", "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey(
        "core.Advertiser", null=True, blank=True, on_delete=models.CASCADE, related_name="references"
    )
    name = models.CharField(max_length=300, help_text="file name it was imported from")
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    video_path = models.CharField(max_length=500, blank=True, default="")
    poster_path = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    refusal_code = models.CharField(max_length=40, blank=True, default="")
    refusal_reason = models.TextField(blank=True, default="")
    rights = models.CharField(max_length=16, choices=Rights.choices, default=Rights.ANALYSE_ONLY)
    category = models.CharField(max_length=20, blank=True, default="", db_index=True)
    format = models.CharField(max_length=14, blank=True, default="")
    platform = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=8, default="zh-CN")
    seconds = models.FloatField(default=0.0)
    script = models.TextField(blank=True, default="")
    brands = models.JSONField(default=list, blank=True)
    impressions = models.BigIntegerField(default=0)
    plays_3s = models.BigIntegerField(default=0)
    clicks = models.BigIntegerField(default=0)
    conversions = models.BigIntegerField(default=0)
    spend_minor = models.BigIntegerField(default=0)
    structured_by = models.CharField(
        max_length=120, blank=True, default="", help_text="words+shots, shots, llm:<model>"
    )
    confidence = models.CharField(max_length=6, blank=True, default="", help_text="of the structure: high, medium, low")
    structure_note = models.TextField(blank=True, default="", help_text="why a language model did not structure it")
    roles = models.CharField(max_length=60, blank=True, default="", help_text="first letters of its slots' roles")
    given = models.JSONField(default=dict, blank=True, help_text="subtitles and record as they came with the video")
    understanding = models.JSONField(null=True, blank=True)
    job_id = models.UUIDField(null=True, blank=True, db_index=True)
    search_text = models.TextField(blank=True, default="")
    tsv = SearchVectorField(null=True)
    vec = VectorField(dimensions=VECTOR_SIZE, null=True)
    vec_space = models.CharField(max_length=120, blank=True, default="", help_text="which embedder made vec")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advertiser", "sha256"], name="reference_once_per_advertiser", nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(fields=["category", "format"], name="reference_kind"),
            GinIndex(fields=["tsv"], name="reference_tsv"),
            HnswIndex(fields=["vec"], name="reference_vec", m=16, ef_construction=64, opclasses=["vector_cosine_ops"]),
        ]

    def __str__(self) -> str:
        return self.title


class ReferenceSlot(models.Model):
    """One slot of a reference's structure: role, place, pace and intent, no words of its own."""

    id = models.BigAutoField(primary_key=True)
    reference = models.ForeignKey(Reference, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=14)
    start_seconds = models.FloatField()
    end_seconds = models.FloatField()
    pace = models.FloatField(default=0.0)
    intent = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["reference", "position"], name="slot_once_per_reference")]

    def __str__(self) -> str:
        return f"{self.role} {self.start_seconds:.1f}-{self.end_seconds:.1f}"
