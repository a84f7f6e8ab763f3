"""The parts as containers run them: every command line of deploy/ as it stands, each in a home of its own, over one
PostgreSQL, one broker and one S3 server. They come up, make a bulk batch together, and end when they are told to."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from config.settings.environment import ROOT
from core.media import run_ffmpeg
from core.processes.places import Places
from core.processes.readiness import shows_life
from core.processes.use import embedded_services
from core.processes.web import web_is_well
from generation.provenance.labels import verify_labels
from tests.real.bulk_client import Client, open_desk
from tests.real.running import manage
from tests.real.serving import free_port
from tests.support.deployment import compose, part_commands, runnable, service_settings
from tests.support.homes import a_home
from tests.support.template import copy_migrated

PATIENCE_SECONDS = 120.0
ADS = 8
DATABASE = "parts"
HOST = "worker-cpu_models"
"""The one part of these that has weights."""
SAID = {
    **dict.fromkeys(("POSTGRES_PASSWORD", "BROKER_PASSWORD"), "of no use: the services here are others"),
    **{"CLIP_ENGINE": "wan", "CLIP_CHECKPOINT": "tiny-wan", "CLIP_SIZE": "32x48", "CLIP_STEPS": "1"},
}
"""What an operator says beside the keys: that clips are wanted, in compose's env file and nowhere else."""


@dataclass
class Part:
    """One started command line."""

    name: str
    process: subprocess.Popen[bytes]
    home: Path
    port: int

    def is_up(self) -> bool:
        assert self.process.poll() is None, f"{self.name} ended: {self.said()}"
        if self.name == "web":
            return web_is_well(self.port)
        if self.name == "scheduler":
            return any(self.home.glob("run/schedule*"))
        return shows_life(Places(self.home), self.name)

    def said(self) -> str:
        return (self.home / "said.txt").read_text(errors="replace")[-2000:]


@pytest.fixture(scope="module")
def addresses(embedded_postgres) -> Iterator[dict[str, str]]:
    """Where the services are on this machine, in place of compose's own."""
    copy_migrated(embedded_postgres, DATABASE)
    storage = ThreadedMotoServer("127.0.0.1", 0)
    storage.start()
    host, port = storage.get_host_and_port()
    with embedded_services("broker"):
        yield {
            "DATABASE_URL": f"postgresql://postgres@/{embedded_postgres.postgres_sockets}/{DATABASE}",
            "CELERY_BROKER_URL": f"redis+socket://{embedded_postgres.broker_socket}",
            "S3_ENDPOINT_URL": f"http://{host}:{port}",
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
        }
    storage.stop()


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "adloom",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "PII_KEY": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "SIGNING_ROOT": signing_root(),
    }


@pytest.fixture(scope="module")
def settings_of_all(addresses, keys) -> dict[str, str]:
    """What compose tells every part."""
    return service_settings("web", {**keys, **SAID}) | addresses


@pytest.fixture(scope="module")
def settings_of_host(addresses, keys, tmp_path_factory) -> dict[str, str]:
    """What compose tells a model host, with the folder of weights that is mounted for it."""
    from generation.checkpoints.tiny import wan

    models = tmp_path_factory.mktemp("models")
    wan.make(models / "tiny-wan")
    return service_settings("worker-cpu-models", {**keys, **SAID}) | addresses | {"MODELS_DIR": str(models)}


def signing_root() -> str:
    from generation.provenance.chain import new_root

    return base64.b64encode(new_root().encode()).decode()


@pytest.fixture(scope="module")
def parts(settings_of_all, settings_of_host) -> Iterator[list[Part]]:
    """Every command line of every way to start them, once where two ways say the same."""
    lines = sorted({(name, tuple(runnable(line))) for name, lines in part_commands().items() for line in lines})
    with ExitStack() as stack:
        started = []
        try:
            for name, line in lines:
                told = settings_of_host if name == HOST else settings_of_all
                started.append(start(name, line, stack.enter_context(a_home()), told))
            deadline = time.monotonic() + PATIENCE_SECONDS
            for part in started:
                while not part.is_up():
                    assert time.monotonic() < deadline, f"{part.name} is not up: {part.said()}"
                    time.sleep(0.1)
            yield started
        finally:
            for part in started:
                if part.process.poll() is None:
                    os.killpg(part.process.pid, signal.SIGKILL)
                    part.process.wait()


