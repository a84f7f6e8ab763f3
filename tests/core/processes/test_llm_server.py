"""The language model's server kept up, with a program in its place that starts in a moment."""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import InputError, ServiceDown
from core.processes import llm_server
from core.processes.llm_environment import LlmEnvironment
from core.processes.llm_model import GIB, Share
from core.processes.llm_server import LlmServer, ServerPlan, server_arguments, server_environment
from core.processes.places import Places
from tests.real.serving import free_port

SERVER = """#!{python} -S
import http.server, os, pathlib, subprocess, sys, time
here = pathlib.Path(__file__).parent
engine = subprocess.Popen([{python!r}, "-S", "-c", "import time; time.sleep(600)"], start_new_session=True)
(here / "engine").write_text(str(engine.pid))
{before}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(500 if (here / "sick").exists() else 200)
        self.end_headers()
    def log_message(self, *_): pass
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


class Kept:
    """A server of ours in `folder`; `before` is what its program does before it listens."""

    def __init__(self, folder: Path, before: str = "") -> None:
        self.bin = folder / "environment" / "bin"
        self.bin.mkdir(parents=True)
        program = self.bin / "python"
        program.write_text(SERVER.format(python=sys.executable, before=before))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.places = Places(folder / "home")
        self.places.run.mkdir(parents=True)
        self.told: list[str] = []
        self.port = free_port()
        environment = LlmEnvironment(folder / "environment", "cpu", folder / "log")
        plan = ServerPlan(environment, folder / "model", "tiny", Share(GIB, 1024), self.port)
        self.server = LlmServer(plan, self.places, self.told.append)

    def engine(self) -> int:
        return int((self.bin / "engine").read_text())

    def leader(self) -> int:
        return int(self.places.pid_file(f"llm-{self.port}").read_text())

    def look_until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < deadline, self.told
            self.server.look_after()
            time.sleep(0.02)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    one = Kept(tmp_path)
    one.server.wait_until_up()
    yield one
    one.server.stop()


def is_alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_killed_server_takes_its_engine_along_and_is_started_again(kept: Kept) -> None:
    first = kept.engine()
    os.kill(kept.leader(), signal.SIGKILL)
    kept.look_until(lambda: "llm is up again" in kept.told)

    assert "starting it again" in kept.told[0]
    assert not is_alive(first)
    assert kept.engine() != first


def test_stopping_leaves_nothing_even_of_another_session(kept: Kept) -> None:
    server, engine = kept.leader(), kept.engine()
    kept.server.stop()

    assert not is_alive(server)
    assert not is_alive(engine)
    assert not kept.places.pid_file(f"llm-{kept.port}").exists()


def test_a_server_that_runs_and_does_not_answer_is_ended_and_started_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm_server, "HEALTH_SECONDS", 0.05)
    sick = kept.bin / "sick"
    sick.touch()
    kept.look_until(lambda: "llm does not answer; ending it" in kept.told)
    first = kept.engine()
    sick.unlink()
    kept.look_until(lambda: "llm is up again" in kept.told)

    assert kept.engine() != first


def test_a_model_that_cannot_be_loaded_is_said_with_the_server_s_own_words(tmp_path: Path) -> None:
    kept = Kept(tmp_path, before="print('(Core pid=1) ERROR [x.py:1] ValueError: no such head size'); sys.exit(3)")
    with pytest.raises(ServiceDown, match=r"llm: .*ValueError: no such head size, see .*llm\.log"):
        kept.server.wait_until_up()

    assert kept.server.child.failures == 2
    kept.server.stop()


def test_a_model_that_wants_torchvision_says_so_whatever_the_last_words_are(tmp_path: Path) -> None:
    words = (
        "ModuleNotFoundError: No module named 'torchvision'",
        "ValidationError: 1 validation error for ModelConfig",
    )
    kept = Kept(tmp_path, before=f"print({words[0]!r}); print({words[1]!r}); sys.exit(1)")
    with pytest.raises(
        ServiceDown, match="which is left out without a GPU; serve it on one, or take a model that does"
    ):
        kept.server.wait_until_up()

    kept.server.stop()


def test_what_a_killed_keeper_left_is_ended_before_a_new_start(tmp_path: Path) -> None:
    old = Kept(tmp_path / "old")
    old.server.wait_until_up()
    left = old.leader()
    pid_file = tmp_path / "pid"
    pid_file.write_text(str(left))

    llm_server.end_leftover(pid_file)

    assert not pid_file.exists()
    old.look_until(lambda: not is_alive(left))
    old.server.stop()


def test_a_process_that_only_has_the_number_is_left_alone(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    pid_file.write_text(str(os.getpid()))
    llm_server.end_leftover(pid_file)

    assert not pid_file.exists()


def test_a_taken_port_is_said_before_anything_is_started(kept: Kept) -> None:
    with pytest.raises(InputError, match=rf"--port: {kept.port} is taken"):
        llm_server.refuse_taken_port(kept.port)


def test_the_server_keeps_to_schemas_and_reports_nothing(tmp_path: Path) -> None:
    environment = LlmEnvironment(tmp_path, "cpu", tmp_path / "log")
    plan = ServerPlan(environment, tmp_path, "qwen", Share(4 * GIB, 8192), 8100, api_key="s3cret")
    arguments, variables = server_arguments(plan), server_environment(plan)

    assert arguments[arguments.index("--structured-outputs-config") + 1] == (
        '{"backend": "guidance", "disable_any_whitespace": true}'
    )
    assert arguments[arguments.index("--scheduling-policy") + 1] == "priority"
    assert arguments[arguments.index("--host") + 1] == "127.0.0.1"
    assert {variables[name] for name in ("HF_HUB_OFFLINE", "VLLM_NO_USAGE_STATS", "DO_NOT_TRACK")} == {"1"}
    assert (variables["VLLM_CPU_KVCACHE_SPACE"], variables["VLLM_API_KEY"]) == ("4", "s3cret")
    assert "s3cret" not in arguments


def test_vectors_are_made_in_float32_without_what_a_model_that_reads_both_ways_dies_of(tmp_path: Path) -> None:
    environment = LlmEnvironment(tmp_path, "cpu", tmp_path / "log")
    arguments = server_arguments(ServerPlan(environment, tmp_path, "bge", Share(GIB, 512), 8101, embeds=True))

    assert arguments[arguments.index("--runner") + 1] == "pooling"
    assert arguments[arguments.index("--dtype") + 1] == "float32"
    assert "--enable-prefix-caching" not in arguments


@pytest.mark.parametrize(("cores", "threads"), [(1, "1"), (2, "1"), (8, "7"), (9, None)])
def test_on_few_cores_scheduler_and_model_are_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, threads: str | None
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(cores)))
    environment = LlmEnvironment(tmp_path, "cpu", tmp_path / "log")
    variables = server_environment(ServerPlan(environment, tmp_path, "qwen", Share(GIB, 1024), 8100))

    assert variables.get("OMP_NUM_THREADS") == threads
    assert variables.get("VLLM_ENABLE_V1_MULTIPROCESSING") == (threads and "0")
