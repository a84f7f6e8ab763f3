"""Voices that are models: how soon a streaming one is heard, and how well words are found in one without times.

The streaming voice is a tiny random one through the real sherpa-onnx: what is measured is ours and
the library's, the share of a real model is its own. Times are measured on speech whose times are
known: the embedded voice's, its pace bent every half second by up to 40 %, in voices unlike the guide's.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from django.test.utils import override_settings

from bench.run import Figure, Row
from generation.checkpoints.tiny import voice as tiny_voice
from generation.engines.voiceover.base import Speech, SpeechRequest
from generation.engines.voiceover.engines import guide_engine
from generation.engines.voiceover.guided_times import guided
from generation.engines.voiceover.sherpa import SherpaEngine

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
VOICES = {"zh-CN": ("cmn+f3", "cmn+klatt4"), "en": ("en-us+klatt", "en-us+whisper")}
"""A female voice, another synthesizer, and a whisper: nothing of them but the sounds is the guide's."""


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


def missed(language: str) -> list[float]:
    """Milliseconds by which the start of each word is missed, over two lines in two voices."""
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


def word_times(small: bool, folder: Path) -> Figure:
    """L6, words of a voice without times: by how much the start of a word is missed, median over both languages."""
    del small
    with override_settings(ADLOOM_HOME=folder):
        found = {language: missed(language) for language in LINES}
    behind: dict[str, object] = {
        language: {"p50": round(statistics.median(each), 1), "p90": round(float(np.percentile(each, 90)), 1)}
        for language, each in found.items()
    }
    median = statistics.median([each for one in found.values() for each in one])
    return Figure(round(median, 1), "ms", median <= 10.0, behind)


def first_part(small: bool, folder: Path) -> Figure:
    """L4, a streaming voice: when its first part is there, as a share of when the whole line is, median."""
    count = 5 if small else 40
    tiny_voice.make(folder / "voice")
    with override_settings(ADLOOM_HOME=folder):
        engine = SherpaEngine(folder / "voice")
        engine.speak(SpeechRequest("热身", "zh-CN"))
        waits = [_waited(engine, number) for number in range(count)]
    shares = [first / whole for first, whole in waits]
    behind: dict[str, object] = {
        "first part, ms": round(statistics.median(first for first, _ in waits) * 1000, 2),
        "whole line, ms": round(statistics.median(whole for _, whole in waits) * 1000, 2),
        "sentences": 3,
    }
    share = statistics.median(shares)
    return Figure(round(share, 2), "of the whole", share <= 0.6, behind)


def _waited(engine: SherpaEngine, number: int) -> tuple[float, float]:
    line = f"第{'一二三四五六七八九'[number % 9]}位朋友问得好。这款今天三十九块九。想要的话点下方链接就能看到"
    heard: list[float] = []
    began = time.perf_counter()
    engine.stream(SpeechRequest(line, "zh-CN"), lambda samples, rate: heard.append(time.perf_counter() - began))
    return heard[0], time.perf_counter() - began


ROWS = [
    Row("L4-stream", "a streaming voice's first part, as a share of the whole line", "-", "<= 0.6", first_part),
    Row("L6-words", "words found in a voice without times: start missed by, ms, median", "-", "<= 10", word_times),
]
