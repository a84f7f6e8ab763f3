"""Quiet at the end of every clause."""

from __future__ import annotations

import numpy as np

from avatar.speech.cut_points import QUIET_BELOW, QUIET_SAMPLES, breathe

RATE = 48_000


def tone(seconds: float) -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * 220 * np.arange(int(RATE * seconds)) / RATE)


def test_a_pause_of_the_voice_is_left_as_it_is():
    samples = np.concatenate([tone(0.5), np.zeros(9_600), tone(0.5)])
    breathed = breathe(samples, [(24_000, 33_600)])

    assert breathed.insertions == ()
    assert breathed.boundaries == (33_600 - 480,)
    assert breathed.samples is samples


def test_silence_is_put_in_where_the_voice_leaves_none():
    samples = tone(1.0)
    breathed = breathe(samples, [(24_000, 24_000)])

    (inserted,) = breathed.insertions
    assert len(breathed.samples) == len(samples) + inserted.length
    quiet = breathed.samples[breathed.boundaries[0] + 480 - inserted.length : breathed.boundaries[0] + 480]
    assert inserted.length >= QUIET_SAMPLES
    assert float(np.abs(quiet).max()) < QUIET_BELOW


def test_what_lies_behind_an_insertion_moves_by_it():
    breathed = breathe(tone(1.0), [(12_000, 12_000), (36_000, 36_000)])

    first, second = breathed.insertions
    assert breathed.moved(0) == 0
    assert breathed.moved(first.at) == first.at + first.length
    assert breathed.moved(47_999) == 47_999 + first.length + second.length
    assert breathed.boundaries[1] > breathed.boundaries[0]


def test_nothing_tears_at_an_insertion():
    breathed = breathe(tone(1.0), [(24_000, 24_000)])

    assert float(np.abs(np.diff(breathed.samples)).max()) < 0.012
