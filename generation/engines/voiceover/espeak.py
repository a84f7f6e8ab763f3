"""The embedded voice: robotic, real, with times for every word. Always marked as degraded."""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from generation.engines.voiceover.base import (
    IsCancelled,
    OnSamples,
    Speech,
    SpeechRequest,
    SpokenPhoneme,
    SpokenSpan,
    VoiceCapabilities,
    VoiceDown,
    VoiceRefused,
    never,
    speak_whole,
)

VOICES = {"zh": "cmn", "en": "en-us"}
# Measured on espeak-ng 1.52: 200 speaks Mandarin at 4.6 characters a second, 140 English at 167 words a minute.
RATES = {"zh": 200, "en": 140}
_PITCH, _PITCH_RANGE = 46, 58
_ANSWER_SECONDS = 20.0
_MODULE = "generation.engines.voiceover.espeak_process"
_ROOT = Path(__file__).resolve().parents[3]


class EspeakEngine:
    """Keeps one espeak-ng process warm, starts it again when it died, speaks one line at a time."""

    name = "espeak"
    version = "1.52-b"
    capabilities = VoiceCapabilities(
        streaming=False, word_times=True, languages=("zh-CN", "en"), degraded="voice:espeak"
    )

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0
        atexit.register(self.close)

    def speak(self, request: SpeechRequest) -> Speech:
        """Speak `request`; its language picks the voice unless `voice` names one of espeak-ng's."""
        answer = self.ask(_parameters(request))
        return _as_speech(request.text, answer)

    def stream(self, request: SpeechRequest, on_samples: OnSamples, is_cancelled: IsCancelled = never) -> Speech:
        """In one part: a whole line takes some milliseconds."""
        return speak_whole(self, request, on_samples, is_cancelled)

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """One request to the process and its raw answer; tried once more when the process had died."""
        with self._lock:
            try:
                answer = self._exchange(message)
            except VoiceDown:
                answer = self._exchange(message)
        if "error" in answer:
            raise VoiceRefused(answer["error"])
        return answer

    def close(self) -> None:
        """End the process; the next line starts another."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return  # a fork of the process that started it must leave it alone
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _exchange(self, message: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        watchdog = threading.Timer(_ANSWER_SECONDS, process.kill)
        watchdog.start()
        try:
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            watchdog.cancel()
        if not line:
            self.close()
            raise VoiceDown("espeak-ng ended in the middle of a line")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self.close()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
        self._process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        self._owner = os.getpid()
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            self.close()
            raise VoiceDown("espeak-ng did not start")
        return self._process


def _parameters(request: SpeechRequest) -> dict[str, Any]:
    language = request.language.split("-")[0]
    if language not in VOICES:
        raise VoiceRefused(f"espeak-ng is set up for {', '.join(VOICES)}, not for {request.language}")
    return {
        "text": request.text,
        "voice": request.voice or VOICES[language],
        "rate": round(RATES[language] * request.speed),
        "pitch": min(round(_PITCH * request.pitch), 99),
        "pitch_range": min(round(_PITCH_RANGE * request.pitch), 99),
        "word_gap": 0,
    }


def _as_speech(text: str, answer: dict[str, Any]) -> Speech:
    import numpy as np

    from generation.engines.voiceover.word_times import spans_of

    pcm = np.frombuffer(base64.b64decode(answer["pcm"]), dtype="<i2")
    spans = spans_of(text, answer["words"], answer["phonemes"], answer["ms"])
    return Speech(
        samples=pcm.astype(np.float64) / 32768.0,
        sample_rate=answer["sample_rate"],
        spans=tuple(SpokenSpan(start, end, a / 1000, b / 1000) for start, end, a, b in spans),
        phonemes=tuple(SpokenPhoneme(name, ms / 1000) for name, _, ms in answer["phonemes"]),
    )
