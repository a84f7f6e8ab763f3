"""The columns of something that has to reach another server at least once, and once under its id."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now


class OutboxEntry(models.Model):
    """Base of a table of things to send. The row's id is the event's id at every try.

    `scheduled` waits for `due_at`; `sending` is on its way, by the process `claimed_by`. `unknown` may have
    arrived: the answer never came and it must not be said again. `quarantined` was refused for what it is,
    `dead` was tried for too long: both can be replayed. `draft` waits for somebody's approval.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SCHEDULED = "scheduled", "scheduled"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        UNKNOWN = "unknown", "unknown"
        CANCELLED = "cancelled", "cancelled"
        QUARANTINED = "quarantined", "quarantined"
        DEAD = "dead", "dead"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=11, choices=State.choices, db_default=State.SCHEDULED)
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.IntegerField(db_default=0)
    claimed_by = models.IntegerField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, db_default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"
