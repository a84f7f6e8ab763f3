"""Another person's voice: only with a consent that stands at the moment of speaking."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from core.errors import InputError
from generation.engines.voiceover.base import Speech, SpeechRequest, VoiceEngine, VoiceRefused, require_can
from generation.sound.wave_files import WaveBroken, read_wav

SHORTEST_SECONDS, LONGEST_SECONDS = 3.0, 30.0
"""Of a reference recording: what zero-shot engines of the CosyVoice kind take."""
LOWEST_RATE = 16_000
_LOUD_ENOUGH = 0.02


class VoiceConsentMissing(VoiceRefused):
    """The person never agreed to have this voice spoken with, or agrees no longer."""

    code = "voice_consent_missing"


@dataclass(frozen=True)
class ConsentedVoice:
    """A person's voice: a recording of theirs (WAV) and what is said in it.

    `stands` asks whoever keeps the consent, now. Nothing of this can be built, and nothing spoken with it,
    where the answer is no: VoiceConsentMissing. `consent_id` goes with whatever is spoken.
    """

    person: str
    consent_id: str
    recording: Path
    transcript: str
    stands: Callable[[], bool] = field(compare=False, repr=False)

    def __post_init__(self) -> None:
        self.require_consent()

    def require_consent(self) -> None:
        if not self.consent_id or not self.stands():
            raise VoiceConsentMissing(f"no voice consent of {self.person} stands; record it first")

    @cached_property
    def key(self) -> str:
        """Changes with the recording, its words and the consent: part of every cache key of what is spoken."""
        content = hashlib.sha256(self.recording.read_bytes())
        content.update(f"\0{self.transcript}\0{self.consent_id}".encode())
        return content.hexdigest()[:16]


def speak_allowed(engine: VoiceEngine, request: SpeechRequest) -> Speech:
    """`engine.speak(request)` where the engine can and the person it is to sound like still agrees."""
    require_can(engine, request)
    if request.person is not None:
        request.person.require_consent()
    return engine.speak(request)


def check_recording(path: Path, transcript: str) -> float:
    """Seconds of a reference recording; InputError says why it cannot be one."""
    if not transcript.strip():
        raise InputError("transcript", "is missing: write what is said in the recording", "missing")
    try:
        samples, rate = read_wav(path)
    except (WaveBroken, OSError) as error:
        raise InputError("recording", f"is no WAV that can be read: {error}", "no_wav") from error
    if rate < LOWEST_RATE:
        raise InputError("recording", f"has {rate} samples a second; it needs {LOWEST_RATE} or more", "recording_rate")
    seconds = len(samples) / rate
    if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
        raise InputError(
            "recording",
            f"lasts {seconds:.1f} s; it has to last {SHORTEST_SECONDS:.0f} to {LONGEST_SECONDS:.0f} s",
            "recording_length",
        )
    if float(abs(samples).max()) < _LOUD_ENOUGH:
        raise InputError("recording", "is too quiet to hear a voice in", "recording_silent")
    return seconds
