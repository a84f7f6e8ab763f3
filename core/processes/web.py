"""The web process: uvicorn, on the loopback address unless told otherwise."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

from core.errors import ServiceDown
from core.processes.children import ChildSpec
from core.processes.places import Places
from core.processes.ports import port_problem
from core.processes.workers import ROOT, child_environment

SERVICE = "web"
HOST = "127.0.0.1"
ANSWER_SECONDS = 5.0


def web_spec(places: Places, port: int, host: str = HOST) -> ChildSpec:
    """Open pages hold their event stream for ever, so the polite end waits 3 s for them and no longer.

    No access log: addresses carry what people search for.
    """
    return ChildSpec(
        name=SERVICE,
        command=(
            *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", host, "--port", str(port)),
            *("--timeout-graceful-shutdown", "3", "--no-server-header", "--lifespan", "off", "--no-access-log"),
        ),
        log=places.log_file(SERVICE),
        environment=child_environment(places),
        folder=ROOT,
    )


def refuse_taken_port(port: int) -> None:
    """Say so now rather than in the log of a child that dies; raises `ServiceDown`."""
    if problem := port_problem(HOST, port):
        raise ServiceDown(SERVICE, f"port {port} is taken ({problem}); set PORT")


def note_port(places: Places, port: int) -> None:
    """So that commands run beside `serve` know where it answers, whatever their own PORT says."""
    _port_file(places).write_text(f"{os.getpid()} {port}")


def noted_port(places: Places) -> int | None:
    """The port of the `serve` that is up in this home, if one is."""
    try:
        pid, port = (int(word) for word in _port_file(places).read_text().split())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return port


def _port_file(places: Places) -> Path:
    return places.run / "web.port"


def web_answers(port: int) -> bool:
    """Whether the web process itself answers, whatever it says of the other services."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=ANSWER_SECONDS):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def web_is_well(port: int) -> bool:
    """Whether the web process answers and has its database."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz?only=postgres", timeout=ANSWER_SECONDS):
            return True
    except OSError:
        return False
