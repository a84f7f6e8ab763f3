"""espeak-ng in its own process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from generation.engines.voiceover.base import Speech, SpeechRequest, VoiceRefused
from generation.engines.voiceover.espeak import EspeakEngine
from generation.engines.voiceover.espeak_process import LONGEST_DATA_PATH, short_data_path

LINE = "早上赶地铁来不及煮咖啡，冷萃十二小时，入口不酸不涩"


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()


def heard(speech: Speech, text: str) -> list[str]:
    return [text[span.start : span.end] for span in speech.spans]


def test_mandarin_is_spoken_as_mandarin(engine: EspeakEngine) -> None:
    answer = engine.ask({"text": LINE, "voice": "cmn", "rate": 200})

    phonemes = [name for name, _, _ in answer["phonemes"]]
    assert "(en)" not in phonemes
    assert len(phonemes) > 40


def test_every_character_has_its_time(engine: EspeakEngine) -> None:
    speech = engine.speak(SpeechRequest(LINE, "zh-CN"))

    assert heard(speech, LINE) == [character for character in LINE if character != "，"]
    assert all(span.start_seconds < span.end_seconds for span in speech.spans)
    assert all(before.end_seconds <= after.start_seconds + 1e-6 for before, after in pairwise(speech.spans))
    assert 0.05 < sum(span.end_seconds - span.start_seconds for span in speech.spans) / len(speech.spans) < 0.35


def test_a_word_of_several_characters_is_parted_at_its_syllables(engine: EspeakEngine) -> None:
    line = "今天只要三十九块九"
    speech = engine.speak(SpeechRequest(line, "zh-CN"))

    assert heard(speech, line) == list(line)


def test_every_english_word_has_its_time(engine: EspeakEngine) -> None:
    line = "Cold brew, only 39 dollars 90 today."
    speech = engine.speak(SpeechRequest(line, "en"))

    assert heard(speech, line) == ["Cold", "brew", "only", "39", "dollars", "90", "today"]
    brew, only = speech.spans[1], speech.spans[2]
    assert only.start_seconds - brew.end_seconds > 0.1


def test_the_pace_is_that_of_an_advertisement(engine: EspeakEngine) -> None:
    chinese = engine.speak(SpeechRequest("早上赶地铁来不及煮咖啡", "zh-CN"))
    english = engine.speak(SpeechRequest("No time to brew before the morning train", "en"))

    assert 4.2 < 11 / (len(chinese.samples) / chinese.sample_rate) < 5.2
    assert 140 < 8 / (len(english.samples) / english.sample_rate) * 60 < 190


def test_twice_the_speed_takes_about_half_the_time(engine: EspeakEngine) -> None:
    usual = engine.speak(SpeechRequest(LINE, "zh-CN"))
    quick = engine.speak(SpeechRequest(LINE, "zh-CN", speed=1.6))

    assert 0.5 < len(quick.samples) / len(usual.samples) < 0.75


def test_the_process_stays_warm_and_comes_back_when_it_was_killed(engine: EspeakEngine) -> None:
    first = engine.speak(SpeechRequest(LINE, "zh-CN"))
    assert engine._process is not None
    warm = engine._process.pid
    engine.speak(SpeechRequest(LINE, "zh-CN"))
    assert engine._process.pid == warm

    os.kill(warm, signal.SIGKILL)
    again = engine.speak(SpeechRequest(LINE, "zh-CN"))

    assert engine._process.pid != warm
    assert (again.samples == first.samples).all()


def test_a_voice_that_does_not_exist_is_named(engine: EspeakEngine) -> None:
    with pytest.raises(VoiceRefused, match="no voice 'nobody'"):
        engine.speak(SpeechRequest("hello", "en", voice="nobody"))


def test_a_language_it_is_not_set_up_for_is_refused(engine: EspeakEngine) -> None:
    with pytest.raises(VoiceRefused, match="not for fr"):
        engine.speak(SpeechRequest("bonjour", "fr"))


def test_a_data_path_too_long_for_espeak_gets_a_short_link(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120) / "espeak-ng-data"
    deep.mkdir(parents=True)

    short = short_data_path(str(deep))

    assert len(short) <= LONGEST_DATA_PATH
    assert Path(short).resolve() == deep.resolve()
    assert short_data_path("/short") == "/short"


def test_the_same_line_sounds_the_same_whatever_was_said_before(engine: EspeakEngine) -> None:
    first = engine.speak(SpeechRequest(LINE, "zh-CN"))
    engine.speak(SpeechRequest("something else in between", "en"))

    assert (engine.speak(SpeechRequest(LINE, "zh-CN")).samples == first.samples).all()
