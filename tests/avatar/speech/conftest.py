"""Sentences voiced once for all tests of the live room's speech."""

from __future__ import annotations

import pytest

from avatar.contracts import Utterance
from avatar.speech.voicing import voice_sentence
from tests.avatar.speech.spoken import EN, EN_NEXT, ZH, ZH_NEXT


@pytest.fixture(scope="session")
def zh() -> Utterance:
    return voice_sentence(ZH, "zh-CN", "bright")


@pytest.fixture(scope="session")
def en() -> Utterance:
    return voice_sentence(EN, "en", "deep")


@pytest.fixture(scope="session")
def chinese(zh: Utterance) -> tuple[Utterance, ...]:
    return (zh, voice_sentence(ZH_NEXT, "zh-CN", "bright"))


@pytest.fixture(scope="session")
def english(en: Utterance) -> tuple[Utterance, ...]:
    return (en, voice_sentence(EN_NEXT, "en", "deep"))
