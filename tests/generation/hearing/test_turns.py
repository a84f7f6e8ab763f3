"""Listening with a model that hears whole stretches."""

from __future__ import annotations

import numpy as np

from generation.hearing.base import HEARING_RATE, Heard, HeardWord
from generation.hearing.sherpa import heard_from
from generation.hearing.turns import TurnListener
from generation.hearing.words import heard_words
from tests.generation.hearing.conftest import quiet


def told(samples: np.ndarray) -> Heard:
    """A recognizer that says how long a stretch it was given."""
    seconds = round(len(samples) / HEARING_RATE, 2)
    return Heard(str(seconds), True, (HeardWord("x", 0.0, seconds),))


def noise(seconds: float) -> np.ndarray:
    return (0.2 * np.random.default_rng(1).normal(size=int(seconds * HEARING_RATE))).astype(np.float32)


def test_a_pause_ends_a_stretch():
    listener = TurnListener(told)

    assert listener.accept(noise(1.0)) is None
    assert listener.accept(quiet(0.5)) is None
    heard = listener.accept(quiet(0.2))

    assert heard is not None
    assert heard.text == "1.7"


def test_who_never_pauses_is_cut_at_twenty_seconds():
    listener = TurnListener(told)
    heard = [listener.accept(noise(1.0)) for _ in range(21)]

    assert [each.text for each in heard if each] == ["20.0"]
    assert listener.finish().words == (HeardWord("x", 20.0, 21.0),)


def test_an_hour_of_silence_is_not_kept():
    listener = TurnListener(told)
    for _ in range(100):
        assert listener.accept(quiet(1.0)) is None

    assert len(listener._held) <= HEARING_RATE
    assert listener.finish() == Heard("", True)


def test_tokens_become_words_with_times():
    tokens, times = ["▁HOW", "▁MU", "CH", "钱", "吗"], [0.0, 0.4, 0.6, 1.0, 1.2]

    words = heard_words(tokens, times, [0.9, 0.8, 0.6, 0.5, 0.5], latest=1.3)

    assert words == (
        HeardWord("HOW", 0.0, 0.4, 0.9),
        HeardWord("MUCH", 0.4, 1.0, 0.7),
        HeardWord("钱", 1.0, 1.2, 0.5),
        HeardWord("吗", 1.2, 1.3, 0.5),
    )


def test_a_result_without_times_is_text_alone():
    class Result:
        text, tokens, timestamps = " 你好 ", ["你", "好"], []

    assert heard_from(Result(), 0.0, 1.0, is_final=True) == Heard("你好", True)
