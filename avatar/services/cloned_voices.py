"""A person's own voice for the host that is built from them: a recording, its words, and the consent behind it."""

from __future__ import annotations

import time
import uuid
from pathlib import Path

from django.db import DatabaseError, connection

from avatar.models import HostPersona, LikenessConsent
from avatar.services.personas import ConsentMissing
from avatar.speech.voices import person_of
from core.errors import InputError
from core.live_updates import publish
from core.models import Advertiser
from core.storage import api as storage
from generation.api import ConsentedVoice, VoiceConsentMissing, check_recording

LARGEST_RECORDING_BYTES = 20 * 1024 * 1024
REMEMBERED_SECONDS = 60.0
"""How long a consent counts as read while the books do not answer."""


def keep_recording(persona: HostPersona, path: Path, transcript: str) -> HostPersona:
    """From the next broadcast on the host sounds like the person it is built from, where the engine can.

    Raises `InputError` for a recording that cannot be used, `ConsentMissing` without a voice consent that stands.
    """
    if not persona.likeness_of:
        raise InputError("likeness_of", "is missing: an invented host has nobody's voice", "missing")
    if not _stands(persona):
        raise ConsentMissing(persona.likeness_of, "voice")
    if path.stat().st_size > LARGEST_RECORDING_BYTES:
        raise InputError("recording", "is larger than 20 MB", "recording_large")
    check_recording(path, transcript)
    persona.voice_recording, persona.voice_transcript = storage.put_file(path), " ".join(transcript.split())
    persona.save(update_fields=["voice_recording", "voice_transcript"])
    publish(persona.advertiser_id, "rooms", {})
    return persona


def forget_recording(persona: HostPersona) -> None:
    """The host speaks with a voice of the engine's again."""
    persona.voice_recording = persona.voice_transcript = ""
    persona.save(update_fields=["voice_recording", "voice_transcript"])
    publish(persona.advertiser_id, "rooms", {})


def consented_voice(voice: str, advertiser: str) -> ConsentedVoice | None:
    """Whose voice a room of `advertiser` (its slug) names by `voice`; None where it is nobody's.

    VoiceConsentMissing where the host is gone, has no recording any more, or the person agrees no longer; the
    voice asks again before each sentence.
    """
    key = person_of(voice)
    if not key:
        return None
    owner = Advertiser.objects.filter(slug=advertiser).first()
    rows = HostPersona.objects.for_advertiser(owner) if owner is not None else HostPersona.objects.none()
    persona = rows.filter(pk=uuid.UUID(key)).exclude(voice_recording="").first()
    if persona is None:
        raise VoiceConsentMissing("the host this voice belongs to has no recording any more")
    return ConsentedVoice(
        person=persona.likeness_of,
        consent_id=str(persona.voice_consent_id or ""),
        recording=storage.path_for(persona.voice_recording),
        transcript=persona.voice_transcript,
        stands=_Standing(persona),
    )


def voice_consents(voice: str, advertiser: str) -> tuple[str, ...]:
    """The consents a room's voice rests on, for what is signed; none for a voice that is nobody's."""
    person = consented_voice(voice, advertiser)
    return (person.consent_id,) if person is not None else ()


class _Standing:
    """Whether the consent still stands, read anew each time; while the books cannot be read, as it was last read."""

    def __init__(self, persona: HostPersona) -> None:
        self._persona = persona
        self._read_at: float | None = None

    def __call__(self) -> bool:
        try:
            stands = _stands(self._persona)
        except DatabaseError:
            connection.close()
            return self._read_at is not None and time.monotonic() - self._read_at < REMEMBERED_SECONDS
        self._read_at = time.monotonic() if stands else None
        return stands


def _stands(persona: HostPersona) -> bool:
    """Whether the host's voice consent is of the person it is built from, given and not withdrawn."""
    if persona.voice_consent_id is None:
        return False
    consents = LikenessConsent.objects.filter(pk=persona.voice_consent_id, kind="voice", withdrawn_at=None)
    return consents.filter(person=persona.likeness_of).exists()
