"""Leads, and what people do about them."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from agentbot.models.base import AdvertiserRow
from agentbot.models.conversations import Conversation
from agentbot.models.people import Person


class Lead(AdvertiserRow):
    """A person with interest, a way to reach them and consent. `version` counts what a CRM has to hear of."""

    class Stage(models.TextChoices):
        NEW = "new", "new"
        CONTACTED = "contacted", "contacted"
        QUALIFIED = "qualified", "qualified"
        WON = "won", "won"
        LOST = "lost", "lost"
        INVALID = "invalid", "invalid"

    class State(models.TextChoices):
        OPEN = "open", "open"
        MERGED = "merged", "merged"
        ERASED = "erased", "erased"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="leads")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="leads")
    product_line = models.CharField(max_length=60, blank=True, default="")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.NEW)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    version = models.IntegerField(default=1)
    score = models.FloatField(default=0.0)
    body = models.BinaryField(null=True, help_text="its fields as JSON, sealed under the person's key")
    source = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "product_line"], condition=Q(state="open"), name="lead_open_once_per_person"
            )
        ]
        indexes = [models.Index(fields=["advertiser", "-created_at"], name="lead_newest")]

    def __str__(self) -> str:
        return self.external_key

    @property
    def external_key(self) -> str:
        return f"aip_lead_{self.pk}"

    @property
    def fields(self) -> dict[str, Any]:
        """{name: {"value": …, "message": id}}: what the visitor told, and where."""
        text = self.person.key.open(self.body) if self.person.key else ""
        return json.loads(text) if text else {}


class LeadEvent(AdvertiserRow):
    """What happened to a lead; only ever added to."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    version = models.IntegerField()
    detail = models.JSONField(default=dict, blank=True, help_text="no personal data")
    member = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class LeadNote(AdvertiserRow):
    """What somebody of the advertiser wrote about a lead."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="notes")
    member = models.ForeignKey("core.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.text[:40]


class LeadTask(AdvertiserRow):
    """Something to do about a lead until a day."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="tasks")
    owner = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.text


class Handoff(AdvertiserRow):
    """A conversation that a person takes over; the agents are silent until `returned_at`.

    `answer_by` is when somebody has to have taken it, or whoever took it has to have written; none while
    nobody waits. `timed_out_at` says that it was not kept; `reminders` how often people were reminded of it.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handoffs")
    reason = models.CharField(max_length=60)
    body = models.BinaryField(null=True, help_text="the summary, sealed under the conversation's key")
    claimed_by = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    answer_by = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    timed_out_at = models.DateTimeField(null=True, blank=True)
    reminders = models.SmallIntegerField(db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(returned_at__isnull=True), name="handoff_open_once"
            )
        ]
        indexes = [models.Index(fields=["answer_by"], condition=Q(returned_at__isnull=True), name="handoff_unanswered")]

    def __str__(self) -> str:
        return self.reason

    @property
    def summary(self) -> str:
        key = self.conversation.key
        return key.open(self.body) if key else ""


class FollowUp(AdvertiserRow):
    """One step of a plan for a visitor gone quiet; its preconditions are looked at again when it fires."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENT = "sent", "sent"
        SKIPPED = "skipped", "skipped"
        CANCELLED = "cancelled", "cancelled"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="follow_ups")
    plan = models.CharField(max_length=40)
    step = models.SmallIntegerField()
    text = models.CharField(max_length=500)
    due_at = models.DateTimeField()
    preconditions = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    skipped_because = models.CharField(max_length=60, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "plan", "step"], name="follow_up_step_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="waiting"), name="follow_up_due")]

    def __str__(self) -> str:
        return f"{self.plan} {self.step}"


class ReplyTemplate(AdvertiserRow):
    """Words a person of ours uses again and again."""

    title = models.CharField(max_length=80)
    text = models.CharField(max_length=1000)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title
