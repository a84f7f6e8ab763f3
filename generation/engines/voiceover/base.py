"""What a voice engine takes, gives and can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.errors import RetryableError, TerminalError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class VoiceCapabilities:
    """What an engine can do. `degraded` names the stand-in it is, "" for a full voice."""

    streaming: bool
    word_times: bool
    languages: tuple[str, ...]
    degraded: str = ""


@dataclass(frozen=True)
class SpeechRequest:
    """A line to speak, already in spoken form. 1.0 is the engine's normal pace (`speed`) and height (`pitch`).

    An engine that cannot change its pitch speaks at its own.
    """

    text: str
    language: str
    voice: str = ""
    speed: float = 1.0
    pitch: float = 1.0


@dataclass(frozen=True)
class SpokenSpan:
    """Characters [start, end) of the request's text, heard from `start_seconds` to `end_seconds`."""

    start: int
    end: int
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class SpokenPhoneme:
    """One sound by the engine's own mnemonic ("_…" is a pause), heard from `start_seconds` until the next."""

    name: str
    start_seconds: float


@dataclass(frozen=True)
class Speech:
    """Mono float samples (-1..1) and, where the engine knows them, the times of the text's parts and sounds."""

    samples: NDArray[np.float64]
    sample_rate: int
    spans: tuple[SpokenSpan, ...] = ()
    phonemes: tuple[SpokenPhoneme, ...] = ()


class VoiceEngine(Protocol):
    """Speaks one line at a time. `version` changes whenever the same request may sound otherwise."""

    name: str
    version: str
    capabilities: VoiceCapabilities

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; VoiceRefused when it never can, VoiceDown when it may later."""
        ...


class VoiceRefused(TerminalError):
    """The engine cannot speak this line as it is set up; somebody has to change something."""

    code = "voice_refused"


class VoiceDown(RetryableError):
    """The engine did not answer this time."""

    code = "voice_down"
