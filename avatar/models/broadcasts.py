"""What happens while a room is on air: the run itself, what was said, what viewers wrote, what operators ordered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from avatar.models.rooms import Room, ScriptVersion
from core.leases.models import LeasedWork
from core.tenancy.managers import AdvertiserManager


class Broadcast(LeasedWork):
    """One continuous on-air run, claimed by a host through a lease; a dead host's broadcast is claimed by another.

    `log_bytes` is how far the engine's log is in the books, `comments` how many numbers comments have been given,
    `figures` the newest health of the engine. `stop_wanted_at` asks for the end.
    """

    max_attempts = 1_000_000
    """A room moves as often as hosts die."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="broadcasts")
    script = models.ForeignKey(ScriptVersion, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    begun_at = models.DateTimeField(null=True, blank=True, help_text="the first word on air")
    stop_wanted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    media_seconds = models.FloatField(default=0.0)
    sentence = models.IntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    comments = models.PositiveIntegerField(default=0)
    restarts = models.PositiveIntegerField(default=0)
    log_bytes = models.BigIntegerField(default=0)
    guest_delay_seconds = models.PositiveSmallIntegerField(default=0, help_text="as the room had it when this began")

    objects = AdvertiserManager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(state__in=("queued", "running")), name="one_broadcast_on_air_per_room"
            )
        ]

    def __str__(self) -> str:
        return f"broadcast of {self.room_id}"


class SpokenUtterance(models.Model):
    """A stretch of speech as it went on air: the words planned, the words heard, and the proof of a cut.

    `sentence` is the place in the script from 0; None for answers, bridges and notices. Ticks are 25 a second.
    """

    class Kind(models.TextChoices):
        SCRIPT = "script", "script"
        ANSWER = "answer", "answer"
        BRIDGE = "bridge", "bridge"
        NOTICE = "notice", "notice"
        OPERATOR = "operator", "operator"

    class State(models.TextChoices):
        ON_AIR = "on_air", "on_air"
        SAID = "said", "said"
        CUT = "cut", "cut"
        SKIPPED = "skipped", "skipped"

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="said", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SCRIPT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ON_AIR)
    sentence = models.IntegerField(null=True, blank=True)
    text = models.TextField()
    heard = models.TextField(blank=True, default="")
    words = models.JSONField(default=list, blank=True, help_text="[[word, seconds from the start], …]")
    cut = models.JSONField(default=dict, blank=True, help_text="kind, clause, tick and epoch of the cut")
    rule = models.CharField(
        max_length=20, blank=True, default="", help_text="how it was resumed, or why it was skipped"
    )
    answered = models.JSONField(default=list, blank=True, help_text="numbers of the comments it answers")
    source = models.CharField(max_length=12, blank=True, default="")
    started_tick = models.BigIntegerField()
    ended_tick = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()

    objects = AdvertiserManager()

    class Meta:
        indexes = [
            models.Index(fields=["broadcast", "id"], name="spoken_in_order"),
            models.Index(fields=["started_at"], name="spoken_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at tick {self.started_tick}"


class LiveComment(models.Model):
    """One viewer's comment in a broadcast and what became of it; `number` counts from 1 within the broadcast."""

    class State(models.TextChoices):
        RECEIVED = "received", "received"
        READY = "ready", "ready"
        ANSWERED = "answered", "answered"
        DROPPED = "dropped", "dropped"

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="heard", db_index=False)
    number = models.PositiveIntegerField()
    external_id = models.CharField(max_length=200, help_text="the sender's own id: heard once")
    viewer = models.CharField(max_length=100)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED, db_default="received")
    by_guest = models.BooleanField(default=False, db_default=False, help_text="said by a viewer on air")
    reason = models.CharField(max_length=60, blank=True, default="", db_default="")
    source = models.CharField(max_length=12, blank=True, default="", db_default="")
    answer_seconds = models.FloatField(null=True, blank=True, help_text="from the comment to the answer on air")
    received_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True, blank=True, help_text="when the room's brain took it")

    objects = AdvertiserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "external_id"], name="comment_heard_once"),
            models.UniqueConstraint(fields=["broadcast", "number"], name="comment_number_once"),
        ]
        indexes = [
            models.Index(fields=["broadcast"], condition=Q(delivered_at__isnull=True), name="comment_to_deliver"),
            models.Index(fields=["received_at"], name="comment_by_age"),
        ]

    def __str__(self) -> str:
        return f"comment {self.number}"


class OperatorOrder(models.Model):
    """What an operator wants of the room at once."""

    class Order(models.TextChoices):
        SAY = "say", "say"
        SKIP = "skip", "skip"
        PAUSE_ANSWERS = "pause_answers", "pause_answers"
        RESUME_ANSWERS = "resume_answers", "resume_answers"
        DUMP = "dump", "dump"
        SLATE = "slate", "slate"
        UNSLATE = "unslate", "unslate"

    id = models.BigAutoField(primary_key=True)
    advertiser = models.ForeignKey("core.Advertiser", on_delete=models.CASCADE, related_name="+", db_index=False)
    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="orders_given", db_index=False)
    order = models.CharField(max_length=16, choices=Order.choices)
    text = models.CharField(max_length=300, blank=True, default="")
    member = models.ForeignKey("core.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = AdvertiserManager()

    class Meta:
        indexes = [models.Index(fields=["broadcast", "delivered_at"], name="operator_order_to_deliver")]

    def __str__(self) -> str:
        return self.order
