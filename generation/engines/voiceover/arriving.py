"""Bytes of a voice service, as they arrive, become samples: raw 16-bit PCM or a WAV whose header comes first."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from core.phrases import reading_weight
from generation.engines.voiceover.base import SpeechRequest, VoiceDown, VoiceRefused
from generation.sound.wave_files import WaveBroken, parse_wav

LOWEST_RATE, HIGHEST_RATE = 8_000, 96_000
_LONGEST_HEADER = 64 * 1024
_QUIETEST_PEAK = 0.003
"""50 dB under full scale: a voice is louder, noise of a codec is not."""
_WEIGHT_A_SECOND = 4.4
_LEAST_SHARE, _MOST_TIMES = 0.2, 6.0
"""Speech as short or as long as this, beside what its text takes to say, is no reading of the text."""


class ArrivingSound:
    """Feed it bytes; it gives samples. VoiceRefused for what is no sound."""

    def __init__(self, raw_rate: int) -> None:
        self.rate = raw_rate
        self.samples = 0
        self._held = b""
        self._is_raw: bool | None = None
        self._layout: bytes = b""

    def feed(self, content: bytes) -> NDArray[np.float64]:
        """The samples that are whole by now, mono; none while a header is still coming."""
        self._held += content
        if self._is_raw is None and not self._begin():
            return np.zeros(0)
        size = self._frame_bytes()
        whole = len(self._held) - len(self._held) % size
        ready, self._held = self._held[:whole], self._held[whole:]
        made = self._decoded(ready)
        self.samples += len(made)
        return made

    def finish(self) -> None:
        """VoiceRefused where a header never ended."""
        if self._is_raw is None and self._held:
            raise VoiceRefused("the voice service answered with something that is no WAV: no sound inside")

    def _begin(self) -> bool:
        """Whether it is known what is coming."""
        if len(self._held) < 12:
            return False
        if self._held[:4] == b"RIFF":
            return self._begin_wav()
        if self._held[:1] in (b"{", b"<", b"["):
            raise VoiceRefused("the voice service answered with text, no sound: " + _excerpt(self._held))
        self._is_raw = True
        self._check_rate()
        return True

    def _begin_wav(self) -> bool:
        at = 12
        while at + 8 <= len(self._held):
            name, size = self._held[at : at + 4], struct.unpack_from("<I", self._held, at + 4)[0]
            if name == b"data":
                self._layout, self._held = self._held[: at + 8], self._held[at + 8 :]
                self.rate = self._parsed(b"\0" * 16)[1]
                self._is_raw = False
                self._check_rate()
                return True
            at += 8 + size + (size & 1)
        if at > _LONGEST_HEADER:
            raise VoiceRefused("the voice service answered with something that is no WAV: no sound inside")
        return False

    def _parsed(self, sound: bytes) -> tuple[NDArray[np.float64], int]:
        """The header as it came, with the size of `sound` in the place of its own."""
        header = self._layout[:-4] + struct.pack("<I", len(sound))
        try:
            return parse_wav(header + sound)
        except WaveBroken as error:
            raise VoiceRefused(f"the voice service answered with something that is no WAV: {error}") from error

    def _frame_bytes(self) -> int:
        if self._is_raw:
            return 2
        place = self._layout.index(b"fmt ")
        channels, bits = struct.unpack_from("<H", self._layout, place + 10)[0], self._layout[place + 22]
        return max(channels * bits // 8, 1)

    def _decoded(self, ready: bytes) -> NDArray[np.float64]:
        if not ready:
            return np.zeros(0)
        if self._is_raw:
            return np.frombuffer(ready, dtype="<i2").astype(np.float64) / 32768.0
        samples: NDArray[np.float64] = self._parsed(ready)[0].mean(axis=1)
        return samples

    def _check_rate(self) -> None:
        if not LOWEST_RATE <= self.rate <= HIGHEST_RATE:
            raise VoiceRefused(f"the voice service says its sound has {self.rate} samples a second; no voice has")


def longest_seconds(request: SpeechRequest) -> float:
    """Beyond this the service babbles."""
    return 5.0 + _MOST_TIMES * _expected_seconds(request)


def check_plausible(request: SpeechRequest, samples: NDArray[np.float64], rate: int) -> None:
    """VoiceDown where what came is no reading of the line: models that draw lots may do better next time."""
    if not len(samples):
        raise VoiceDown("the voice service sent no sound")
    if float(np.abs(samples).max()) < _QUIETEST_PEAK:
        raise VoiceDown("the voice service sent silence")
    seconds, expected = len(samples) / rate, _expected_seconds(request)
    if expected > 1.0 and seconds < _LEAST_SHARE * expected:
        raise VoiceDown(f"the voice service sent {seconds:.1f} s for a line that takes about {expected:.0f} s to say")
    if seconds > longest_seconds(request):
        raise VoiceDown(f"the voice service sent more than {seconds:.0f} s for a line of about {expected:.0f} s")


def _expected_seconds(request: SpeechRequest) -> float:
    return reading_weight(request.text) / _WEIGHT_A_SECOND / max(request.speed, 0.1)


def _excerpt(content: bytes) -> str:
    return " ".join(content[:200].decode("utf-8", "replace").split())
