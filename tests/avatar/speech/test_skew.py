"""The lips move with the voice."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.contracts import Utterance, VisemeKey
from avatar.speech.skew import lip_lag
from tests.avatar.speech.spoken import samples_of


def in_a_row(utterances: tuple[Utterance, ...]) -> tuple[np.ndarray, list[VisemeKey]]:
    keys: list[VisemeKey] = []
    at = 0
    for each in utterances:
        keys += [VisemeKey(key.viseme, key.start + at) for key in each.visemes]
        at += each.samples
    return np.concatenate([samples_of(each) for each in utterances]), keys


@pytest.fixture(params=["chinese", "english"])
def spoken(request: pytest.FixtureRequest) -> tuple[np.ndarray, list[VisemeKey]]:
    return in_a_row(request.getfixturevalue(request.param))


def test_the_mouth_is_within_25_ms_of_the_sound(spoken: tuple[np.ndarray, list[VisemeKey]]):
    lag = lip_lag(*spoken)

    assert abs(lag.seconds) <= 0.025
    assert lag.agreement >= 0.4


@pytest.mark.parametrize("planted", [-0.08, 0.08])
def test_a_planted_error_is_seen(spoken: tuple[np.ndarray, list[VisemeKey]], planted: float):
    true = lip_lag(*spoken).seconds
    seen = lip_lag(*spoken, shift=round(planted * 48_000)).seconds

    assert seen - true == pytest.approx(planted, abs=0.012)
    assert abs(seen) > 0.025
