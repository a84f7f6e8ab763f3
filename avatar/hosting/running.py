"""The process of a host: looks twice a second and whenever it is woken, until it is asked to end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, connections

from avatar.hosting.archive import Archivist
from avatar.hosting.children import ready_made_spec
from avatar.hosting.host import LiveHost
from avatar.hosting.previews import PreviewHost
from avatar.hosting.tidying import tidy
from avatar.services.broadcasting import HOSTS_CHANNEL
from avatar.services.writing import send_forgotten
from core.listening import Listening
from core.processes.children import Child
from core.processes.places import Places

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.5
AWAY_SECONDS = 1.0
TIDY_SECONDS = 3600.0
RESEND_SECONDS = 20.0
ARCHIVE_SECONDS = 10.0


def host_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:120]


def run_host(name: str, places: Places, rooms: int, ready: Callable[[], None] = lambda: None) -> None:
    """Until SIGTERM or SIGINT; then rooms end their files and are free for other hosts. Signals come between looks."""
    host, previews, archivist = LiveHost(name, places, rooms), PreviewHost(name, places), Archivist(places)
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)
    drawing, waking = Child(ready_made_spec(places)), Waking()
    drawing.look_after()
    tidy_at = resend_at = archive_at = time.monotonic()
    try:
        while not asked:
            try:
                host.look()
                previews.look()
                if time.monotonic() >= tidy_at:
                    tidy_at = time.monotonic() + TIDY_SECONDS
                    tidy()
                if time.monotonic() >= archive_at:
                    archive_at = time.monotonic() + ARCHIVE_SECONDS
                    archivist.look()
                if time.monotonic() >= resend_at:
                    resend_at = time.monotonic() + RESEND_SECONDS
                    send_forgotten()
            except DatabaseError as error:
                logger.warning("a look was missed: %s", type(error).__name__)
                connections.close_all()
                time.sleep(AWAY_SECONDS)
            ready()
            waking.wait(LOOK_SECONDS)
    finally:
        drawing.ask_to_stop()
        archivist.close()
        previews.close()
        host.close()
        waking.close()
        drawing.stop()


class Waking:
    """Sleeps until somebody wants a room on air; without a database, just sleeps."""

    def __init__(self) -> None:
        self._listening = Listening(HOSTS_CHANNEL)

    def wait(self, seconds: float) -> None:
        self._listening.wait(seconds)
        if not self._listening.is_open:
            time.sleep(seconds)

    def close(self) -> None:
        self._listening.close()
