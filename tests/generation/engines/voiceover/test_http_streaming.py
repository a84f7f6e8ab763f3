"""A voice as it arrives over HTTP: in order, within time, and never taken for speech when it is none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from core.llm.retrying import RetryRule
from generation.engines.voiceover.base import SpeechRequest, VoiceCancelled, VoiceDown, VoiceRefused
from generation.engines.voiceover.consented import ConsentedVoice, VoiceConsentMissing
from generation.engines.voiceover.dialects import CosyVoice
from generation.engines.voiceover.engines import configured_engine
from generation.engines.voiceover.http import HttpEngine
from generation.sound.wave_files import write_wav

LINE = SpeechRequest("这个咖啡只要三十九块九", "zh-CN")
RATE = 24_000


def voice(seconds: float = 2.0, rate: int = RATE) -> bytes:
    return bytes((np.sin(np.arange(int(rate * seconds)) * 0.05) * 12_000).astype("<i2").tobytes())


class Service(ThreadingHTTPServer):
    """Plays one script after the other: what it writes, and when. The last one goes on for ever."""

    def __init__(self, *scripts: Callable[[_Answer], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.scripts = list(scripts)
        self.asked: list[tuple[str, bytes]] = []
        self.go_on, self.is_ended = threading.Event(), threading.Event()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, body))
        script = self.server.scripts[0] if len(self.server.scripts) == 1 else self.server.scripts.pop(0)
        script(self)

    def begin(self, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def write(self, content: bytes) -> None:
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Callable[..., Service]]:
    running: list[tuple[Service, threading.Thread]] = []

    def start(*scripts: Callable[[_Answer], None]) -> Service:
        service = Service(*scripts)
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        running.append((service, thread))
        return service

    yield start
    for service, thread in running:
        service.is_ended.set()
        service.go_on.set()
        service.shutdown()
        service.server_close()
        thread.join()


def says(content: bytes, **headers: str) -> Callable[[_Answer], None]:
    def script(answer: _Answer) -> None:
        answer.begin(length=len(content), **headers)
        answer.write(content)

    return script


def engine(service: Service, **given: object) -> HttpEngine:
    waits: list[float] = []
    made = HttpEngine(service.base_url, dialect=CosyVoice(), sleep=waits.append, **given)
    made.waits = waits
    return made


def unheard(samples: np.ndarray, rate: int) -> None:
    pass


def test_parts_are_heard_while_the_service_still_speaks(serve):
    def in_two(answer: _Answer) -> None:
        answer.begin(length=len(voice()))
        answer.write(voice()[:30_001])
        assert answer.server.go_on.wait(10)
        answer.write(voice()[30_001:])

    service, parts = serve(in_two), []

    def heard(samples: np.ndarray, rate: int) -> None:
        parts.append((len(samples), rate))
        service.go_on.set()

    whole = engine(service).stream(LINE, heard)

    assert parts[0] == (15_000, RATE)
    assert (sum(count for count, _ in parts), len(whole.samples)) == (48_000, 48_000)
    assert service.asked[0][0] == "/inference_sft"
    assert b"spk_id" in service.asked[0][1]


def test_a_line_is_broken_off_between_two_parts(serve):
    def endless(answer: _Answer) -> None:
        answer.begin()
        while not answer.server.is_ended.wait(0.001):
            try:
                answer.write(voice(0.01))
            except OSError:
                return

    service, wanted_no_more = serve(endless), threading.Event()

    with pytest.raises(VoiceCancelled):
        engine(service).stream(LINE, lambda samples, rate: wanted_no_more.set(), wanted_no_more.is_set)


def test_a_service_that_falls_silent_is_down(serve):
    def slow(answer: _Answer) -> None:
        answer.begin(length=len(voice()))
        answer.write(voice()[:1000])
        answer.server.is_ended.wait(10)

    service = serve(slow)

    with pytest.raises(VoiceDown, match="does not answer: ReadTimeout"):
        engine(service, silent_seconds=0.1).stream(LINE, unheard)
    assert len(service.asked) == 1


def test_a_line_that_breaks_off_after_its_first_part_is_not_begun_again(serve):
    def broken(answer: _Answer) -> None:
        answer.begin(length=len(voice()))
        answer.write(voice()[:10_000])

    service = serve(broken)

    with pytest.raises(VoiceDown, match="RemoteProtocolError"):
        engine(service).stream(LINE, unheard)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (lambda answer: answer.begin(503, 0), "unwell"),
        (says(b"\0" * 96_000), "silent"),
        (says(voice(0.1)), "short"),
        (says(b""), "empty"),
        (says(voice(40.0)), "babbling"),
    ],
)
def test_what_may_pass_is_asked_for_once_more_where_the_whole_is_wanted(serve, first, kind):
    service = serve(first, says(voice()))
    asking = engine(service)

    speech = asking.speak(LINE)

    assert len(speech.samples) == 48_000
    assert len(asking.waits) == 1
    assert 0.15 <= asking.waits[0] <= 0.3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\0" * 96_000, "sent silence"),
        (voice(0.1), r"sent 0\.1 s for a line that takes about 2 s"),
        (b"", "sent no sound"),
        (voice(40.0), r"for a line of about 2 s"),
    ],
)
def test_what_is_no_reading_of_the_line_is_an_error_in_the_end(serve, content: bytes, said: str):
    with pytest.raises(VoiceDown, match=said):
        engine(serve(says(content)), rule=RetryRule(attempts=1)).speak(LINE)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b'{"detail": "no such speaker"}', "answered with text, no sound.*no such speaker"), (b"<html>", "no WAV")],
)
def test_nonsense_is_refused_at_once(serve, content: bytes, said: str):
    service = serve(says(content))

    with pytest.raises(VoiceRefused, match=said):
        engine(service).speak(LINE)
    assert len(service.asked) == 1


def test_the_rate_is_what_the_service_says_it_is(serve):
    service = serve(says(voice(2.0, 22_050), X_Custom_Header_sampleRate="22050"))

    assert engine(service).speak(LINE).sample_rate == 22_050


def test_a_rate_that_no_voice_has_is_refused(serve):
    with pytest.raises(VoiceRefused, match="999 samples a second; no voice has"):
        engine(serve(says(voice(), X_Sample_Rate="999"))).speak(LINE)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "lin.wav"
    write_wav(path, np.sin(np.arange(16_000 * 4) * 0.05) * 0.4, 16_000)
    return path


def test_a_person_is_spoken_as_with_their_recording_and_its_words(serve, recording: Path):
    service = serve(says(voice()))
    lin = ConsentedVoice("林小姐", "c-1", recording, "大家好，我是小林。", stands=lambda: True)

    engine(service).speak(SpeechRequest(LINE.text, "zh-CN", person=lin))

    path, body = service.asked[0]
    assert path == "/inference_zero_shot"
    assert "大家好，我是小林。".encode() in body
    assert recording.read_bytes() in body


def test_a_consent_that_was_withdrawn_stops_the_next_line_before_anything_is_sent(serve, recording: Path):
    service, stands = serve(says(voice())), [True]
    lin = ConsentedVoice("林小姐", "c-1", recording, "大家好", stands=lambda: stands[0])
    stands[0] = False

    with pytest.raises(VoiceConsentMissing, match="no voice consent of 林小姐 stands"):
        engine(service).speak(SpeechRequest(LINE.text, "zh-CN", person=lin))
    assert service.asked == []


def test_an_engine_that_cannot_sound_like_a_person_does_not_speak_with_another_voice(serve, recording: Path):
    service = serve(says(voice()))
    lin = ConsentedVoice("林小姐", "c-1", recording, "大家好", stands=lambda: True)

    with pytest.raises(VoiceRefused, match="cannot sound like a person"):
        HttpEngine(service.base_url).speak(SpeechRequest("hi", "en", person=lin))
    assert service.asked == []


def test_the_settings_say_what_the_service_keeps_to(settings):
    settings.VOICE_BASE_URL, settings.VOICE_API, settings.VOICE_NAME = "http://voice.example:50000", "cosyvoice", "林"
    cosy = configured_engine()
    settings.VOICE_API, settings.VOICE_NAME, settings.VOICE_MODEL = "openai", "", "tts-9"
    openai = configured_engine()

    assert (cosy.name, cosy.capabilities.cloning, cosy.capabilities.streaming) == ("http", True, True)
    assert openai.capabilities.cloning is False
    assert "林" in cosy.version
    assert "tts-9" in openai.version
