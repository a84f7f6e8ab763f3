"""Hosts of an advertiser's own: by choices, or from a person who agreed in writing to face and voice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from avatar.faces.personas import choices, persona_from_choices
from avatar.heads.naming import head_named
from avatar.heads.preparing import withdraw_heads
from avatar.hosts import host_named
from avatar.models import HostPersona, LikenessConsent
from avatar.speech.voices import VOICES
from core.clock import system_clock
from core.errors import InputError
from core.live_updates import publish
from core.models import LANGUAGE_CHOICES, Advertiser, Member
from creative.api import withdraw_presenters
from generation.api import person_of_hosted
from generation.heads import check_origin, read_origin

NEEDED = (LikenessConsent.Kind.LIKENESS, LikenessConsent.Kind.VOICE)


class ConsentMissing(InputError):
    """A persona looks or sounds like a person who has not agreed to it, or agreed no longer."""

    def __init__(self, person: str, kind: str) -> None:
        super().__init__("persona", f"no {kind} consent of {person} stands; record it first", "consent_missing")
        self.person = person
        self.kind = kind


def record_consent(
    member: Member, person: str, kind: str, words: str, evidence: str, given_at: dt.datetime
) -> LikenessConsent:
    """What somebody agreed to, in the words they were shown. Raises `InputError`."""
    for thing, text in (("person", person), ("words", words)):
        if not text.strip():
            raise InputError(thing, "is missing", "missing")
    if kind not in LikenessConsent.Kind.values:
        raise InputError("kind", "is neither likeness nor voice", "unknown_choice")
    return LikenessConsent.objects.create(
        advertiser=member.advertiser,
        person=" ".join(person.split())[:120],
        kind=kind,
        words=words.strip(),
        evidence=evidence.strip()[:300],
        given_at=given_at,
        recorded_by=member,
    )


def withdraw_consent(consent: LikenessConsent) -> int:
    """From now on nothing that needs it goes on air, and no ad that shows the person goes out.

    Returns how many personas that touches.
    """
    LikenessConsent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=Now())
    publish(consent.advertiser_id, "rooms", {})
    withdraw_heads(consent, system_clock.now())
    withdraw_presenters(consent.advertiser, str(consent.pk))
    by_kind = {"likeness_consent": consent} if consent.kind == "likeness" else {"voice_consent": consent}
    touched = HostPersona.objects.for_advertiser(consent.advertiser).filter(**by_kind)
    if consent.kind == "voice":
        touched.update(voice_recording="", voice_transcript="")
    return touched.count()


def save_persona(advertiser: Advertiser, given: Mapping[str, str], persona: HostPersona | None = None) -> HostPersona:
    """A host by choices; `likeness_of` names the person it is built from, and then both consents must stand.

    Raises `InputError`, `ConsentMissing`.
    """
    made = persona or HostPersona(advertiser=advertiser)
    made.name = given.get("name", "").strip()[:40]
    if not made.name:
        raise InputError("name", "is missing", "missing")
    base = host_named(given.get("base", ""))
    if base is None:
        raise InputError("base", "is no ready-made host", "unknown_choice")
    made.base = base.name
    made.language = given.get("language", "")
    if made.language not in dict(LANGUAGE_CHOICES):
        raise InputError("language", "is neither zh-CN nor en", "unknown_choice")
    made.voice = given.get("voice", "")
    if made.voice and made.voice not in VOICES:
        raise InputError("voice", f"no voice is called {made.voice!r}", "unknown_voice")
    made.choices = {group: given[group] for group in choices() if given.get(group)}
    persona_from_choices(made.choices)
    was, made.likeness_of = made.likeness_of, " ".join(given.get("likeness_of", "").split())[:120]
    if made.likeness_of != was:
        # A recording is of the person it was made of: it never follows to another.
        made.voice_recording = made.voice_transcript = ""
    made.head = _head_of(advertiser, given.get("head", ""), made.likeness_of)
    made.likeness_consent = _standing(advertiser, made.likeness_of, "likeness")
    made.voice_consent = _standing(advertiser, made.likeness_of, "voice")
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise InputError("name", "another host is called that already", "twice") from error
    publish(advertiser.pk, "rooms", {})
    return made


def check_consents(persona: HostPersona) -> None:
    """Before it goes on air, every time: a consent may have been withdrawn since. Raises `ConsentMissing`."""
    if not persona.likeness_of:
        return
    for kind, consent in (("likeness", persona.likeness_consent), ("voice", persona.voice_consent)):
        if consent is None or consent.withdrawn_at is not None or consent.person != persona.likeness_of:
            raise ConsentMissing(persona.likeness_of, kind)


def _head_of(advertiser: Advertiser, name: str, person: str) -> str:
    """A filmed host belongs to the person who is filmed: nobody else's consents serve for it."""
    if not name:
        return ""
    folder = head_named(name, advertiser.slug)
    shown = person_of_hosted(name, advertiser) if folder is None else _agreed_to(folder, name)
    if shown is None:
        raise InputError("head", f"there is no prepared head {name!r}", "unknown_head")
    if shown != person:
        raise InputError("likeness_of", f"the film shows {shown or 'nobody real'}", "other_person")
    return name


def _agreed_to(folder: Path, name: str) -> str:
    """Whom the film shows, who agreed to it and still does."""
    origin = read_origin(folder)
    check_origin(origin, name)
    return origin.person


def _standing(advertiser: Advertiser, person: str, kind: str) -> LikenessConsent | None:
    if not person:
        return None
    found = LikenessConsent.objects.for_advertiser(advertiser).filter(person=person, kind=kind, withdrawn_at=None)
    newest: LikenessConsent | None = found.order_by("-given_at").first()
    if newest is None:
        raise ConsentMissing(person, kind)
    return newest
