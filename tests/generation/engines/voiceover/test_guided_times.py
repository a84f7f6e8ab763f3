"""Times of words for voices that give none, beside the times that are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generation.engines.voiceover.base import Speech, SpeechRequest
from generation.engines.voiceover.engines import guide_engine
from generation.engines.voiceover.guided_times import guided

LINES = {
    "zh-CN": (
        "这个咖啡只要三十九块九，两盒更便宜，今天下单明天就到。",
        "早上来不及吃早饭？一杯挂耳，三分钟就好，香味满屋子都是。",
    ),
    "en": (
        "This coffee costs thirty nine yuan, two boxes are even cheaper, order today.",
        "No time for breakfast? One drip bag, three minutes, and the whole room smells of coffee.",
    ),
}
VOICES = {"zh-CN": ("cmn+f3", "cmn+m3"), "en": ("en-us+f3", "en-us+m3")}


def at_uneven_pace(speech: Speech, random: np.random.Generator) -> Speech:
    """Every half second of it slower or faster by up to 40 %, a little noise over all; its times moved with it."""
    count, rate = len(speech.samples), speech.sample_rate
    parts = max(int(count / rate / 0.5), 2)
    before = np.linspace(0, count, parts + 1)
    lengths = np.exp(random.uniform(-0.35, 0.35, parts))
    after = np.concatenate([[0.0], np.cumsum(lengths)]) / lengths.sum() * count * random.uniform(0.85, 1.2)
    places = np.interp(np.arange(int(after[-1])), after, before)
    samples = np.interp(places, np.arange(count), speech.samples)

    def moved(seconds: float) -> float:
        return float(np.interp(seconds * rate, before, after)) / rate

    spans = tuple(
        replace(span, start_seconds=moved(span.start_seconds), end_seconds=moved(span.end_seconds))
        for span in speech.spans
    )
    return replace(speech, samples=samples + random.normal(size=len(samples)) * 0.002, spans=spans, phonemes=())


def misses(language: str) -> list[float]:
    """Milliseconds by which each word's start is missed, over two lines in two voices."""
    random, found = np.random.default_rng(5), []
    for line in LINES[language]:
        guide = guide_engine().speak(SpeechRequest(line, language))
        for voice in VOICES[language]:
            spoken = guide_engine().speak(SpeechRequest(line, language, voice, pitch=float(random.uniform(0.8, 1.2))))
            known = at_uneven_pace(spoken, random)
            timed = guided(replace(known, spans=()), guide)
            found += [
                abs(ours.start_seconds - true.start_seconds) * 1000
                for ours, true in zip(timed.spans, known.spans, strict=True)
            ]
    return found


@pytest.mark.parametrize("language", LINES)
def test_words_of_a_voice_of_uneven_pace_are_found_within_some_milliseconds(language: str):
    missed = misses(language)

    assert float(np.median(missed)) <= 6.0
    assert float(np.percentile(missed, 90)) <= 60.0


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
