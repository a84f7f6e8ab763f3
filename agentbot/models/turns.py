"""The agents' turns: what each of them drafted, what was decided, and the parts that go out."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from agentbot.models.base import AdvertiserRow, PiiKey
from agentbot.models.conversations import Conversation
from core.outbox.models import OutboxEntry
from core.tenancy.managers import AdvertiserManager


class AgentTurn(AdvertiserRow):
    """Our side's contribution after the visitor's messages up to `upto_seq`.

    `kind` tells the agents' turns from what a person of ours wrote, a plan's follow-up and a notice.
    """

    class Kind(models.TextChoices):
        AGENTS = "agents", "agents"
        PERSON = "person", "person"
        FOLLOW_UP = "follow_up", "follow_up"
        NOTICE = "notice", "notice"
        COMMENT = "comment", "comment"

    class State(models.TextChoices):
        AWAITING = "awaiting", "awaiting"
        COMMITTED = "committed", "committed"
        REJECTED = "rejected", "rejected"
        FAILED = "failed", "failed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, db_default=Kind.AGENTS)
    upto_seq = models.IntegerField()
    epoch = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, db_default=State.COMMITTED)
    answers = models.JSONField(db_default=[], help_text="ids of the messages it answers")
    asks_contact = models.BooleanField(db_default=False)
    refuses = models.BooleanField(db_default=False, help_text="the visitor said no to leaving a contact")
    degraded = models.JSONField(db_default=[])
    guard_findings = models.JSONField(db_default=[])
    handoff_reason = models.CharField(max_length=60, db_default="")
    knowledge_version = models.CharField(max_length=64, db_default="")
    seed = models.BigIntegerField(db_default=0)
    seconds = models.FloatField(db_default=0.0, help_text="from claim to commit")
    tokens = models.IntegerField(db_default=0, help_text="read and written by language models")
    member = models.ForeignKey("core.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "upto_seq", "epoch"], condition=Q(kind="agents"), name="turn_once_per_epoch"
            ),
        ]
        indexes = [models.Index(fields=["conversation", "-created_at"], name="turn_newest")]

    def __str__(self) -> str:
        return f"turn up to {self.upto_seq} ({self.state})"


class AgentDraft(models.Model):
    """What one agent said before the arbiter; `body` is sealed JSON."""

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    turn = models.ForeignKey(AgentTurn, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=8, help_text="expert or lead")
    key = models.ForeignKey(PiiKey, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    body = models.BinaryField(null=True)
    error = models.CharField(max_length=200, db_default="")

    def __str__(self) -> str:
        return f"{self.kind} of {self.turn_id}"

    @property
    def draft(self) -> dict[str, Any]:
        text = self.key.open(self.body) if self.key else ""
        return json.loads(text) if text else {}


class PolicyDecision(models.Model):
    """What the arbiter chose and with what chance, as it saw it: the log that policies are judged by."""

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    turn = models.OneToOneField(AgentTurn, on_delete=models.CASCADE, related_name="decision")
    action = models.CharField(max_length=20)
    propensity = models.FloatField()
    mask = models.JSONField()
    features = models.JSONField()
    policy = models.CharField(max_length=60)
    seed = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["advertiser", "created_at"], name="decision_by_age")]

    def __str__(self) -> str:
        return f"{self.action} ({self.propensity:.2f})"


class Reward(models.Model):
    """What came of a decision; later news add rows and change none."""

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    decision = models.ForeignKey(PolicyDecision, on_delete=models.CASCADE, related_name="rewards")
    kind = models.CharField(max_length=20)
    value = models.FloatField()
    observed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "kind"], name="reward_kind_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value:+.1f}"


class OutboundPart(OutboxEntry):
    """One event to the channel, in the order of `ordinal` within its conversation: mostly a message bubble.

    A fenced part is void once the conversation's epoch has moved on from its own. `text` is what the
    visitor reads; `event` the body as it is signed and sent, the same bytes at every try.
    """

    class Event(models.TextChoices):
        PART = "message.part", "message.part"
        COMMENT_REPLY = "comment.reply", "comment.reply"
        HANDED_OFF = "conversation.handed_off", "conversation.handed_off"

    SAID = (Event.PART, Event.COMMENT_REPLY)
    """What somebody reads."""

    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey("agentbot.ChannelAccount", on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="parts", db_index=False)
    turn = models.ForeignKey(AgentTurn, null=True, on_delete=models.CASCADE, related_name="parts")
    event_type = models.CharField(max_length=30, choices=Event.choices, db_default=Event.PART)
    ordinal = models.IntegerField()
    part_no = models.SmallIntegerField(db_default=1)
    epoch = models.BigIntegerField()
    is_fenced = models.BooleanField(db_default=True)
    author = models.CharField(max_length=8, db_default="expert")
    asks_contact = models.BooleanField(db_default=False)
    planned_at = models.DateTimeField(help_text="when it was first due; `due_at` moves with retries")
    external_id = models.CharField(max_length=200, db_default="", help_text="the platform's, once it said so")
    is_repeat = models.BooleanField(db_default=False, help_text="sent once more: nothing told whether it arrived")
    key = models.ForeignKey(PiiKey, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    body = models.BinaryField(null=True)

    objects = AdvertiserManager()

    class Meta(OutboxEntry.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["conversation", "ordinal"], name="part_order_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="scheduled"), name="part_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="part_on_its_way"),
        ]

    @property
    def event(self) -> str:
        return self.key.open(self.body) if self.key else ""

    @property
    def text(self) -> str:
        return json.loads(self.event or "{}").get("data", {}).get("text", "")
