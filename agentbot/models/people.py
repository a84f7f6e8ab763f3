"""People who can be reached, how, and what they agreed to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from agentbot.models.base import AdvertiserRow, PiiKey


class Person(AdvertiserRow):
    """Somebody who left a way to be reached. `merged_into` is set while a merge stands."""

    key = models.ForeignKey(PiiKey, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class ContactPoint(AdvertiserRow):
    """One way to reach a person: sealed, and found again by its blind index."""

    class Status(models.TextChoices):
        VALID = "valid", "valid"
        TO_CONFIRM = "to_confirm", "to_confirm"
        WITHDRAWN = "withdrawn", "withdrawn"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    type = models.CharField(max_length=6, help_text="phone, email or wechat")
    value_hmac = models.BinaryField()
    body = models.BinaryField(null=True)
    masked = models.CharField(max_length=80, blank=True, default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.VALID)
    message_id = models.UUIDField(null=True, help_text="the message it was read from")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advertiser", "type", "value_hmac"], condition=~Q(status="withdrawn"), name="contact_once"
            )
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def value(self) -> str:
        return self.person.key.open(self.body) if self.person.key else ""


class PersonMerge(AdvertiserRow):
    """One person found to be another; `before` is what undoing puts back. Never changed but for `undone_at`."""

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=60)
    before = models.JSONField()
    member = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class ConsentRecord(AdvertiserRow):
    """What a person agreed to, with the words that were on the screen (sealed)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30, help_text="contact, crm")
    text_version = models.CharField(max_length=40, blank=True, default="")
    body = models.BinaryField(null=True, help_text="the words, sealed")
    message_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=12, blank=True, default="")
    granted_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.granted_at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        return self.person.key.open(self.body) if self.person.key else ""


class Suppression(AdvertiserRow):
    """A contact or visitor that must not be written to again, by keyed hash alone."""

    value_hmac = models.BinaryField()
    scope = models.CharField(max_length=20, help_text="opt_out or erasure")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advertiser", "value_hmac", "scope"], name="suppression_once")]

    def __str__(self) -> str:
        return self.scope


class ErasureReport(AdvertiserRow):
    """What erasing one person removed, in counts; holds nothing of the person."""

    subject_hmac = models.BinaryField()
    counts = models.JSONField(default=dict)
    outstanding = models.JSONField(default=list, help_text="CRM deliveries that have to confirm it")
    asked_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"erasure {self.pk}"
