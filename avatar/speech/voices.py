"""The voices a room may name, and how an emotion sounds.

Without a voice model the embedded espeak-ng speaks; its voices are told apart by variant and
height. Behind another engine the same names speak with that engine's standing voice, and what
is none of these names goes to the engine as it is (a speaker's number, a service's voice).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from avatar.contracts import Emotion
from core.contracts import Language


@dataclass(frozen=True)
class NamedVoice:
    """`variant` is espeak-ng's; `pitch` and `speed` count from its normal."""

    variant: str
    pitch: float = 1.0
    speed: float = 1.0


VOICES: MappingProxyType[str, NamedVoice] = MappingProxyType(
    {
        "default": NamedVoice(""),
        "bright": NamedVoice("+f3", 1.02),
        "soft": NamedVoice("+f2", 0.95, 0.97),
        "deep": NamedVoice("+m3", 0.9, 0.97),
        "clear": NamedVoice("+m7", 1.0),
    }
)
"""Name in room.yaml and on persona sheets → voice."""

_LANGUAGE_VOICES: MappingProxyType[Language, str] = MappingProxyType({"zh-CN": "cmn", "en": "en-us"})
_OWN_VOICE = re.compile(r"(?:cmn|en)(?:-[a-z0-9-]+)?(?:\+[A-Za-z0-9]+)?")

PERSON = "person:"
"""Before the id of a host of the advertiser's own whose recording the voice is made from."""

EMOTIONS: MappingProxyType[Emotion, tuple[float, float]] = MappingProxyType(
    {"calm": (0.95, 0.93), "warm": (1.0, 1.0), "delight": (1.04, 1.12)}
)
"""Emotion → (speed, pitch) as factors."""


@dataclass(frozen=True)
class Delivery:
    """What the engine is told: its own name for the voice, pace and height as factors."""

    voice: str
    speed: float
    pitch: float


def delivery(voice: str, language: Language, emotion: Emotion, engine: str) -> Delivery:
    """How `voice` says something in this mood with `engine` ("espeak", "sherpa", "http")."""
    speed, pitch = EMOTIONS[emotion]
    if person_of(voice):
        return Delivery("", speed, pitch)
    named = VOICES.get(voice or "default")
    if named is None:
        return Delivery(voice, speed, pitch)
    own = _LANGUAGE_VOICES[language] + named.variant if engine == "espeak" else ""
    return Delivery(own, round(speed * named.speed, 3), round(pitch * named.pitch, 3))


def person_of(voice: str) -> str:
    """The id of the host whose own voice this is; "" for a voice that is nobody's."""
    return voice.removeprefix(PERSON) if voice.startswith(PERSON) else ""


def check_voice(voice: str, engine: str) -> str:
    """Why `voice` cannot be used with `engine`, as a sentence; "" when it can."""
    if person_of(voice):
        return "a person's voice comes with the host that is built from them, never with a file"
    if not voice or voice in VOICES or engine != "espeak" or _OWN_VOICE.fullmatch(voice):
        return ""
    return f"no voice is called {voice!r}; there are {', '.join(VOICES)}, or configure a voice model or service"
