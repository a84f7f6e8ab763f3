"""Times of words for voices that give none, beside the times that are known."""

from __future__ import annotations

import numpy as np
import pytest

from bench.voices import LINES, missed
from generation.engines.voiceover.base import Speech, SpeechRequest
from generation.engines.voiceover.engines import guide_engine
from generation.engines.voiceover.guided_times import guided


@pytest.mark.parametrize("language", LINES)
def test_words_of_a_voice_of_uneven_pace_are_found_within_some_milliseconds(language: str):
    found = missed(language)

    assert float(np.median(found)) <= 6.0
    assert float(np.percentile(found, 90)) <= 60.0


def test_sounds_that_are_no_speech_are_timed_by_their_pauses():
    line = "你好，欢迎来到直播间"
    guide = guide_engine().speak(SpeechRequest(line, "zh-CN"))
    rate = 16_000
    tone = np.sin(np.arange(2 * rate) * 0.3) * 0.3
    hum = Speech(np.concatenate([tone[:6_400], np.zeros(4_800), tone[:20_800]]), rate)

    timed = guided(hum, guide)

    starts = [span.start_seconds for span in timed.spans]
    assert starts == sorted(starts)
    assert (round(starts[0], 2), round(timed.spans[-1].end_seconds, 2)) == (0.0, 2.0)
    assert [round(span.start_seconds, 2) for span in timed.spans if span.start == line.index("欢")] == [0.7]


def test_silence_has_no_times_to_find():
    guide = guide_engine().speak(SpeechRequest("你好", "zh-CN"))

    assert guided(Speech(np.zeros(0), 16_000), guide).spans == ()
