"""The advertiser's own footage and the shots it was cut into."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import HnswIndex, VectorField

from core.tenancy.managers import AdvertiserManager

VECTOR_SIZE = 384


class Material(models.Model):
    """One uploaded file. Refused files stay in the list with their reason until removed."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        READY = "ready", "ready"
        REFUSED = "refused", "refused"

    class Rights(models.TextChoices):
        OWN = "own", "own"
        LICENSED = "licensed", "licensed"

    class Origin(models.TextChoices):
        FOOTAGE = "footage", "footage"
        GENERATED = "generated", "generated"
        PRESENTER = "presenter", "presenter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="materials")
    folder = models.CharField(
        max_length=1000, blank=True, default="", help_text="where a command found it; empty: uploaded"
    )
    name = models.CharField(max_length=1000, help_text="path inside the folder it came from")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    media = models.CharField(max_length=8, blank=True, default="", help_text="video, picture or audio")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING, db_index=True)
    refusal_code = models.CharField(max_length=40, blank=True, default="")
    refusal_reason = models.TextField(blank=True, default="")
    rights = models.CharField(max_length=8, choices=Rights.choices, default=Rights.OWN)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FOOTAGE)
    made_with = models.JSONField(default=dict, blank=True, help_text="what made it, where nobody filmed it")
    role = models.CharField(max_length=14, blank=True, default="")
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    understanding = models.JSONField(null=True, blank=True)
    job_id = models.UUIDField(null=True, blank=True)
    seconds = models.FloatField(default=0.0)
    size_bytes = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["advertiser", "folder", "name"], name="material_name_once_per_folder")
        ]

    def __str__(self) -> str:
        return self.name


class Shot(models.Model):
    """One continuous picture of a material. Frames at 30 fps, end exclusive; pictures have 0..0."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="shots")
    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="shots")
    start_frame = models.PositiveIntegerField()
    end_frame = models.PositiveIntegerField()
    role = models.CharField(max_length=14, blank=True, default="", help_text="what it suits best, guessed or typed")
    scale = models.CharField(max_length=8, default="medium")
    motion = models.FloatField(default=0.0)
    sharpness = models.FloatField(default=0.0)
    brightness = models.FloatField(default=0.0)
    quality = models.FloatField(default=0.0)
    faces = models.PositiveIntegerField(default=0)
    subject_x = models.FloatField(default=0.5)
    subject_y = models.FloatField(default=0.5)
    fits_portrait = models.BooleanField(default=True)
    phash = models.CharField(max_length=16, blank=True, default="")
    pdq = ArrayField(
        models.CharField(max_length=1000), default=list, blank=True, help_text="prints of up to three unlike frames"
    )
    thumbnail_path = models.CharField(max_length=500, blank=True, default="")
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_hidden = models.BooleanField(default=False, help_text="the advertiser does not want it used")
    times_used = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True, default="")
    tsv = SearchVectorField(null=True)
    vec = VectorField(dimensions=VECTOR_SIZE, null=True)

    objects = AdvertiserManager()

    class Meta:
        ordering = ["material__name", "start_frame"]
        constraints = [
            models.UniqueConstraint(fields=["material", "start_frame"], name="shot_once_per_material"),
        ]
        indexes = [
            GinIndex(fields=["tsv"], name="shot_tsv"),
            HnswIndex(fields=["vec"], name="shot_vec", m=16, ef_construction=64, opclasses=["vector_cosine_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.material_id} {self.start_frame}-{self.end_frame}"
