"""Where conversations come in and go out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from agentbot.models.base import AdvertiserRow


class ChannelAccount(AdvertiserRow):
    """One advertiser's presence on one channel.

    `inbound_token` is the unguessable end of the inbound address; of a widget it is public.
    Secrets lie wrapped; of a platform's account `secret` is all its credentials as JSON, `session` the access token
    of now. `origins` are the pages a widget may be shown on ("*" for any). `pull_due_at` is when something is to be
    fetched, from `pull_cursor` on.
    """

    class Kind(models.TextChoices):
        WEBHOOK = "webhook", "webhook"
        WIDGET = "widget", "widget"
        DOUYIN = "douyin", "Douyin"
        KUAISHOU = "kuaishou", "Kuaishou"
        MESSENGER = "messenger", "Messenger"
        WHATSAPP = "whatsapp", "WhatsApp"
        WECOM = "wecom", "WeCom"

    class Mode(models.TextChoices):
        AUTO = "auto", "auto"
        SHADOW = "shadow", "shadow"

    class State(models.TextChoices):
        OPEN = "open", "open"
        PAUSED = "paused", "paused"
        DISABLED = "disabled", "disabled"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=80, blank=True, default="")
    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.AUTO)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    inbound_token = models.CharField(max_length=64, unique=True)
    secret = models.BinaryField(null=True, help_text="wrapped; Standard Webhooks in and out")
    old_secret = models.BinaryField(null=True, help_text="wrapped; still taken, and signed with, while it is replaced")
    callback_url = models.CharField(max_length=500, blank=True, default="")
    callback_may_be_private = models.BooleanField(default=False, help_text="given by the operator, not on a page")
    crm = models.ForeignKey(
        "agentbot.CrmConnection", null=True, blank=True, on_delete=models.SET_NULL, related_name="accounts"
    )
    origins = models.JSONField(default=list, blank=True)
    capabilities = models.JSONField(default=dict, blank=True)
    takes_ids = models.BooleanField(
        db_default=True, help_text="hears an event once by its id, however often it is sent"
    )
    reply_window_seconds = models.PositiveIntegerField(
        null=True, blank=True, help_text="after the visitor's last message; none: always"
    )
    replies_per_message = models.PositiveSmallIntegerField(null=True, blank=True)
    session = models.BinaryField(null=True)
    pull_due_at = models.DateTimeField(null=True, blank=True)
    pull_cursor = models.CharField(max_length=200, db_default="")
    pull_token = models.CharField(max_length=128, db_default="")
    paused_until = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["pull_due_at"], condition=Q(pull_due_at__isnull=False), name="channel_pull_due")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name or self.pk}"


class VisitorEntry(models.Model):
    """A visitor who opened the chat of a page, once for ever: what the opening rate is a share of.

    Kept as long as words are; `visitor` is the name in our books, and goes when the visitor is erased.
    """

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+", db_index=False)
    visitor = models.CharField(max_length=200)
    source = models.JSONField(db_default={}, help_text="ad, creative, room they came through, where a platform tells")
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "visitor"], name="visitor_enters_once")]
        indexes = [models.Index(fields=["advertiser", "entered_at"], name="visitor_entry_by_age")]

    def __str__(self) -> str:
        return self.visitor


class InboundEvent(models.Model):
    """What arrived, by the sender's own id: the one guard against hearing a message twice. Kept 7 days."""

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+", db_index=False)
    external_id = models.CharField(max_length=200)
    message_id = models.UUIDField()
    verified_by = models.CharField(max_length=20, db_default="standard-webhooks")
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "external_id"], name="inbound_event_heard_once")]
        indexes = [models.Index(fields=["received_at"], name="inbound_event_by_age")]

    def __str__(self) -> str:
        return self.external_id
