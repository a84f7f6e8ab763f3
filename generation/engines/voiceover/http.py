"""A voice behind OpenAI's speech endpoint: POST {base}/audio/speech, answered with a WAV."""

from __future__ import annotations

import httpx

from generation.engines.voiceover.base import (
    Speech,
    SpeechRequest,
    VoiceCapabilities,
    VoiceDown,
    VoiceRefused,
)
from generation.sound.wave_files import WaveBroken, parse_wav

LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
_CONNECT_SECONDS = 5.0
_ANSWER_SECONDS = 60.0


class HttpEngine:
    """`base_url` is VOICE_BASE_URL (with /v1, as for the language model)."""

    name = "http"
    capabilities = VoiceCapabilities(streaming=False, word_times=False, languages=("zh-CN", "en"))

    def __init__(self, base_url: str, model: str = "tts-1", default_voice: str = "alloy", api_key: str = "") -> None:
        self._url = base_url.rstrip("/") + "/audio/speech"
        self._model = model
        self._default_voice = default_voice
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self.version = f"{self._url}#{model}"

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; 4xx and answers that are no WAV are refusals, 5xx and silence may pass."""
        wav = self._fetch(request)
        try:
            samples, rate = parse_wav(wav)
        except WaveBroken as error:
            raise VoiceRefused(f"the voice service answered with something that is no WAV: {error}") from error
        return Speech(samples=samples.mean(axis=1), sample_rate=rate)

    def _fetch(self, request: SpeechRequest) -> bytes:
        body = {
            "model": self._model,
            "input": request.text,
            "voice": request.voice or self._default_voice,
            "response_format": "wav",
            "speed": request.speed,
        }
        limits = httpx.Timeout(_ANSWER_SECONDS, connect=_CONNECT_SECONDS)
        try:
            with httpx.stream("POST", self._url, json=body, headers=self._headers, timeout=limits) as answer:
                _check_status(answer.status_code)
                return _read_bounded(answer)
        except httpx.HTTPError as error:
            raise VoiceDown(f"the voice service does not answer: {type(error).__name__}") from error


def _check_status(status: int) -> None:
    if status == 429 or status >= 500:
        raise VoiceDown(f"the voice service answered {status}")
    if status >= 400:
        raise VoiceRefused(f"the voice service refused the line with {status}")


def _read_bounded(answer: httpx.Response) -> bytes:
    received = bytearray()
    for piece in answer.iter_bytes():
        received += piece
        if len(received) > LARGEST_ANSWER_BYTES:
            raise VoiceRefused("the voice service sent more than 64 MB for one line")
    return bytes(received)
