"""Half an hour of a room in virtual time, across the 24 bits of a timestamp: nothing grows, nothing drifts."""

from __future__ import annotations

import gc
import os
from collections import deque
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from avatar.contracts import Comment, Utterance
from avatar.live.__main__ import run_room
from avatar.live.cursor import Cursor, save_cursor
from avatar.live.wire import Wire
from bench.live_brain import ScriptedBrain
from bench.live_talk import answer, utterance
from tests.avatar.live.test_engine import keep_signals, setup_in

MINUTES = 30
FIRST = 2**24 // 40 - 20_000
"""So that the run crosses 2^24 ms."""

__all__ = ["keep_signals"]


class Watched(ScriptedBrain):
    """Looks at the process once a minute of media."""

    def _reply(self, message: dict) -> None:
        if message["kind"] == "status" and message["tick"] % 1500 == 0:
            self.looks.append((resident_bytes(), len(os.listdir("/proc/self/fd")), len(gc.get_objects())))
        super()._reply(message)


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def hushed(name: str, folder: Path, kind: str = "script") -> Utterance:
    """An utterance of silence: the encoder is not what is tried here."""
    said = utterance(name, (4, 4), kind, folder)
    np.save(said.path, np.zeros(said.samples, np.int16))
    return said


@pytest.mark.usefixtures("keep_signals")
def test_half_an_hour_grows_by_nothing_and_every_picture_is_40_ms_after_the_last(tmp_path):
    comments = tuple(Comment(n + 1, "Lin", "price?", FIRST / 25 + 20.0 * n) for n in range(MINUTES * 3))
    out = tmp_path / "out.flv"
    setup = setup_in(tmp_path, FIRST / 25 + MINUTES * 60, comments, outputs=(str(out),), preset="ultrafast")
    setup = replace(setup, config=replace(setup.config, width=32, height=32))
    save_cursor(setup.cursor, Cursor(0, 0, FIRST - 1, 0))
    brain = Watched(
        {number: hushed(f"s{number}", tmp_path) for number in range(4)},
        {"price?": answer("price", clauses=(4,), folder=tmp_path)},
    )
    brain.looks, brain.heard = [], deque(maxlen=10)

    assert run_room(setup, Wire(brain.theirs)) == 0

    settled, last = brain.looks[10], brain.looks[-1]
    assert last[0] - settled[0] < 1_500_000
    assert last[1] == settled[1]
    assert abs(last[2] - settled[2]) < 200
    pictures, sounds = stamps(out)
    assert len(pictures) == MINUTES * 60 * 25
    assert set(np.diff(pictures)) == {40}
    assert pictures[-1] > 2**24
    assert set(np.diff(sounds)) == {21, 22}


def stamps(path: Path) -> tuple[list[int], list[int]]:
    """Times in ms of the pictures and of the sound."""
    found: tuple[list[int], list[int]] = [], []
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.dts is not None:
                found[packet.stream.type == "audio"].append(round(packet.dts * packet.time_base * 1000))
    return found
