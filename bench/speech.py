"""Rows L6 (lips) and L4 (voice): how far the mouth is from the voice, and how long a live answer waits for its voice.

Lips are measured twice by the same meter: as the keys of the utterances stand, and as a viewer sees
them at 25 pictures a second with the engine's lead. The voice is measured on sentences never said
before, in a process that has spoken once.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from django.conf import settings
from django.test.utils import override_settings

from avatar.config import load_room
from avatar.contracts import SAMPLE_RATE, SAMPLES_A_TICK, Utterance, VisemeKey
from avatar.live.look import HALF_PICTURE, LEAD, shapes
from avatar.speech.skew import LipLag, lag_of, lip_lag
from avatar.speech.visemes import OPENNESS
from avatar.speech.voicing import voice_answer, voice_sentence
from bench.run import Figure, Row, cpu_seconds
from core.contracts import Language

_ROOMS = ("room.yaml", "room.en.yaml")
_PLANTED = SAMPLE_RATE * 80 // 1000
_ANSWERS: dict[Language, str] = {
    "zh-CN": "第{n}位朋友问得好，这款的价格是39.9元，第二件半价。想要的话点下方链接就能看到。",
    "en": "Good question, number {n}: it's $4.99 today, and the second bottle is half price. Tap the link below.",
}


def lips(small: bool, folder: Path) -> Figure:
    """L6: the largest lag between lips and voice, either language, either way of measuring, in milliseconds."""
    behind: dict[str, object] = {}
    lags: list[float] = []
    with override_settings(ADLOOM_HOME=folder):
        for name in _ROOMS:
            spoken = _spoken(settings.BASE_DIR / "demo" / "live" / name, 4 if small else 60)
            samples, keys = _in_a_row(spoken)
            by_keys, shown = lip_lag(samples, keys), _as_shown(spoken, samples)
            planted = lip_lag(samples, keys, shift=_PLANTED)
            behind[name] = {
                "keys": _told(by_keys),
                "shown": _told(shown),
                "a planted 80 ms reads": round((planted.seconds - by_keys.seconds) * 1000, 1),
                "seconds of speech": round(len(samples) / SAMPLE_RATE, 1),
            }
            lags += [by_keys.seconds, shown.seconds]
    worst = max(abs(lag) for lag in lags) * 1000
    return Figure(round(worst, 1), "ms", worst <= 25.0, behind)


def first_words(small: bool, folder: Path) -> Figure:
    """L4, voice part: from an answer's text to its first sentence voiced, median wall in milliseconds."""
    count = 4 if small else 40
    behind: dict[str, object] = {}
    walls: list[float] = []
    with override_settings(ADLOOM_HOME=folder):
        for language, text in _ANSWERS.items():
            voice_sentence(text.format(n=0), language)
            began = cpu_seconds()
            waited = [_wait(text.format(n=number), language) for number in range(1, count + 1)]
            waits = [seconds for seconds, _ in waited]
            behind[language] = {
                "p50": round(statistics.median(waits) * 1000, 1),
                "p95": round(sorted(waits)[int(len(waits) * 0.95) - 1] * 1000, 1),
                "cpu_ms": round((cpu_seconds() - began) / count * 1000, 1),
                "real_time_factor": round(sum(waits) / sum(voiced for _, voiced in waited), 4),
            }
            walls += waits
    median = statistics.median(walls) * 1000
    return Figure(round(median, 1), "ms", median <= 100.0, behind)


def _wait(text: str, language: Language) -> tuple[float, float]:
    """Seconds until the first sentence is voiced, and how many seconds of voice that is."""
    began = time.perf_counter()
    first = next(voice_answer(text, language))
    return time.perf_counter() - began, first.samples / SAMPLE_RATE


def _spoken(path: Path, most: int) -> list[Utterance]:
    room = load_room(path)
    lines = [line for lap in room.laps for line in lap][:most]
    return [voice_sentence(line.text, room.language, room.voice, line.emotion) for line in lines]


def _in_a_row(spoken: Sequence[Utterance]) -> tuple[np.ndarray, list[VisemeKey]]:
    keys: list[VisemeKey] = []
    at = 0
    for each in spoken:
        keys += [VisemeKey(key.viseme, key.start + at) for key in each.visemes]
        at += each.samples
    return np.concatenate([np.load(each.path) for each in spoken if each.path]), keys


def _as_shown(spoken: Sequence[Utterance], samples: np.ndarray) -> LipLag:
    """The lag of the mouth as pictures show it: one state every 40 ms, with the engine's lead and its blending."""
    shown = [
        OPENNESS[first] * (1 - mix) + OPENNESS[second] * mix
        for each in spoken
        for tick in range(each.samples // SAMPLES_A_TICK)
        for first, second, mix in [shapes(each, tick * SAMPLES_A_TICK + HALF_PICTURE + LEAD)]
    ]
    centres = (np.arange(len(shown)) + 0.5) * SAMPLES_A_TICK
    return lag_of(lambda places: np.interp(places, centres, shown), samples)


def _told(lag: LipLag) -> dict[str, float]:
    return {"ms": round(lag.seconds * 1000, 1), "agreement": lag.agreement}


ROWS = [
    Row("L6-lips", "lips to voice, ms", "+12 / -4", "<= 25", lips),
    Row("L4-voice", "answer's text to its first sentence voiced, ms, median", "20-55", "<= 100", first_words),
]
