"""A voice behind a service: OpenAI's speech endpoint or CosyVoice's own server, whole or as it arrives."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import numpy as np
from numpy.typing import NDArray

from core.llm.retrying import RetryRule
from generation.engines.voiceover.arriving import ArrivingSound, check_plausible, longest_seconds
from generation.engines.voiceover.base import (
    IsCancelled,
    OnSamples,
    Speech,
    SpeechRequest,
    VoiceCancelled,
    VoiceCapabilities,
    VoiceDown,
    VoiceRefused,
    never,
    require_can,
)
from generation.engines.voiceover.dialects import Call, Dialect, OpenAI

TWICE = RetryRule(attempts=2, first_wait=0.3)
LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
_CONNECT_SECONDS = 5.0
_RATE_HEADERS = ("x-sample-rate", "x-custom-header-samplerate")
"""How servers of raw samples name their rate where they do; the second is CosyVoice's."""


class HttpEngine:
    """`base_url` is VOICE_BASE_URL (with /v1 for OpenAI's API, as for the language model).

    `silent_seconds` without a byte, or `line_seconds` for a whole line, and it counts as down.
    What may pass is tried again (`rule`), unless parts of the line were told already.
    """

    name = "http"

    def __init__(
        self,
        base_url: str,
        model: str = "tts-1",
        default_voice: str = "alloy",
        api_key: str = "",
        dialect: Dialect | None = None,
        silent_seconds: float = 15.0,
        line_seconds: float = 60.0,
        rule: RetryRule = TWICE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._dialect = dialect or OpenAI(model, default_voice)
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._silent_seconds, self._line_seconds = silent_seconds, line_seconds
        self._rule, self._sleep = rule, sleep
        self.version = f"{urlsplit(self._base).netloc}{urlsplit(self._base).path}#{self._dialect!r}"
        self.capabilities = VoiceCapabilities(
            streaming=True, word_times=False, languages=("zh-CN", "en"), cloning=self._dialect.clones
        )

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; 4xx and answers that are no sound are refusals, 5xx and silence may pass."""
        return self._tried(lambda: self._spoken(request, False, _unheard, never), lambda: False)

    def stream(self, request: SpeechRequest, on_samples: OnSamples, is_cancelled: IsCancelled = never) -> Speech:
        """Parts as the service sends them; one that breaks off after the first part raises VoiceDown."""
        told: list[int] = []

        def tell(samples: NDArray[np.float64], rate: int) -> None:
            told.append(len(samples))
            on_samples(samples, rate)

        return self._tried(lambda: self._spoken(request, True, tell, is_cancelled), lambda: bool(told))

    def _tried(self, call: Callable[[], Speech], was_told: Callable[[], bool]) -> Speech:
        failures = 0
        while True:
            try:
                return call()
            except VoiceDown:
                failures += 1
                if failures >= self._rule.attempts or was_told():
                    raise
                self._sleep(self._rule.wait(failures, 0.0, random.random()))

    def _spoken(
        self, request: SpeechRequest, is_streamed: bool, on_samples: OnSamples, is_cancelled: IsCancelled
    ) -> Speech:
        require_can(self, request)
        if request.person is not None:
            request.person.require_consent()
        call = self._dialect.call(request, is_streamed)
        parts: list[NDArray[np.float64]] = []
        with self._asked(call) as answer:
            arriving = ArrivingSound(_rate_of(answer, call.rate))
            most = longest_seconds(request)
            for content in _read_bounded(answer, time.monotonic() + self._line_seconds):
                if is_cancelled():
                    raise VoiceCancelled("broken off")
                part = arriving.feed(content)
                if len(part):
                    parts.append(part)
                    on_samples(part, arriving.rate)
                if arriving.samples > most * arriving.rate:
                    break
            arriving.finish()
        samples = np.concatenate([np.zeros(0), *parts])
        check_plausible(request, samples, arriving.rate)
        return Speech(samples=samples, sample_rate=arriving.rate)

    @contextmanager
    def _asked(self, call: Call) -> Iterator[httpx.Response]:
        limits = httpx.Timeout(self._silent_seconds, connect=_CONNECT_SECONDS)
        form = {"files": dict(call.files)} if call.files else {}
        body = {"json": call.json} if call.json is not None else {"data": dict(call.fields), **form}
        try:
            with httpx.stream("POST", self._base + call.path, headers=self._headers, timeout=limits, **body) as answer:
                _check_status(answer.status_code)
                yield answer
        except httpx.HTTPError as error:
            raise VoiceDown(f"the voice service does not answer: {type(error).__name__}") from error


def _unheard(samples: NDArray[np.float64], rate: int) -> None:
    """For who wants the whole alone."""


def _rate_of(answer: httpx.Response, otherwise: int) -> int:
    told = next((answer.headers[name] for name in _RATE_HEADERS if name in answer.headers), "")
    return int(told) if told.isdecimal() else otherwise


def _check_status(status: int) -> None:
    if status == 429 or status >= 500:
        raise VoiceDown(f"the voice service answered {status}")
    if status >= 400:
        raise VoiceRefused(f"the voice service refused the line with {status}")


def _read_bounded(answer: httpx.Response, until: float) -> Iterator[bytes]:
    received = 0
    for piece in answer.iter_bytes():
        received += len(piece)
        if received > LARGEST_ANSWER_BYTES:
            raise VoiceRefused("the voice service sent more than 64 MB for one line")
        if time.monotonic() > until:
            raise VoiceDown("the voice service takes too long for one line")
        yield piece
