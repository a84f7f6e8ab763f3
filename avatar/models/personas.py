"""Hosts an advertiser made, and the consents without which none is built from a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.models import LANGUAGE_CHOICES
from core.tenancy.rows import AdvertiserRow


class LikenessConsent(AdvertiserRow):
    """A person's dated, worded, revocable permission to use their face or their voice for a persona.

    `on_air` is that of a viewer who talks with a host: voice and picture are broadcast and recorded.
    """

    class Kind(models.TextChoices):
        LIKENESS = "likeness", "likeness"
        VOICE = "voice", "voice"
        ON_AIR = "on_air", "on_air"

    person = models.CharField(max_length=120, help_text="whose face or voice it is")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField(help_text="what was agreed to, as it was shown")
    evidence = models.CharField(max_length=300, blank=True, default="", help_text="where the signed paper lies")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.Member", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["advertiser", "person"], name="likeness_consent_of")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person}"


class HostPersona(AdvertiserRow):
    """A digital host by choices. `likeness_of` names the person it is built from; "" for an invented one.

    `base` is the ready-made host it starts from; `choices` are those of the persona maker that differ.
    """

    name = models.CharField(max_length=40)
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="zh-CN")
    base = models.CharField(max_length=40)
    choices = models.JSONField(default=dict, blank=True)
    voice = models.CharField(max_length=60, blank=True, default="")
    voice_recording = models.CharField(
        max_length=64, blank=True, default="", help_text="SHA-256 of a recording of the person it sounds like"
    )
    voice_transcript = models.TextField(blank=True, default="", help_text="what is said in that recording")
    head = models.CharField(
        max_length=60, blank=True, default="", help_text="name of a prepared head: the host is filmed, not drawn"
    )
    seed = models.IntegerField(default=1)
    likeness_of = models.CharField(max_length=120, blank=True, default="")
    likeness_consent = models.ForeignKey(LikenessConsent, null=True, on_delete=models.PROTECT, related_name="+")
    voice_consent = models.ForeignKey(LikenessConsent, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advertiser", "name"], name="persona_name_once_per_advertiser"),
            models.CheckConstraint(
                condition=Q(likeness_of="") | Q(likeness_consent__isnull=False, voice_consent__isnull=False),
                name="persona_of_a_person_has_both_consents",
            ),
            models.CheckConstraint(
                condition=Q(voice_recording="") | Q(voice_consent__isnull=False),
                name="persona_with_a_voice_of_a_person_has_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
