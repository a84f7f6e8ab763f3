"""What a hearing engine takes, gives and can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.errors import RetryableError, TerminalError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEARING_RATE = 16_000
"""Samples a second of everything that is listened to: mono, -1..1."""


@dataclass(frozen=True)
class HearingCapabilities:
    """What an engine can do. `streaming`: partial words come while somebody still speaks.

    `confidence`: words carry how sure the engine is of them. `degraded` names the stand-in it is, "" for a real one.
    """

    streaming: bool
    word_times: bool
    languages: tuple[str, ...]
    confidence: bool = False
    degraded: str = ""


@dataclass(frozen=True)
class HeardWord:
    """A word or, in Chinese, a character: seconds from the first sample the stream was given.

    `confidence` is 0..1; 1.0 where the engine tells none.
    """

    text: str
    start_seconds: float
    end_seconds: float
    confidence: float = 1.0


@dataclass(frozen=True)
class Heard:
    """What was said in the turn so far. `is_final`: the turn is over and what comes next is another.

    `text` is "" where nothing was understood; `words` is empty where the engine gives no times.
    """

    text: str
    is_final: bool
    words: tuple[HeardWord, ...] = ()
    confidence: float = 1.0


class HearingStream(Protocol):
    """One speaker's sound, in order. Used by one thread at a time.

    A turn ends by the engine's own endpoint rule (`accept` returns a final `Heard`) or by
    `finish`; the stream then listens to the next turn, and times go on counting.
    """

    def accept(self, samples: NDArray[np.float32]) -> Heard | None:
        """Listen to f32[n], 16 kHz mono; the turn so far where it changed or ended, None where nothing is new."""
        ...

    def finish(self) -> Heard:
        """The turn is over: everything understood of it, `is_final`."""
        ...


class HearingEngine(Protocol):
    """Opens streams. `version` changes whenever the same sound may be understood otherwise."""

    name: str
    version: str
    capabilities: HearingCapabilities

    def open(self, language: str) -> HearingStream:
        """A stream for speech in `language` ("zh-CN", "en"); HearingRefused when this engine never can."""
        ...


class HearingRefused(TerminalError):
    """The engine cannot listen as it is set up; somebody has to change something."""

    code = "hearing_refused"


class HearingDown(RetryableError):
    """The engine did not answer this time."""

    code = "hearing_down"
