"""A whole broadcast in virtual time: tones for voices, a bar for a host, a real encoder and real files."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from avatar.contracts import Comment, ProductCard, RoomConfig, ScriptLine
from avatar.live.__main__ import run_room
from avatar.live.setup import RoomSetup
from avatar.live.wire import Wire
from bench.live_brain import ScriptedBrain, spoken_script
from bench.live_talk import answer, utterance

pytestmark = pytest.mark.usefixtures("keep_signals")
PLAIN = "bench.live_stage:plain_stage"


def setup_in(folder: Path, seconds: float = 8.0, comments: tuple[Comment, ...] = (), **more: object) -> RoomSetup:
    config = RoomConfig(
        advertiser="demo",
        language="en",
        persona="Lin",
        voice="",
        background="tea",
        lines=tuple(ScriptLine(place, f"sentence {place}") for place in range(4)),
        card=ProductCard("Cup"),
        barge_in="at_once",
        width=160,
        height=288,
    )
    setup = RoomSetup(
        config=config,
        outputs=(str(folder / "out.mp4"),),
        log=folder / "log.jsonl",
        folder=folder,
        comments=comments,
        seconds=seconds,
        is_paced=False,
        stage=PLAIN,
    )
    return replace(setup, **more)


def broadcast(setup: RoomSetup, folder: Path) -> list[dict]:
    """Run a room to its end; its log."""
    brain = ScriptedBrain(
        spoken_script(folder),
        {"price?": answer("price", clauses=(4,), folder=folder), "size?": answer("size", clauses=(3,), folder=folder)},
        tuple(utterance(f"bridge{each}", (1,), "bridge", folder) for each in range(3)),
    )
    assert run_room(setup, Wire(brain.theirs)) == 0
    brain.wire.close()
    return [json.loads(line) for line in setup.log.read_text().splitlines()]


COMMENTS = (Comment(1, "Lin", "price?", 1.0), Comment(2, "Bo", "hi", 1.5), Comment(3, "Ada", "size?", 4.0))


@pytest.fixture
def keep_signals():
    """An engine in this process takes SIGTERM for itself."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def decoded(path: Path) -> tuple[list[int], np.ndarray]:
    """Ticks of the pictures and the sound of a file."""
    with av.open(str(path)) as container:
        pictures = [round(float(frame.pts * frame.time_base) * 25) for frame in container.decode(video=0)]
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    return pictures, sound


def test_a_broadcast_has_exactly_25_pictures_for_every_second_and_as_much_sound(tmp_path):
    broadcast(setup_in(tmp_path), tmp_path)

    pictures, sound = decoded(tmp_path / "out.mp4")

    assert pictures == list(range(200))
    assert 0 <= len(sound) - 200 * 1920 <= 3 * 1024


def test_what_is_logged_is_what_is_in_the_file(tmp_path):
    log = broadcast(setup_in(tmp_path, comments=COMMENTS), tmp_path)

    names = [line["event"] for line in log]
    assert [line["event"] for line in log if line["tick"] == 25] == ["comment_received"]
    assert names.count("cut") == 2
    ready = next(line for line in log if line["event"] == "answer_ready")
    assert (ready["tick"], ready["comment"], ready["seconds"], ready["source"]) == (38, 1, 0.52, "canned")
    assert next(line for line in log if line["event"] == "cut")["tick"] == 38
    dropped = [(line["comment"], line["reason"]) for line in log if line["event"] == "comment_dropped"]
    assert dropped == [(2, "small talk")]
    assert list(log[0]) == ["event", "tick", "media_seconds", "wall_ms", "epoch", "ok", "box"]


def test_the_same_room_twice_gives_the_same_log_and_the_same_bytes(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    logs = [broadcast(setup_in(tmp_path / each, comments=COMMENTS), tmp_path / each) for each in ("one", "two")]

    for line in logs[0] + logs[1]:
        del line["wall_ms"]
    assert logs[0] == logs[1]
    first, second = (decoded(tmp_path / each / "out.mp4")[1] for each in ("one", "two"))
    assert np.array_equal(first, second)


def test_one_encode_goes_into_files_of_every_kind(tmp_path):
    outputs = tuple(str(tmp_path / name) for name in ("a.mp4", "b.flv", "c.ts", "hls/live.m3u8"))

    broadcast(setup_in(tmp_path, 4.0, outputs=outputs), tmp_path)

    assert [len(decoded(Path(each))[0]) for each in outputs] == [100, 100, 100, 100]
