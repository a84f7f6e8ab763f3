"""Ordered media work and the tries at it."""

from __future__ import annotations

import uuid

from django.db import models

from core.leases.models import LeasedWork
from core.tenancy.managers import AdvertiserManager


class RenderJob(LeasedWork):
    """One ordered piece of media work: a file to understand, or an ad to render.

    `request` and `result` are contracts as plain JSON. When the job ends, its id goes to
    the task named in `reply_to`, which lives on a higher floor. `progress` is 0..1.
    """

    class Kind(models.TextChoices):
        UNDERSTAND = "understand", "understand"
        AD = "ad", "ad"

    task_name = "generation.render.run_job"
    max_attempts = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    request = models.JSONField()
    result = models.JSONField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True, default="")
    reply_to = models.CharField(max_length=120, blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0.0)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AdvertiserManager()

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="job_by_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} ({self.state})"


class RenderAttempt(models.Model):
    """One try at a render job by one worker."""

    id = models.BigAutoField(primary_key=True)
    job = models.ForeignKey(RenderJob, on_delete=models.CASCADE, related_name="tries")
    epoch = models.PositiveIntegerField()
    worker = models.CharField(max_length=120)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, default="")
    cpu_seconds = models.FloatField(default=0.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "epoch"], name="one_attempt_per_epoch")]

    def __str__(self) -> str:
        return f"attempt {self.epoch} of {self.job_id}"
