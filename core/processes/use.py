"""`with embedded_services(...)`: the services a command needs are up for as long as the block lasts."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings

from core.errors import ServiceDown
from core.processes.children import open_log
from core.processes.locks import hold, is_free
from core.processes.places import Places
from core.processes.readiness import ANSWERS
from core.processes.workers import ROOT

START_SECONDS = 90.0
LEAVE_SECONDS = 60.0
LOOK_SECONDS = 0.1
WATCH_SECONDS = 1.0


@contextmanager
def embedded_services(*services: str) -> Iterator[None]:
    """Start what is not up, join what is; whoever leaves last has the rest stopped.

    `services` out of postgres, broker, workers; those the operator runs himself
    (`DATABASE_URL`, `CELERY_BROKER_URL`) are left alone. Raises `ServiceDown` naming
    the service and its log. For the length of the block a thread sees to it that a
    keeper is there, should somebody kill it.
    """
    places = Places(settings.ADLOOM_HOME)
    wanted = [service for service in services if service in settings.EMBEDDED_SERVICES]
    if wanted:
        places.prepare()
    try:
        with ExitStack() as stack:
            for service in wanted:
                stack.enter_context(hold(places.users_lock(service)))
            _wait_until_up(places, wanted)
            stack.enter_context(_watched(places, wanted))
            yield
    finally:
        _wait_until_left(places, wanted)


def _wait_until_up(places: Places, wanted: list[str]) -> None:
    began = time.time()
    missing = list(wanted)
    while missing:
        _ensure_keeper(places)
        missing = [service for service in missing if not ANSWERS[service](places)]
        for service in missing:
            _raise_if_failed(places, service, began)
        if missing and time.time() - began > START_SECONDS:
            raise ServiceDown(missing[0], f"not up after {START_SECONDS:.0f} s, see {places.logs}")
        if missing:
            time.sleep(LOOK_SECONDS)


def _raise_if_failed(places: Places, service: str, since: float) -> None:
    path = places.failure_file(service)
    try:
        if path.stat().st_mtime >= since:
            raise ServiceDown(service, path.read_text())
    except FileNotFoundError:
        return


def _ensure_keeper(places: Places) -> None:
    """Start a keeper unless one is at work; of two started at once, one ends by itself."""
    if not is_free(places.keeper_lock):
        return
    with open_log(places.log_file("keeper")) as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "core.processes.keeper", str(places.home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "ADLOOM_HOME": str(places.home)},
            start_new_session=True,
        )
    while is_free(places.keeper_lock) and keeper.poll() is None:
        time.sleep(LOOK_SECONDS / 4)
    threading.Thread(target=keeper.wait, daemon=True).start()


@contextmanager
def _watched(places: Places, wanted: list[str]) -> Iterator[None]:
    finished = threading.Event()

    def watch() -> None:
        while wanted and not finished.wait(WATCH_SECONDS):
            _ensure_keeper(places)

    thread = threading.Thread(target=watch, name="keeper-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _wait_until_left(places: Places, services: list[str]) -> None:
    """Until each service is stopped or somebody else turns out to use it."""
    deadline = time.monotonic() + LEAVE_SECONDS
    for service in services:
        while time.monotonic() < deadline and _is_being_left(places, service):
            time.sleep(LOOK_SECONDS)


def _is_being_left(places: Places, service: str) -> bool:
    """The keeper is there and will stop (or is stopping) this service because nobody uses it.

    While it stops one, the keeper holds the lock exclusively, so not even a shared one
    can be had; a shared one that can be had while an exclusive one cannot means users.
    """
    if is_free(places.keeper_lock) or not places.kept_file(service).exists():
        return False
    lock = places.users_lock(service)
    used_by_others = is_free(lock, exclusive=False) and not is_free(lock)
    return not used_by_others
