"""Only what conversations need, in a home of its own: PostgreSQL, brain, sender and web."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120.0


@dataclass(frozen=True)
class Platform:
    """A running platform; `pid` finds the process to kill."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]

    def pid(self, name: str) -> int:
        """Of postgres, conversations-brain, conversations-sender or web, as last started."""
        return int((self.home / "run" / f"{name}.pid").read_text())

    def environment(self) -> dict[str, str]:
        return environment(self.home, self.port)

    def manage(self, *arguments: str) -> str:
        """What a command of the product prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def open_channel(self, callback: str, crm: str = "", mode: str = "auto") -> dict[str, str]:
        more = ["--mode", mode, *(["--crm-webhook", crm] if crm else [])]
        return json.loads(
            self.manage(
                *("open_channel", "--advertiser", "sample", "--kind", "webhook", "--callback", callback, "--json"),
                *more,
            )
        )

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows from the platform's own database."""
        import psycopg

        from core.processes.places import Places

        with psycopg.connect(host=str(Places(self.home).postgres_sockets), user="postgres", dbname="adloom") as link:
            return link.execute(statement.encode()).fetchall()


def environment(home: Path, port: int) -> dict[str, str]:
    """This process's environment with another home and port; no language model, whatever the machine has."""
    keep = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**keep, "ADLOOM_HOME": str(home), "PORT": str(port), "LLM_BASE_URL": "", "PYTHONUNBUFFERED": "1"}


@contextmanager
def platform(folder: Path, postgres_options: str = "") -> Iterator[Platform]:
    """Up for the block. The home lies beside the system's other temporary folders, where PostgreSQL may enter."""
    home = Path(tempfile.mkdtemp(prefix="adloom-talk-"))
    home.chmod(0o711)
    port = _free_port()
    started = environment(home, port) | {"ADLOOM_POSTGRES_OPTIONS": postgres_options}
    with (folder / "platform.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.talk_platform"], cwd=ROOT, env=started, stdout=log, stderr=log
        )
    try:
        _wait(home, process, folder / "platform.log")
        yield Platform(home, port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(90)
        _keep_logs(home, folder)
        shutil.rmtree(home, ignore_errors=True)


def _keep_logs(home: Path, folder: Path) -> None:
    if (home / "logs").exists():
        shutil.copytree(home / "logs", folder / "logs", dirs_exist_ok=True)


def _wait(home: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (home / "run" / "up").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the platform did not start: {log.read_text()[-2000:]}")
        time.sleep(0.2)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Starts everything, says so in `run/up`, and starts the web process again whenever it dies."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    import django

    django.setup()
    from django.conf import settings

    from core.processes.children import Child, stop_all
    from core.processes.database import prepared_services
    from core.processes.places import Places
    from core.processes.web import web_answers, web_spec

    ending: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.append(1))
    places = Places(settings.ADLOOM_HOME)
    with prepared_services("postgres", "conversations"):
        web = Child(web_spec(places, settings.PORT))
        try:
            while not ending:
                if web.look_after():
                    places.pid_file("web").write_text(str(web.pid))
                if not (places.run / "up").exists() and web_answers(settings.PORT):
                    (places.run / "up").touch()
                time.sleep(0.05)
        finally:
            stop_all([web])


if __name__ == "__main__":
    main()
