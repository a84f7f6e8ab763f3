"""Speech recognised by a local model through sherpa-onnx (extra `live`)."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.hearing.base import (
    HEARING_RATE,
    Heard,
    HearingCapabilities,
    HearingRefused,
    HearingStream,
)
from generation.hearing.sherpa_models import QUIET_AFTER_WORDS, HearingModel, find_hearing_model, load_hearing
from generation.hearing.turns import TurnListener
from generation.hearing.words import heard_words
from generation.sherpa.trial import TrialFailed, content_key, try_out

_PIECE = HEARING_RATE // 10
_TAIL_SECONDS = 0.66
"""Quiet that is given to a model after a turn: it hears the last word by what comes after."""


class SherpaHearing:
    """The model in `folder`, loaded at the first stream. Refuses at once what holds no model."""

    name = "sherpa"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.model: HearingModel = find_hearing_model(folder)
        self.version = f"{folder.name}-{content_key(folder)}"
        self.capabilities = HearingCapabilities(
            streaming=self.model.is_streaming,
            word_times=self.model.kind != "whisper",
            languages=("zh-CN", "en"),
            confidence=self.model.is_streaming and self.model.kind == "transducer",
        )
        self._lock = threading.Lock()
        self._recognizer: Any = None

    def open(self, language: str) -> HearingStream:
        """A stream; `language` is the model's own affair: it was trained for one or for several."""
        del language
        recognizer = self._loaded()
        if not self.model.is_streaming:
            return TurnListener(lambda samples: _whole(recognizer, samples))
        return _SherpaStream(recognizer)

    def _loaded(self) -> Any:
        with self._lock:
            if self._recognizer is None:
                try:
                    try_out("hearing", self.folder)
                except TrialFailed as error:
                    raise HearingRefused(f"the speech model in {self.folder} does not load: {error}") from error
                self._recognizer = load_hearing(self.model)
            return self._recognizer


class _SherpaStream:
    """One speaker before a streaming model.

    The library keeps every sample of a stream, so each turn that ends in quiet begins another one of its
    streams; a turn that was cut by its length goes on in the same.
    """

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        self._queue = np.zeros(0, dtype=np.float32)
        self._taken = 0
        self._begin()

    def _begin(self) -> None:
        self._stream = self._recognizer.create_stream()
        self._offset = self._taken / HEARING_RATE
        self._told = ""

    def accept(self, samples: NDArray[np.float32]) -> Heard | None:
        """A final `Heard` at the first endpoint: what came after it is heard with the next samples."""
        self._queue = np.concatenate([self._queue, np.asarray(samples, dtype=np.float32)])
        with _named_errors():
            ended = self._listen()
        if ended is not None:
            return ended
        heard = self._heard(is_final=False)
        if heard.text == self._told:
            return None
        self._told = heard.text
        return heard

    def finish(self) -> Heard:
        """What the model makes of the turn once quiet follows it; the next turn starts afresh."""
        parts: list[Heard] = []
        with _named_errors():
            while (ended := self._listen()) is not None:
                parts.append(ended)
            tail = np.zeros(int(_TAIL_SECONDS * HEARING_RATE), dtype=np.float32)
            self._stream.accept_waveform(HEARING_RATE, tail)
            self._stream.input_finished()
            while self._recognizer.is_ready(self._stream):
                self._recognizer.decode_stream(self._stream)
            parts.append(self._heard(is_final=True))
            self._begin()
        return joined(parts)

    def _listen(self) -> Heard | None:
        """Piece by piece through the queue; stops at an endpoint that has words before it."""
        while self._queue.size:
            piece, self._queue = self._queue[:_PIECE], self._queue[_PIECE:]
            self._taken += len(piece)
            self._stream.accept_waveform(HEARING_RATE, piece)
            while self._recognizer.is_ready(self._stream):
                self._recognizer.decode_stream(self._stream)
            if self._recognizer.is_endpoint(self._stream):
                heard = self._heard(is_final=True)
                self._end_turn(heard)
                if heard.text:
                    return heard
        return None

    def _end_turn(self, heard: Heard) -> None:
        quiet = self._taken / HEARING_RATE - heard.words[-1].start_seconds if heard.words else math.inf
        if quiet >= QUIET_AFTER_WORDS / 2:
            return self._begin()
        self._recognizer.reset(self._stream)
        self._told = ""
        return None

    def _heard(self, is_final: bool) -> Heard:
        result = self._recognizer.get_result_all(self._stream)
        begin = self._offset + float(getattr(result, "start_time", 0.0) or 0.0)
        return heard_from(result, begin, self._taken / HEARING_RATE, is_final)


@contextmanager
def _named_errors() -> Iterator[None]:
    """What the library raises over its weights is a refusal of ours."""
    try:
        yield
    except RuntimeError as error:
        raise HearingRefused(f"the speech model broke while it listened: {error}") from error


def joined(parts: Sequence[Heard]) -> Heard:
    """Stretches of one turn as one; a blank between where the script has blanks."""
    said = [part for part in parts if part.text]
    text = ""
    for part in said:
        needs_blank = text[-1:].isascii() and part.text[:1].isascii() and bool(text)
        text += (" " if needs_blank else "") + part.text
    words = tuple(word for part in said for word in part.words)
    return Heard(text, True, words, round(min((part.confidence for part in said), default=1.0), 4))


def heard_from(result: Any, begin: float, latest: float, is_final: bool) -> Heard:
    """A result of the library's, whose times count from `begin`; nothing is heard after `latest`."""
    tokens = [str(token) for token in result.tokens]
    times = [begin + float(at) for at in result.timestamps]
    logs = [float(each) for each in getattr(result, "ys_probs", ()) or ()]
    chances = [min(math.exp(each), 1.0) for each in logs] if len(logs) == len(tokens) else []
    words = heard_words(tokens, times, chances, latest) if len(times) == len(tokens) else ()
    sure = sum(chances) / len(chances) if chances else 1.0
    return Heard(str(result.text).strip(), is_final, words, round(sure, 4))


def _whole(recognizer: Any, samples: NDArray[np.float32]) -> Heard:
    """One stretch through a model that hears whole stretches; times from its first sample."""
    with _named_errors():
        stream = recognizer.create_stream()
        stream.accept_waveform(HEARING_RATE, samples)
        recognizer.decode_stream(stream)
    return heard_from(stream.result, 0.0, len(samples) / HEARING_RATE, is_final=True)
