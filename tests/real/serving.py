"""`manage.py serve` in a process of its own, on a free port, until the block ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.real.running import ROOT, environment

START_SECONDS = 90.0
STOP_SECONDS = 60.0


@dataclass(frozen=True)
class Served:
    """Where the platform answers, and the one-time link it printed."""

    address: str
    link: str


@contextmanager
def serve(home: Path) -> Iterator[Served]:
    """The whole platform: web, workers, scheduler, database, broker."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "serve"],
        env={**environment(home), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.extend(process.stdout or ()), daemon=True)
    reader.start()
    try:
        yield Served(f"http://127.0.0.1:{port}", _link(process, told))
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(STOP_SECONDS)


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _link(process: subprocess.Popen[str], told: list[str]) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        text = "".join(told)
        found = re.search(r"http://\S+sesame=\S+", text)
        if found:
            return found.group()
        assert process.poll() is None, f"serve ended: {text}"
        time.sleep(0.1)
    raise AssertionError(f"serve is not up after {START_SECONDS:.0f} s: {''.join(told)}")
