"""The filmed host on air: the right mouth over the right frame, and what is seen when it does not come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from avatar.contracts import SAMPLES_A_TICK
from avatar.faces.contracts import MouthState
from avatar.heads import stage as stages
from avatar.heads.ring import Ring, Taken
from avatar.heads.stage import DRAWN, HeadStage, Switch, picture_of
from avatar.live.look import Look
from avatar.live.schedule import Airing, Turn
from generation.engines.heads.pasting import planes_of
from tests.avatar.heads.test_worker import voiced
from tests.avatar.live.test_engine import setup_in


class ScriptedClient:
    """A worker that draws at once, or `is_late`, or is not there; mouths show their tick."""

    def __init__(self, door, cache) -> None:
        self.ring = Ring.make()
        self.calls, self.is_ready, self.is_late, self.refusal = 1, True, False, ""
        self.plays: list[tuple] = []
        self.wants: list[str] = []

    def await_ready(self, seconds: float) -> bool:
        return self.is_ready

    def play(self, utterance, *numbers: int) -> None:
        self.plays.append((utterance.id, *numbers))

    def want(self, utterance) -> None:
        self.wants.append(utterance.id)

    def take(self, epoch: int, tick: int, patience: float = 0.0) -> Taken:
        return Taken(False) if self.is_late else Taken(True, np.full((128, 256, 3), 255, np.uint8))

    def close(self) -> None:
        self.ring.close()


@pytest.fixture
def stage(tmp_path, ann, faces, monkeypatch):
    monkeypatch.setattr(stages, "HeadClient", ScriptedClient)
    setup = setup_in(tmp_path, head=ann.folder, heads=tmp_path, faces=faces)
    setup = replace(setup, config=replace(setup.config, width=216, height=384))
    made = HeadStage(setup)
    yield made
    made.close()


def airing(folder, start: int, epoch: int = 0, name: str = "one") -> Airing:
    said = voiced(folder, name, 0.8)
    return Airing(Turn(said, 0, said.samples, sentence=0), start, epoch)


def at(tick: int, *airings: Airing, epoch: int = 0) -> Look:
    return Look(tick, MouthState(), airings=airings, epoch=epoch)


def mouth_of(stage: HeadStage, yuv: np.ndarray) -> float:
    part = stage._clip.mouths[0]
    return float(
        planes_of(yuv)[0][part.y + part.height // 2, part.x + part.width // 2 - 4 : part.x + part.width // 2 + 4].mean()
    )


def test_a_picture_shows_the_mouth_that_sounds_in_its_middle(tmp_path):
    said = airing(tmp_path, 10 * SAMPLES_A_TICK)

    assert [picture_of(said, tick) for tick in (9, 10, 11)] == [-1, 0, 1]
    assert picture_of(replace(said, start=10 * SAMPLES_A_TICK + 900), 10) == 0
    assert picture_of(replace(said, start=10 * SAMPLES_A_TICK + 1000), 10) == -1


def test_the_worker_hears_of_an_utterance_once_with_its_tick_and_its_first_picture(stage, tmp_path):
    said = airing(tmp_path, 10 * SAMPLES_A_TICK)
    for tick in range(4, 12):
        stage.compose(replace(at(tick, said), ahead=(said.turn.utterance,)))

    assert stage._client.plays == [("one", 0, 10, 0, 20)]
    assert stage._client.wants == ["one"]
    assert (stage._client.ring.epoch, stage._client.ring.position) == (0, 11)


def test_the_base_frame_is_the_one_its_mouth_was_drawn_over(stage, tmp_path, ann):
    said = airing(tmp_path, 10 * SAMPLES_A_TICK)
    anchor = ann.anchor_of("one")
    shown = []
    for tick in range(2, 30):
        stage.compose(at(tick, said))
        shown.append(stage._walk._last)

    by_tick = dict(zip(range(2, 30), shown, strict=True))
    assert [by_tick[tick] for tick in range(10, 30)] == [(anchor + index) % 12 for index in range(20)]


def test_a_mouth_appears_over_three_pictures_and_leaves_over_three(stage, tmp_path):
    said = airing(tmp_path, 10 * SAMPLES_A_TICK)
    lit = {tick: mouth_of(stage, stage.compose(at(tick, said))) for tick in range(8, 36)}

    assert lit[9] < lit[10] < lit[11] < lit[12]
    assert lit[12] > 225
    assert lit[29] > lit[30] > lit[31] > lit[32]
    assert abs(lit[33] - lit[9]) < 12


def test_a_mouth_that_is_late_fades_into_the_base_frame(stage, tmp_path):
    said = airing(tmp_path, 0)
    lit = []
    for tick in range(12):
        stage._client.is_late = tick >= 6
        lit.append(mouth_of(stage, stage.compose(at(tick, said))))

    assert lit[5] > 225
    assert lit[5] > lit[6] > lit[7] > lit[8]
    assert stage.degraded == ()


def test_a_cut_closes_the_mouth_and_voids_what_was_drawn(stage, tmp_path):
    said = airing(tmp_path, 0)
    for tick in range(6):
        stage.compose(at(tick, said))
    cut = replace(said, stop=6 * SAMPLES_A_TICK)
    answer = airing(tmp_path, 6 * SAMPLES_A_TICK, 1, "answer")

    stage.compose(at(6, cut, answer, epoch=1))

    assert stage._client.plays[-1] == ("answer", 1, 6, 0, 20)
    assert stage._client.ring.epoch == 1


def test_the_label_stands_over_the_filmed_host(stage, tmp_path):
    assert stage.check_label(stage.compose(at(0))).ok


def test_a_worker_that_stays_away_brings_the_drawn_host_marked(stage, tmp_path):
    said = replace(airing(tmp_path, 0), start=0)
    long = replace(said, turn=replace(said.turn, until=100 * SAMPLES_A_TICK))
    stage._client.is_late = True
    for tick in range(60):
        picture = stage.compose(at(tick, long)).copy()

    assert stage.degraded == DRAWN
    assert stage.check_label(picture).ok


def test_the_drawn_host_stays_for_ten_seconds_and_leaves_in_a_pause():
    switch = Switch(is_filmed=True)
    seen = []
    for tick in range(500):
        is_there = tick > 100
        switch.note(tick, is_there, is_speaking=tick < 400)
        seen.append(switch.is_filmed)

    assert seen.index(False) == 50
    assert seen.index(True, 60) == 400


def test_a_head_that_is_refused_is_gone_with_the_next_picture(stage, tmp_path):
    stage.compose(at(0))
    stage._client.is_ready, stage._client.refusal = False, "ann: Ann Example withdrew consent"

    stage.compose(at(1))

    assert stage.degraded == DRAWN
    for tick in range(2, 400):
        stage._switch.note(tick, False, False, True)
    assert stage.degraded == DRAWN


def test_a_worker_that_fails_again_is_asked_again_later():
    switch = Switch(is_filmed=True)
    seen = []
    for tick in range(3000):
        # It draws in pauses and is late whenever somebody speaks.
        is_speaking = tick % 100 < 90
        switch.note(tick, not is_speaking, is_speaking)
        seen.append(switch.is_filmed)

    backs = [tick for tick in range(1, 3000) if seen[tick] and not seen[tick - 1]]
    gaps = [backs[0] - 50, backs[1] - backs[0], backs[2] - backs[1]]
    assert gaps[0] < 400
    assert gaps[0] < gaps[1] < gaps[2]


def test_hosts_change_over_three_pictures():
    switch = Switch(is_filmed=True)
    one, other = np.full((6, 4), 40, np.uint8), np.full((6, 4), 80, np.uint8)
    switch.faded(0, one)
    switch._change(1, False)

    seen = [int(switch.faded(tick, other)[0, 0]) for tick in range(1, 5)]

    assert seen == [50, 60, 70, 80]


def test_without_a_worker_the_drawn_host_goes_on_air_from_the_first_picture(tmp_path, ann, faces, monkeypatch):
    class Absent(ScriptedClient):
        def __init__(self, door, cache) -> None:
            super().__init__(door, cache)
            self.is_ready = False

    monkeypatch.setattr(stages, "HeadClient", Absent)
    setup = setup_in(tmp_path, head=ann.folder, heads=tmp_path, faces=faces)
    made = HeadStage(replace(setup, config=replace(setup.config, width=216, height=384)))

    made.compose(at(0))

    assert made.degraded == DRAWN
    made.close()
