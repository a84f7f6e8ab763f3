"""The columns of work that is claimed for a while by one worker."""

from __future__ import annotations

from django.db import models


class LeasedWork(models.Model):
    """Work that one worker holds at a time.

    A claim sets `worker`, `lease_until` and raises `epoch`; only the holder of the
    current epoch may finish it, so a worker that was given up for dead changes nothing.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    worker = models.CharField(max_length=120, blank=True, default="")
    epoch = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
