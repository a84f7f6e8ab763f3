"""A line spoken for the live room, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from core.errors import InputError
from generation.engines.voiceover.base import Speech, SpeechRequest, VoiceCapabilities
from generation.engines.voiceover.espeak import EspeakEngine
from generation.engines.voiceover.guided_times import guided
from generation.engines.voiceover.spoken_lines import voice_line

LINE = "今天只要39.9元，第二件半价"


@pytest.fixture(scope="module")
def engine() -> Iterator[EspeakEngine]:
    engine = EspeakEngine()
    yield engine
    engine.close()


class WithoutTimes:
    """A voice that speaks slower and lower than the embedded one and tells nothing of when."""

    name = "timeless"
    version = "1"
    capabilities = VoiceCapabilities(streaming=False, word_times=False, languages=("zh-CN", "en"))

    def __init__(self, engine: EspeakEngine) -> None:
        self.engine = engine

    def told(self, request: SpeechRequest) -> Speech:
        return self.engine.speak(replace(request, speed=0.8, pitch=0.8))

    def speak(self, request: SpeechRequest) -> Speech:
        return replace(self.told(request), spans=(), phonemes=())


def test_words_stand_where_they_are_written_and_are_heard_in_order(engine: EspeakEngine) -> None:
    line = voice_line(LINE, "zh-CN", engine=engine)

    assert [(word.text, word.character) for word in line.words] == [
        ("今", 0),
        ("天", 1),
        ("只", 2),
        ("要", 3),
        ("39.9元", 4),
        ("第", 10),
        ("二", 11),
        ("件", 12),
        ("半", 13),
        ("价", 14),
    ]
    assert all(before.end_seconds <= after.start_seconds + 1e-3 for before, after in pairwise(line.words))
    assert line.words[-1].end_seconds <= len(line.samples) / 48_000


def test_sounds_come_with_their_times(engine: EspeakEngine) -> None:
    line = voice_line(LINE, "zh-CN", engine=engine)

    assert len(line.phonemes) > 25
    assert all(before.start_seconds <= after.start_seconds for before, after in pairwise(line.phonemes))
    assert (line.engine, line.degraded) == (f"espeak:{engine.version}", ("voice:espeak",))


def test_a_breath_is_a_pause_where_no_comma_stands(engine: EspeakEngine) -> None:
    text = "这款咖啡用的是云南保山的豆子"
    plain, breathing = (voice_line(text, "zh-CN", engine=engine, breaths=places) for places in ((), (7,)))

    def gap(line: object) -> float:
        words = line.words  # type: ignore[attr-defined]  # a SpokenLine
        return float(words[7].start_seconds - words[6].end_seconds)

    assert gap(breathing) > gap(plain) + 0.08
    assert [word.text for word in breathing.words] == list(text)


def test_a_higher_voice_is_another_voice(engine: EspeakEngine) -> None:
    low, high = (voice_line("大家好", "zh-CN", engine=engine, pitch=pitch) for pitch in (0.8, 1.3))

    assert not np.array_equal(low.samples[:4_000], high.samples[:4_000])


def test_a_voice_without_times_gets_those_of_its_sound(engine: EspeakEngine) -> None:
    """The times laid over a slower voice are those it truly has, to within half a syllable."""
    voice = WithoutTimes(engine)
    request = SpeechRequest("今天只要三十九块九，第二件半价，点下方链接。", "zh-CN")
    truth = voice.told(request)
    laid = guided(voice.speak(request), engine.speak(request))

    errors = [
        abs(true.start_seconds - found.start_seconds) for true, found in zip(truth.spans, laid.spans, strict=True)
    ]
    assert max(errors) < 0.12
    assert sum(errors) / len(errors) < 0.04
    assert [each.name for each in laid.phonemes] == [each.name for each in engine.speak(request).phonemes]


def test_such_a_voice_is_spoken_with_words_and_sounds(engine: EspeakEngine) -> None:
    line = voice_line(LINE, "zh-CN", engine=WithoutTimes(engine))

    assert len(line.words) == 10
    assert len(line.phonemes) > 25
    assert line.degraded == ()


def test_nothing_to_say_and_too_much_to_say_are_refused(engine: EspeakEngine) -> None:
    with pytest.raises(InputError, match="nothing in it to say"):
        voice_line("……", "zh-CN", engine=engine)
    with pytest.raises(InputError, match="longer than 400"):
        voice_line("好" * 401, "zh-CN", engine=engine)
