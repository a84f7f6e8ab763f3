"""When a slowly voiced answer may begin: as soon as the air will not have to wait for its next sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from avatar.brain.answers import Made, will_keep_up
from avatar.brain.voices import Voices
from avatar.comments.writing import Draft, Piece
from avatar.contracts import SAMPLE_RATE, Utterance

TEXT = "一二三四五六七八九。一二三四五六七八九。一二三四五六七八九。一二三四五六七八九。"


class SlowVoice:
    """Says ten characters in two seconds, and takes `pace` seconds a second to voice them, on a clock of its own."""

    def __init__(self, pace: float) -> None:
        self.pace, self.now = pace, 0.0

    def __call__(self, text, language, voice, emotion, cues, kind):
        for sentence in (f"{part}。" for part in text.split("。") if part):
            self.now += 2.0 * self.pace
            yield Utterance("u", kind, sentence, "zh-CN", 2 * SAMPLE_RATE, (), (), (), path=Path("x"))


def begun(pace: float) -> tuple[int, bool]:
    """How many sentences are voiced when the answer is sent, and whether more follow."""
    voice = SlowVoice(pace)
    made = Made(Draft((Piece(TEXT),), "model"))
    made.voice(Voices(voice, voice, "zh-CN", ""), lambda: voice.now)
    return len(made.body), made.is_open


@pytest.mark.parametrize(
    ("pace", "sentences", "is_open"),
    [
        (0.05, 4, False),
        (0.3, 1, True),
        (0.8, 1, True),
        (1.0, 2, True),
        (1.5, 3, True),
        (3.0, 4, False),
    ],
)
def test_it_begins_when_the_rest_will_come_in_time(pace: float, sentences: int, is_open: bool):
    assert begun(pace) == (sentences, is_open)


def test_a_long_sentence_after_a_short_one_is_waited_for():
    assert will_keep_up(2.0, 1.0, [10], [10])
    assert not will_keep_up(2.0, 1.0, [10], [40])
    assert will_keep_up(2.0, 1.0, [10], [])
