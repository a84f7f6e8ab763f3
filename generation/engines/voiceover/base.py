"""What a voice engine takes, gives and can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.errors import RetryableError, TerminalError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.engines.voiceover.consented import ConsentedVoice


@dataclass(frozen=True)
class VoiceCapabilities:
    """What an engine can do. `degraded` names the stand-in it is, "" for a full voice.

    `streaming`: `stream` gives sound before the whole line is spoken. `cloning`: it can speak as a person whose
    recording it is given.
    """

    streaming: bool
    word_times: bool
    languages: tuple[str, ...]
    degraded: str = ""
    cloning: bool = False


@dataclass(frozen=True)
class SpeechRequest:
    """A line to speak, already in spoken form. 1.0 is the engine's normal pace (`speed`) and height (`pitch`).

    An engine that cannot change its pitch speaks at its own. `person` is whom it is to sound like, in place
    of `voice`.
    """

    text: str
    language: str
    voice: str = ""
    speed: float = 1.0
    pitch: float = 1.0
    person: ConsentedVoice | None = None


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


OnSamples = Callable[["NDArray[np.float64]", int], None]
"""Hears f64[n] (-1..1) and their rate, in order, while the rest is still being spoken."""

IsCancelled = Callable[[], bool]


def never() -> bool:
    """For a line that nobody breaks off."""
    return False


class VoiceEngine(Protocol):
    """Speaks one line at a time. `version` changes whenever the same request may sound otherwise."""

    name: str
    capabilities: VoiceCapabilities

    @property
    def version(self) -> str: ...

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; VoiceRefused when it never can, VoiceDown when it may later."""
        ...

    def stream(self, request: SpeechRequest, on_samples: OnSamples, is_cancelled: IsCancelled = never) -> Speech:
        """Speak `request` and tell each part as it is there; the whole at the end, equal to the parts in a row.

        `is_cancelled` is asked between parts (it may be told from another thread): VoiceCancelled then.
        An engine that does not stream tells one part.
        """
        ...


def require_can(engine: VoiceEngine, request: SpeechRequest) -> None:
    """VoiceRefused where a person's voice is asked of an engine that would speak with another one instead."""
    if request.person is not None and not engine.capabilities.cloning:
        raise VoiceRefused(
            f"the voice engine {engine.name} cannot sound like a person; set VOICE_API=cosyvoice and VOICE_BASE_URL"
        )


class VoiceRefused(TerminalError):
    """The engine cannot speak this line as it is set up; somebody has to change something."""

    code = "voice_refused"


class VoiceDown(RetryableError):
    """The engine did not answer this time."""

    code = "voice_down"


class VoiceCancelled(TerminalError):
    """Nobody wants the line any more; what was spoken of it is void."""

    code = "voice_cancelled"


def speak_whole(
    engine: VoiceEngine, request: SpeechRequest, on_samples: OnSamples, is_cancelled: IsCancelled
) -> Speech:
    """`stream` for an engine that does not: one part, unless it was broken off before or during it."""
    if is_cancelled():
        raise VoiceCancelled("broken off before it was spoken")
    speech = engine.speak(request)
    if is_cancelled():
        raise VoiceCancelled("broken off")
    on_samples(speech.samples, speech.sample_rate)
    return speech
