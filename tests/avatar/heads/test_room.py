"""A room with a filmed host, end to end on tiny weights: a file comes out, and the same one again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from avatar.contracts import Comment
from avatar.heads.stage import DRAWN
from avatar.live.setup import RoomSetup, keep_in_memory
from config.settings.environment import ROOT
from tests.avatar.live.test_engine import broadcast, keep_signals, setup_in  # noqa: F401
from tests.support.heads import filmed, footage, tiny_head, tiny_model

pytestmark = pytest.mark.usefixtures("keep_signals")
STAGE = "avatar.heads.stage:head_stage"


@pytest.fixture(scope="module")
def head(tmp_path_factory):
    return tiny_head(tiny_model(tmp_path_factory.mktemp("model")), batch=2)


@pytest.fixture(scope="module")
def cache(head, tmp_path_factory):
    return filmed(head, tmp_path_factory.mktemp("heads") / "ann")


def filmed_setup(folder: Path, cache, worker: Path, faces: Path, seconds: float = 1.6) -> RoomSetup:
    comments = (Comment(1, "Lin", "price?", 0.8),)
    setup = setup_in(folder, seconds, comments, stage=STAGE, head=cache.folder, heads=worker, faces=faces)
    return replace(setup, config=replace(setup.config, width=216, height=384), preset="ultrafast")


def pictures(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)])


def test_a_broadcast_with_a_filmed_host_is_whole_and_the_same_again(serving, head, cache, faces, tmp_path):
    logs, films = [], []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        with serving(head, 2):
            logs.append(broadcast(filmed_setup(folder, cache, tmp_path / "worker", faces), folder))
        films.append(pictures(folder / "out.mp4"))

    assert films[0].shape == (40, 384, 216, 3)
    assert (films[0] == films[1]).all()
    without_clock = [[{**line, "wall_ms": 0} for line in log] for log in logs]
    assert without_clock[0] == without_clock[1]
    events = [line["event"] for line in logs[0]]
    assert {"sentence_started", "cut", "answer_started", "label_check"} <= set(events)
    assert "degraded" not in events
    assert all(line["ok"] for line in logs[0] if line["event"] == "label_check")
    _mouths_are_where_somebody_speaks(films[0], logs[0], cache)


def _mouths_are_where_somebody_speaks(film: np.ndarray, log: list[dict], cache) -> None:
    """Before the first word the film is the footage; while a sentence is said its lower face is another."""
    lower = cache.box(0).lower
    rows, columns = slice(lower.y, lower.bottom), slice(lower.x, lower.right)
    still = np.stack([footage()[index % 12] for index in range(12)]).astype(int)

    def differs(tick: int) -> float:
        mouths = np.abs(film[tick][rows, columns].astype(int) - still[:, rows, columns]).mean(axis=(1, 2, 3))
        return float(mouths.min())

    starts = next(line["tick"] for line in log if line["event"] == "sentence_started")
    assert max(differs(tick) for tick in range(starts)) < 8
    assert min(differs(tick) for tick in range(starts + 6, starts + 14)) > 12


def test_without_a_worker_the_broadcast_goes_on_with_the_drawn_host_and_says_so(cache, faces, tmp_path, monkeypatch):
    monkeypatch.setattr("avatar.heads.stage.FIRST_SECONDS", 0.1)

    log = broadcast(filmed_setup(tmp_path, cache, tmp_path / "nobody", faces, 0.4), tmp_path)

    told = [line for line in log if line["event"] == "degraded"]
    assert [(line["tick"], line["degraded"]) for line in told] == [(0, list(DRAWN))]
    assert len(pictures(tmp_path / "out.mp4")) == 10


def test_the_engine_of_a_filmed_host_imports_no_model_and_no_database(cache, faces, tmp_path):
    setup = filmed_setup(tmp_path, cache, tmp_path / "nobody", faces, 0.2)
    memory = keep_in_memory(setup)
    code = (
        "import sys, avatar.heads.stage as stages; stages.FIRST_SECONDS = 0.1;"
        "from avatar.live.__main__ import run_room; from avatar.live.setup import read_from_memory;"
        "from avatar.live.wire import Wire; from bench.live_brain import ScriptedBrain;"
        f"rc = run_room(read_from_memory({memory}), Wire(ScriptedBrain({{}}).theirs));"
        "print(json.dumps([rc, *sorted(sys.modules)]))"
    ).replace("import sys,", "import json, sys,", 1)

    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, pass_fds=(memory,), timeout=120
    )
    os.close(memory)

    assert found.returncode == 0, found.stderr
    status, *modules = json.loads(found.stdout)
    heavy = ("django", "celery", "psycopg", "torch", "diffusers", "transformers", "generation.api", "creative")
    assert status == 0
    assert [name for name in modules if name.startswith(heavy)] == []
    assert "avatar.heads.stage" in modules
