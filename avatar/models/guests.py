"""Viewers who talk with a host on air: each with a link, a consent and a stay; and the handshakes of their browsers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from avatar.models.broadcasts import Broadcast
from avatar.models.personas import LikenessConsent
from core.models import LANGUAGE_CHOICES
from core.tenancy.rows import AdvertiserRow


class Guest(AdvertiserRow):
    """One viewer let into a broadcast by a link. `number` counts a broadcast's guests from 1, as its log does.

    `joined_tick` to `left_tick` is the stretch in which they were seen and heard. Nobody waits or is on air without
    a consent; after its withdrawal `name` is empty.
    """

    class State(models.TextChoices):
        INVITED = "invited", "invited"
        WAITING = "waiting", "waiting"
        ON_AIR = "on_air", "on_air"
        ENDED = "ended", "ended"

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="guests")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.INVITED)
    reason = models.CharField(max_length=12, blank=True, default="", help_text="why the stay ended")
    name = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="zh-CN")
    has_picture = models.BooleanField(default=False)
    is_connected = models.BooleanField(default=False, help_text="sound comes in")
    hears = models.BooleanField(default=True, help_text="words are understood, so the host can answer")
    said = models.CharField(max_length=200, blank=True, default="", help_text="the turn so far, as understood")
    consent = models.ForeignKey(LikenessConsent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey("core.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(help_text="until when the link lets somebody in")
    came_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    joined_tick = models.BigIntegerField(null=True, blank=True)
    left_tick = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "number"], name="guest_number_once_per_broadcast"),
            models.UniqueConstraint(
                fields=["broadcast"], condition=Q(state="on_air"), name="one_guest_on_air_per_broadcast"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("waiting", "on_air")) | Q(consent__isnull=False),
                name="guest_on_air_has_consented",
            ),
        ]

    def __str__(self) -> str:
        return f"guest {self.number}"


class Handshake(AdvertiserRow):
    """One offer of a browser and the answer to it (SDP): of a guest, or of an operator who listens ahead (no guest).

    Rows, and not a socket to the room's process: that may run on any machine. They hold addresses of people, so they
    go when they have served.
    """

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="handshakes")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="handshakes")
    offer = models.TextField()
    answer = models.TextField(blank=True, default="")
    taken_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["broadcast", "taken_at"], name="handshake_to_take")]

    def __str__(self) -> str:
        return "handshake of a guest" if self.guest_id else "handshake of an operator"
