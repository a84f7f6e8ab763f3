"""What the demo rooms say can be cut anywhere it may be cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from avatar.config import load_room
from avatar.contracts import Utterance
from avatar.scripts.asides import bridges
from avatar.speech.cut_points import QUIET_BELOW, QUIET_SAMPLES
from avatar.speech.voicing import voice_sentence
from tests.avatar.scripts.facts import TODAY
from tests.avatar.speech.spoken import samples_of

DEMO = Path(__file__).resolve().parents[3] / "demo" / "live"


@pytest.fixture(scope="module", params=["room.yaml", "room.en.yaml"])
def lap(request: pytest.FixtureRequest) -> list[Utterance]:
    room = load_room(DEMO / request.param, TODAY)
    return [voice_sentence(line.text, room.language, room.voice, line.emotion, line.cues) for line in room.lines]


def test_every_clause_lasts_about_a_breath(lap: list[Utterance]):
    seconds = [(clause.end - clause.start) / 48_000 for each in lap for clause in each.clauses]

    assert min(seconds) >= 0.6
    assert max(seconds) <= 4.0


def test_every_clause_ends_in_quiet(lap: list[Utterance]):
    for each in lap:
        samples = samples_of(each).astype(np.float64) / 32767
        for clause in each.clauses[:-1]:
            quiet = samples[clause.end + 480 - QUIET_SAMPLES : clause.end]
            assert float(np.sqrt((quiet**2).mean())) < QUIET_BELOW, clause.text


def test_every_cue_lands_on_a_word(lap: list[Utterance]):
    cues = [(each, cue) for each in lap for cue in each.cues]

    assert len(cues) >= 8
    for each, cue in cues:
        word = next(word for word in each.words if word.start == cue.sample)
        assert word.character + len(word.text) > cue.character


def test_a_lap_takes_between_one_and_two_minutes(lap: list[Utterance]):
    assert 60 <= sum(each.samples for each in lap) / 48_000 <= 120


def test_bridges_are_short():
    voiced = [voice_sentence(text, "zh-CN", "bright", kind="bridge") for text in bridges("zh-CN")]

    assert all(0.6 <= each.samples / 48_000 <= 3.5 for each in voiced)
    assert all(each.kind == "bridge" for each in voiced)
