"""The columns that work needs to be claimed, kept alive and done exactly once."""

from __future__ import annotations

from django.db import models


class LeasedWork(models.Model):
    """Base of a model whose rows are pieces of work for `core.leases.services`.

    `epoch` counts the claims: whatever a worker with an older epoch does is void.
    `attempts` counts the claims that ended without a result. `not_before` holds a
    retry back; `dispatched_at` is when a message for the row was last sent. A class
    that sets `task_name` has its lost work sent to that Celery task again, with the
    row's id as text.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    task_name = ""
    max_attempts = 5

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    epoch = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
