"""Late for long: every second picture is drawn, until it is calm."""

from __future__ import annotations

from typing import ClassVar

import pytest

from avatar.live.clock import Moment, VirtualClock
from avatar.live.easing import CALM_TICKS, WINDOW_TICKS, Easing, Pace
from avatar.live.look import Look
from avatar.live.setup import RoomSetup
from bench.live_stage import PlainStage
from tests.avatar.live.test_engine import broadcast, decoded, keep_signals, setup_in

__all__ = ["keep_signals"]


def noted(easing: Easing, late_seconds: float, ticks: int) -> list[tuple[int, Pace]]:
    return [(tick, pace) for tick in range(ticks) if (pace := easing.note(late_seconds)) is not None]


def test_a_moment_of_lateness_changes_nothing():
    easing = Easing()

    assert noted(easing, 0.001, 500) + noted(easing, 0.09, WINDOW_TICKS // 3) + noted(easing, 0.001, 500) == []


def test_late_for_three_seconds_halves_the_drawing_and_calm_brings_it_back():
    easing = Easing()

    assert noted(easing, 0.09, 200) == [(WINDOW_TICKS - 1, Pace(12, 90.0))]
    assert [easing.draws(tick) for tick in range(4)] == [True, False, True, False]
    assert noted(easing, 0.02, 5000) == []
    assert noted(easing, 0.001, 5000) == [(CALM_TICKS - 1, Pace(25, 1.0))]
    assert all(easing.draws(tick) for tick in range(4))


def test_a_relapse_asks_for_twice_the_calm():
    easing = Easing()
    noted(easing, 0.09, WINDOW_TICKS)
    noted(easing, 0.0, CALM_TICKS)
    noted(easing, 0.09, WINDOW_TICKS)

    assert [tick for tick, _ in noted(easing, 0.0, 3 * CALM_TICKS)] == [2 * CALM_TICKS - 1]


class Late(VirtualClock):
    """Every tick from the 50th to the 199th begins 60 ms late."""

    def wait(self, tick: int) -> Moment:
        return Moment(late_seconds=0.06 if 50 <= tick < 200 else 0.0)


class Counted(PlainStage):
    """Writes down which ticks were drawn."""

    drawn: ClassVar[list[int]] = []

    def compose(self, look: Look):
        self.drawn.append(look.tick)
        return super().compose(look)


def counted_stage(setup: RoomSetup) -> Counted:
    return Counted(setup.config.width, setup.config.height)


@pytest.mark.usefixtures("keep_signals")
def test_an_eased_engine_still_sends_25_pictures_a_second_and_says_so(tmp_path, monkeypatch):
    Counted.drawn.clear()
    monkeypatch.setattr("avatar.live.__main__._clock", lambda *_: (0, 0.0, Late()))

    log = broadcast(setup_in(tmp_path, 24.0, stage="tests.avatar.live.test_easing:counted_stage"), tmp_path)

    changes = [(line["tick"], line["drawn"]) for line in log if line["event"] == "pace_changed"]
    assert changes == [(87, 12), (574, 25)]
    assert len(set(Counted.drawn) & set(range(100, 200))) == 52
    assert decoded(tmp_path / "out.mp4")[0] == list(range(600))
