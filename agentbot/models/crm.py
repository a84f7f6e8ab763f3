"""CRMs that leads are delivered to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from agentbot.models.base import AdvertiserRow, PiiKey
from agentbot.models.leads import Lead
from core.outbox.models import OutboxEntry
from core.tenancy.managers import AdvertiserManager


class CrmConnection(AdvertiserRow):
    """One CRM of an advertiser. Credentials lie wrapped in `secret`.

    `paused` is tried again by itself; `disabled`, by the CRM's 410 or by a person, waits for a person. What is to be
    told is kept meanwhile.
    """

    class Kind(models.TextChoices):
        WEBHOOK = "webhook", "webhook"
        HUBSPOT = "hubspot", "HubSpot"
        SALESFORCE = "salesforce", "Salesforce"
        ESPOCRM = "espocrm", "EspoCRM"
        TWENTY = "twenty", "Twenty"

    class State(models.TextChoices):
        OPEN = "open", "open"
        PAUSED = "paused", "paused"
        DISABLED = "disabled", "disabled"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=80, blank=True, default="")
    takes_all = models.BooleanField(default=False, help_text="leads of all channels, not only of those that name it")
    url = models.CharField(max_length=500, blank=True, default="")
    may_be_private = models.BooleanField(default=False)
    secret = models.BinaryField(null=True)
    old_secrets = models.JSONField(
        default=list, blank=True, help_text="of a webhook: [[wrapped in base64, until when or null]], still valid"
    )
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    paused_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True, default="")
    reconciled_at = models.DateTimeField(null=True, blank=True, help_text="when it was last read back")
    reconciliation = models.JSONField(default=dict, blank=True, help_text="what that found")
    polled_at = models.DateTimeField(null=True, blank=True, help_text="up to when its people's changes are known")
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.name or self.kind


class CrmDelivery(OutboxEntry):
    """One version of one lead on its way to one CRM, in the order of versions."""

    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    connection = models.ForeignKey(CrmConnection, on_delete=models.CASCADE, related_name="deliveries")
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="deliveries")
    lead_version = models.IntegerField()
    event_type = models.CharField(max_length=20)
    key = models.ForeignKey(PiiKey, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    body = models.BinaryField(null=True)

    objects = AdvertiserManager()

    class Meta(OutboxEntry.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["lead", "lead_version", "connection"], name="delivery_once_per_version")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="scheduled"), name="delivery_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_on_its_way"),
        ]

    @property
    def event(self) -> str:
        return self.key.open(self.body) if self.key else ""


class CrmLink(AdvertiserRow):
    """A lead's own id in a CRM."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="links")
    connection = models.ForeignKey(CrmConnection, on_delete=models.CASCADE, related_name="links")
    external_id = models.CharField(max_length=120)
    version = models.IntegerField(default=0, help_text="the newest the CRM has taken")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "connection"], name="crm_link_once")]

    def __str__(self) -> str:
        return self.external_id


class CrmFeedback(AdvertiserRow):
    """What a CRM reported of a lead, by the report's own id: heard once, and never after newer news.

    `at` is when it happened as the CRM says, else when it was first heard. Kept 90 days.
    """

    connection = models.ForeignKey(CrmConnection, on_delete=models.CASCADE, related_name="feedback", db_index=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="feedback")
    external_id = models.CharField(max_length=200)
    stage = models.CharField(max_length=10)
    at = models.DateTimeField()
    is_taken = models.BooleanField(help_text="whether it moved the lead")
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="feedback_heard_once")]

    def __str__(self) -> str:
        return f"{self.stage} of {self.lead_id}"
