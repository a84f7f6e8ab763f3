"""A voice over HTTP, against a loopback server that also fails on demand."""

from __future__ import annotations

import io
import json
import threading
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from generation.engines.voiceover.base import SpeechRequest, VoiceDown, VoiceRefused
from generation.engines.voiceover.http import HttpEngine


def wav(rate: int = 24_000, seconds: float = 0.5) -> bytes:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        swing = np.sin(np.arange(int(rate * seconds)) * 0.05) * 12_000
        file.writeframes(swing.astype("<i2").tobytes())
    return sound.getvalue()


class Voice(ThreadingHTTPServer):
    """Answers every request with `status` and `content`; keeps what was asked."""

    status = 200
    content = wav()

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, Any], str]] = []

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Voice

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, body, self.headers.get("Authorization", "")))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def voice() -> Iterator[Voice]:
    server = Voice()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_line_is_asked_for_as_openai_does(voice: Voice) -> None:
    engine = HttpEngine(voice.base_url, model="tts", default_voice="lin", api_key="secret")

    speech = engine.speak(SpeechRequest("你好", "zh-CN", speed=1.1))

    body = {"model": "tts", "input": "你好", "voice": "lin", "response_format": "wav", "speed": 1.1}
    assert voice.asked == [("/v1/audio/speech", body, "Bearer secret")]
    assert (speech.sample_rate, len(speech.samples), speech.spans) == (24_000, 12_000, ())


def test_a_streaming_wav_without_sizes_is_read(voice: Voice) -> None:
    content = bytearray(wav())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    voice.content = bytes(content)

    assert len(HttpEngine(voice.base_url).speak(SpeechRequest("hi", "en")).samples) == 12_000


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_service_in_trouble_may_be_asked_again(voice: Voice, status: int) -> None:
    voice.status = status

    with pytest.raises(VoiceDown, match=str(status)):
        HttpEngine(voice.base_url).speak(SpeechRequest("hi", "en"))


@pytest.mark.parametrize("status", [400, 401, 404])
def test_a_refusal_stands(voice: Voice, status: int) -> None:
    voice.status = status

    with pytest.raises(VoiceRefused, match=str(status)):
        HttpEngine(voice.base_url).speak(SpeechRequest("hi", "en"))


@pytest.mark.parametrize("content", [b'{"error": "no"}', wav()[:30], b"RIFF\0\0\0\0WAVEdata\0\0\0\0", wav(rate=999)])
def test_an_answer_that_is_no_sound_is_refused(voice: Voice, content: bytes) -> None:
    voice.content = content

    with pytest.raises(VoiceRefused, match=r"no WAV|no sound"):
        HttpEngine(voice.base_url).speak(SpeechRequest("hi", "en"))


def test_nobody_there_may_be_asked_again(voice: Voice) -> None:
    gone = voice.base_url.replace("/v1", "")
    voice.server_close()

    with pytest.raises(VoiceDown, match="does not answer"):
        HttpEngine(gone).speak(SpeechRequest("hi", "en"))
