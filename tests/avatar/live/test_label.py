"""The label in the picture: looked for every second, and no picture without it goes out."""

from __future__ import annotations

import av
import pytest

from avatar.live.look import Look
from avatar.live.setup import RoomSetup
from bench.live_stage import PlainStage
from tests.avatar.live.test_engine import broadcast, keep_signals, setup_in

__all__ = ["keep_signals"]


class Covered(PlainStage):
    """Somebody draws over the label from tick 60 to 119."""

    def compose(self, look: Look):
        self.has_label = not 60 <= look.tick < 120
        return super().compose(look)


def covered_stage(setup: RoomSetup) -> Covered:
    return Covered(setup.config.width, setup.config.height)


@pytest.mark.usefixtures("keep_signals")
def test_a_covered_label_brings_the_slate_within_a_second_until_it_is_back(tmp_path):
    setup = setup_in(tmp_path, 6.0, stage="tests.avatar.live.test_label:covered_stage")

    log = broadcast(setup, tmp_path)

    checks = [(line["tick"], line["ok"]) for line in log if line["event"] == "label_check"]
    assert checks == [(0, True), (75, False), (120, True)]
    with av.open(str(tmp_path / "out.mp4")) as container:
        bright = [frame.to_ndarray()[40:200].mean() for frame in container.decode(video=0)]
    assert all(level < 40 for level in bright[75:120])
    assert all(level > 50 for level in [*bright[:75], *bright[120:]])


@pytest.mark.usefixtures("keep_signals")
def test_the_label_is_written_down_at_least_every_ten_seconds(tmp_path):
    log = broadcast(setup_in(tmp_path, 30.0), tmp_path)

    ticks = [line["tick"] for line in log if line["event"] == "label_check"]

    assert ticks == [0, 200, 400, 600]
