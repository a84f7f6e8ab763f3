"""The finished take: one format, one level, silent edges, words in time."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
from django.test import override_settings

from core.errors import InputError
from generation.engines.voiceover.base import Speech, SpeechRequest, VoiceCapabilities, VoiceRefused
from generation.engines.voiceover.engines import configured_engine
from generation.engines.voiceover.espeak import EspeakEngine
from generation.engines.voiceover.http import HttpEngine
from generation.engines.voiceover.sherpa import SherpaEngine
from generation.engines.voiceover.take import SPEECH_LUFS, speak_line
from generation.sound.loudness import integrated_lufs
from generation.sound.wave_files import read_wav


class Hum:
    """An engine of the tests' own: a second of hum between half seconds of silence, no word times."""

    name = "hum"
    version = "1"
    capabilities = VoiceCapabilities(streaming=False, word_times=False, languages=("en",))

    def __init__(self, loudness: float = 0.02) -> None:
        self.loudness = loudness
        self.asked: list[SpeechRequest] = []

    def speak(self, request: SpeechRequest) -> Speech:
        self.asked.append(request)
        hum = np.sin(np.arange(16_000) * 2 * np.pi * 300 / 16_000) * self.loudness
        return Speech(np.pad(hum, 8_000), 16_000)


def test_a_take_is_48_khz_mono_16_bit_with_silent_edges(tmp_path: Path) -> None:
    take = speak_line("你好", "zh-CN", tmp_path)

    with wave.open(take.path) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        assert abs(file.getnframes() / 48_000 - take.seconds) < 1e-9
    samples, _ = read_wav(Path(take.path))
    assert not samples[:1024].any()
    assert not samples[-1024:].any()
    assert np.abs(samples).max() < 0.9


@pytest.mark.parametrize("loudness", [0.005, 0.9])
def test_every_take_has_the_same_level(loudness: float, tmp_path: Path) -> None:
    take = speak_line("hello", "en", tmp_path, engine=Hum(loudness))

    samples, _ = read_wav(Path(take.path))
    assert abs(integrated_lufs(samples) - SPEECH_LUFS) < 1.0


def test_silence_round_the_voice_is_cut_away(tmp_path: Path) -> None:
    take = speak_line("hello", "en", tmp_path, engine=Hum())

    assert 1.0 < take.seconds < 1.15


def test_words_are_the_written_ones_in_time(tmp_path: Path) -> None:
    take = speak_line("今天只要¥39.9，买2送1！", "zh-CN", tmp_path)

    assert [word.text for word in take.words] == ["今", "天", "只", "要", "¥39.9", "买", "2", "送", "1"]
    assert all(0 <= word.start_seconds < word.end_seconds <= take.seconds for word in take.words)
    price = take.words[4]
    assert price.end_seconds - price.start_seconds > 0.6


def test_the_stand_in_voice_says_so(tmp_path: Path) -> None:
    take = speak_line("hello", "en", tmp_path)

    assert take.degraded == ("voice:espeak",)
    assert take.engine.startswith("espeak:1.52")


def test_the_same_line_is_spoken_once(tmp_path: Path) -> None:
    engine = Hum()
    first = speak_line("only 50% today", "en", tmp_path, engine=engine)
    second = speak_line("only 50% today", "en", tmp_path, engine=engine)
    other = speak_line("only 50% today", "en", tmp_path, engine=engine, speed=1.1)

    assert [request.text for request in engine.asked] == ["only 50 percent today"] * 2
    assert first == second
    assert other.path != first.path


def test_a_home_that_moved_keeps_its_takes(tmp_path: Path) -> None:
    engine = Hum()
    speak_line("hello", "en", tmp_path / "old", engine=engine)
    (tmp_path / "old").rename(tmp_path / "new")

    take = speak_line("hello", "en", tmp_path / "new", engine=engine)

    assert take.path.startswith(str(tmp_path / "new"))
    assert len(engine.asked) == 1


@pytest.mark.parametrize("text", ["", "  ", "！？", "😀"])
def test_a_line_with_nothing_to_say_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        speak_line(text, "zh-CN", tmp_path)

    assert caught.value.code == "line_empty"


def test_an_engine_that_gives_silence_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(VoiceRefused, match="silence"):
        speak_line("hello", "en", tmp_path, engine=Hum(0.0))


def test_the_setting_picks_the_engine(tmp_path: Path) -> None:
    with override_settings(VOICE_BASE_URL="", VOICE_MODEL_DIR=None):
        assert isinstance(configured_engine(), EspeakEngine)
    with override_settings(VOICE_BASE_URL="", VOICE_MODEL_DIR=tmp_path):
        assert isinstance(configured_engine(), SherpaEngine)
    with override_settings(VOICE_BASE_URL="http://127.0.0.1:9/v1", VOICE_MODEL_DIR=tmp_path):
        assert isinstance(configured_engine(), HttpEngine)
