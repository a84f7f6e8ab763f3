"""The supervisor with real children: a paced engine, a brain of tones, and what becomes of them when killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import av

from avatar.live.setup import RoomSetup, keep_in_memory
from avatar.processes import RoomProcesses, Supervisor
from config.settings.environment import ROOT
from tests.avatar.live.test_engine import setup_in

HEAVY = (
    "django",
    "celery",
    "psycopg",
    "aiortc",
    "torch",
    "openai",
    "httpx",
    "moviepy",
    "creative",
    "agentbot",
    "generation.api",
)


def supervisor_of(setup: RoomSetup, folder: Path) -> Supervisor:
    brain = ("-m", "bench.live_brain_process", str(folder), "{wire}")
    return Supervisor(RoomProcesses(setup, brain))


def meanwhile(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def lines(log: Path) -> list[dict]:
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text().split("\n")[:-1]]


def wait_for(log: Path, event: str, count: int = 1, seconds: float = 25.0) -> dict:
    """The `count`-th `event` of the log, waited for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = [line for line in lines(log) if line["event"] == event]
        if len(found) >= count:
            return found[count - 1]
        time.sleep(0.02)
    raise AssertionError(f"no {event} in {seconds} s: {lines(log)[-3:]}")


def pictures(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_the_engine_starts_without_database_model_or_voice(tmp_path):
    setup = setup_in(tmp_path, 0.4, outputs=(str(tmp_path / "out.ts"),), stage="avatar.live.stage:faces_stage")
    memory = keep_in_memory(setup)
    code = (
        "import socket, sys; from avatar.live.__main__ import run_room; from avatar.live.setup import read_from_memory;"
        "from avatar.live.wire import Wire; from bench.live_brain import ScriptedBrain;"
        f"rc = run_room(read_from_memory({memory}), Wire(ScriptedBrain({{}}).theirs));"
        "print(rc, *sorted(sys.modules))"
    )

    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        pass_fds=(memory,),
        timeout=120,
        check=True,
    )
    os.close(memory)

    code_and_modules = found.stdout.split()
    assert code_and_modules[0] == "0"
    assert [name for name in code_and_modules if name.startswith(HEAVY)] == []


def test_sigterm_closes_the_files_and_ends_with_0(tmp_path):
    setup = setup_in(tmp_path, None, is_paced=True)
    supervisor = supervisor_of(setup, tmp_path)

    def stop() -> None:
        wait_for(setup.log, "sentence_started")
        time.sleep(0.5)
        supervisor.stop()

    helper = meanwhile(stop)
    code = supervisor.run()
    helper.join()

    assert code == 0
    assert pictures(tmp_path / "out.mp4") > 10
    assert b"moof" not in (tmp_path / "out.mp4").read_bytes()


def test_a_killed_engine_comes_back_at_the_head_of_its_sentence(tmp_path):
    setup = setup_in(tmp_path, None, is_paced=True, outputs=(str(tmp_path / "out.ts"),))
    supervisor = supervisor_of(setup, tmp_path)
    seen = {}

    def kill() -> None:
        wait_for(setup.log, "sentence_started", 2)
        time.sleep(0.5)
        os.kill(supervisor.engine.pid, signal.SIGKILL)
        seen["resumed"] = wait_for(setup.log, "resumed")
        wait_for(setup.log, "sentence_ended", 3)
        supervisor.stop()

    helper = meanwhile(kill)
    code = supervisor.run()
    helper.join()

    resumed = seen["resumed"]
    assert code == 0
    assert (resumed["rule"], resumed["sentence"], resumed["clause"]) == ("restart", 1, 0)
    ended = [line["sentence"] for line in lines(setup.log) if line["event"] == "sentence_ended"]
    assert ended[:3] == [0, 1, 2]
    assert pictures(tmp_path / "out.ts") > 25
    assert pictures(tmp_path / "out-2.ts") > 25


def test_a_killed_brain_comes_back_and_the_engine_goes_on_selling_meanwhile(tmp_path):
    setup = setup_in(tmp_path, None, is_paced=True)
    supervisor = supervisor_of(setup, tmp_path)

    def kill() -> None:
        wait_for(setup.log, "sentence_started", 1)
        time.sleep(0.3)
        os.kill(supervisor.brain.pid, signal.SIGKILL)
        wait_for(setup.log, "sentence_ended", 3)
        supervisor.stop()

    helper = meanwhile(kill)
    code = supervisor.run()
    helper.join()

    ended = [line["sentence"] for line in lines(setup.log) if line["event"] == "sentence_ended"]
    assert code == 0
    assert ended == [0, 1, 2]
    assert len((tmp_path / "brains").read_text().split("\n")) == 3


def test_a_file_is_playable_after_the_whole_room_was_killed(tmp_path):
    setup = setup_in(tmp_path, None, is_paced=True)
    supervisor = supervisor_of(setup, tmp_path)

    def kill() -> None:
        wait_for(setup.log, "sentence_ended", 2)
        os.kill(supervisor.engine.pid, signal.SIGKILL)
        supervisor.stop()

    helper = meanwhile(kill)
    supervisor.run()
    helper.join()

    assert pictures(tmp_path / "out.mp4") >= 50


def test_a_room_whose_only_ingest_is_gone_ends_with_5(tmp_path):
    setup = setup_in(tmp_path, None, is_paced=True, outputs=("rtmp://127.0.0.1:1/live/secret",), lost_seconds=1.0)

    assert supervisor_of(setup, tmp_path).run() == 5

    assert [line["output"] for line in lines(setup.log) if line["event"] == "output_lost"] == [1]
    left = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"secret" in content for content in left)


def test_two_rooms_at_once_do_not_disturb_one_another(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    setups = [setup_in(folder, 3.0, is_paced=True) for folder in folders]
    code = (
        "import sys; from pathlib import Path; from avatar.processes import RoomProcesses, run_room;"
        "from avatar.live.setup import read_from_memory;"
        "brain = ('-m', 'bench.live_brain_process', sys.argv[2], '{wire}');"
        "sys.exit(run_room(RoomProcesses(read_from_memory(int(sys.argv[1])), brain)))"
    )
    memories = [keep_in_memory(setup) for setup in setups]

    rooms = [
        subprocess.Popen([sys.executable, "-c", code, str(memory), str(folder)], cwd=ROOT, pass_fds=(memory,))
        for memory, folder in zip(memories, folders, strict=True)
    ]

    assert [room.wait(60) for room in rooms] == [0, 0]
    assert [pictures(folder / "out.mp4") for folder in folders] == [75, 75]