def start(name: str, line: tuple[str, ...], home: Path, settings: dict[str, str]) -> Part:
    port = free_port()
    with (home / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            line,
            cwd=ROOT,
            env={**os.environ, **settings, "ADLOOM_HOME": str(home), "PORT": str(port)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Part(name, process, home, port)


@pytest.fixture(scope="module")
def desk(parts, settings_of_all) -> Iterator[Client]:
    """One machine more, with a home of its own and what compose tells every part: it orders, and makes nothing."""
    with pytest.MonkeyPatch.context() as patch, a_home() as home:
        for name, value in settings_of_all.items():
            patch.setenv(name, value)
        (home / "materials").mkdir()
        with open_desk(home, home / "materials", services=()) as desk:
            yield desk


def test_every_command_line_comes_up_and_its_health_check_holds(parts):
    checks = {
        name: service["healthcheck"]["test"][1:]
        for name, service in compose()["services"].items()
        if "run_part" in service.get("command", ()) and "healthcheck" in service
    }
    assert {line[-1] for line in checks.values()} | {"scheduler"} == {part.name for part in parts}
    by_part = {part.name: part for part in parts}
    for line in (checks["web"], checks["worker-light"]):
        part = by_part[line[-1]]
        known = {**os.environ, "ADLOOM_HOME": str(part.home), "PORT": str(part.port)}
        assert subprocess.run(runnable(line), cwd=ROOT, env=known, check=False).returncode == 0, line
        elsewhere = {**known, "ADLOOM_HOME": "/nowhere", "PORT": "1"}
        assert subprocess.run(runnable(line), cwd=ROOT, env=elsewhere, check=False).returncode == 1, line


def test_a_part_without_weights_sees_what_a_host_has_and_has_a_clip_made_by_it(desk, parts, settings_of_all):
    assert "MODELS_DIR" not in settings_of_all

    clip = desk("clip", prompt="a cup")

    assert clip["of"] == ["tiny-wan"]
    assert Path(clip["path"]).is_relative_to(desk.home)
    assert decoded_frames(Path(clip["path"])) == clip["frames"] == clip["asked"]
    assert not (desk.home / "checkpoints").exists()


def test_two_machines_with_homes_of_their_own_make_one_batch_together(desk, parts, settings_of_all, tmp_path):
    desk("pool", name="far", clips=2)
    batch = desk("order", pool="far", ads=ADS, seed=1)
    assert desk("wait", batch=batch) == {"state": "done", "error": "", "ads": {"ready: ": ADS}}
    makers = {home_of(row["worker"]) for row in desk("segments", batch=batch).values()}
    report = tmp_path / "report.json"
    desk("report", batch=batch, path=str(report))
    given = ("--report", str(report), "--ads", "0,5", "--out", str(tmp_path))
    delivered = manage(desk.home, "deliver_ads", *given, settings=settings_of_all)
    assert delivered.code == 0, delivered.err
    frames = {ad["position"]: ad["frames"] for ad in desk("ads", batch=batch)}

    renderers = {part.home for part in parts if part.name == "worker-render"}
    assert len(makers) > 1
    assert makers <= renderers
    for maker in makers:
        assert list(maker.glob("cache/files/materials/*")), "it read footage that was not its own"
    for position in (0, 5):
        file = tmp_path / f"ad-{position:04d}.mp4"
        assert decoded_frames(file) == frames[position]
        assert verify_labels(file, parts[0].home).signature.state == "Trusted"


def home_of(worker: str) -> Path:
    """The home of the process that the books name as the one that rendered."""
    environment = Path(f"/proc/{worker.rpartition(':')[2]}/environ").read_bytes().split(b"\0")
    return Path(next(each for each in environment if each.startswith(b"ADLOOM_HOME=")).partition(b"=")[2].decode())


def decoded_frames(path: Path) -> int:
    lines = run_ffmpeg(["-v", "error", "-i", str(path), "-map", "0:v", "-f", "framemd5", "-"], capture=True).output
    return sum(1 for line in lines.decode().splitlines() if not line.startswith("#"))


def test_told_to_end_every_part_does_and_leaves_nothing_running(parts):
    for part in parts:
        part.process.send_signal(signal.SIGTERM)

    ended = [(part, part.process.wait(PATIENCE_SECONDS)) for part in parts]

    # uvicorn hands the signal on to itself once it has ended in order.
    codes = [(part.name, code, part.said()) for part, code in ended if code]
    assert [each for each in codes if each[:2] != ("web", -signal.SIGTERM)] == []
    for part in parts:
        with pytest.raises(ProcessLookupError):
            os.killpg(part.process.pid, 0)
