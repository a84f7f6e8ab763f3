"""What voice services are asked, and in which form they answer. Pure.

`openai`: POST /audio/speech of OpenAI's API reference, kept by many servers of open voices.
`cosyvoice`: CosyVoice's own server (runtime/python/fastapi/server.py): forms in, raw samples out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from generation.engines.voiceover.base import SpeechRequest


@dataclass(frozen=True)
class Call:
    """One POST. `json` or the form `fields` with `files` (name → (file name, content)); `rate` of a raw answer."""

    path: str
    rate: int
    json: Mapping[str, Any] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


class Dialect(Protocol):
    """`clones`: it can speak as a person it is given a recording of."""

    @property
    def name(self) -> str: ...

    @property
    def clones(self) -> bool: ...

    def call(self, request: SpeechRequest, is_streamed: bool) -> Call: ...


@dataclass(frozen=True)
class OpenAI:
    """A WAV where the whole is wanted, raw samples (24 kHz, 16 bits, by its reference) where they are streamed."""

    model: str = "tts-1"
    default_voice: str = "alloy"
    rate: int = 24_000
    name: str = "openai"
    clones: bool = False

    def call(self, request: SpeechRequest, is_streamed: bool) -> Call:
        body = {
            "model": self.model,
            "input": request.text,
            "voice": request.voice or self.default_voice,
            "response_format": "pcm" if is_streamed else "wav",
            "speed": request.speed,
        }
        return Call("/audio/speech", self.rate, json=body)


@dataclass(frozen=True)
class CosyVoice:
    """Raw samples always (22,050 Hz for CosyVoice 1, 24,000 for 2 and 3). Its own server knows no speed and passes
    over it; servers made after it take one."""

    default_voice: str = "中文女"
    rate: int = 24_000
    name: str = "cosyvoice"
    clones: bool = True

    def call(self, request: SpeechRequest, is_streamed: bool) -> Call:
        person = request.person
        said = {"tts_text": request.text, "speed": str(request.speed)}
        if person is None:
            return Call("/inference_sft", self.rate, fields={**said, "spk_id": request.voice or self.default_voice})
        return Call(
            "/inference_zero_shot",
            self.rate,
            fields={**said, "prompt_text": person.transcript},
            files={"prompt_wav": ("reference.wav", person.recording.read_bytes())},
        )
