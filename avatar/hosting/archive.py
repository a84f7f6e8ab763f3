"""Recordings of broadcasts: written beside the programme, labelled and signed once the broadcast is over."""

from __future__ import annotations

import datetime as dt
import json
import signal
import subprocess
import sys
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from avatar.hosting.children import RECORDING, politely
from avatar.hosting.consents import read_consents
from avatar.hosting.tidying import FILE_DAYS
from avatar.models import Broadcast
from avatar.rooms import folder_of
from core.clock import Clock, system_clock
from core.errors import AdloomError
from core.processes.places import Places
from core.processes.workers import ROOT, child_environment
from generation.api import sign_recording

LIST = "archive.json"
"""Written last: where it stands, every piece was seen to."""

_ENDED = (Broadcast.State.DONE, Broadcast.State.FAILED)


@dataclass(frozen=True)
class Piece:
    """One file of a recording; each start of the engine begins another. `failure` says why it is not signed."""

    name: str
    size_bytes: int
    produce_id: str = ""
    failure: str = ""


def pieces_of(broadcast: Broadcast) -> list[Path]:
    """The recording's files in the order they were begun."""
    stem = Path(RECORDING).stem
    found = [path for path in folder_of(broadcast.pk).glob(f"{stem}*.mp4") if path.stat().st_size]
    return sorted(found, key=lambda path: (len(path.name), path.name))


def read_archive(broadcast: Broadcast) -> list[Piece] | None:
    """What became of each piece; None while nobody has seen to them."""
    path = folder_of(broadcast.pk) / LIST
    if not path.is_file():
        return None
    return [Piece(**piece) for piece in json.loads(path.read_text("utf-8"))]


def unsigned(clock: Clock = system_clock) -> list[uuid.UUID]:
    """Broadcasts that ended lately and left a recording here that is not signed yet, oldest first."""
    since = clock.now() - dt.timedelta(days=FILE_DAYS)
    ended = Broadcast.objects.filter(state__in=_ENDED, ended_at__gte=since).order_by("ended_at")
    return [row.pk for row in ended if read_archive(row) is None and pieces_of(row)]


def sign_archive(broadcast: Broadcast) -> list[Piece]:
    """Label and sign every piece and list them. A piece that cannot be signed stays as it is, with the reason."""
    consents = read_consents(folder_of(broadcast.pk))
    pieces = [_signed(path, broadcast.room.name, consents) for path in pieces_of(broadcast)]
    path = folder_of(broadcast.pk) / LIST
    fresh = path.with_suffix(".part")
    fresh.write_text(json.dumps([asdict(piece) for piece in pieces], ensure_ascii=False), "utf-8")
    fresh.replace(path)
    return pieces


def _signed(path: Path, title: str, consents: tuple[str, ...]) -> Piece:
    try:
        produce_id = sign_recording(path, title, consents)
    except (AdloomError, OSError) as error:
        return Piece(path.name, path.stat().st_size, failure=str(error))
    return Piece(path.name, path.stat().st_size, produce_id)


class Archivist:
    """Has recordings signed by a process of low priority, one broadcast at a time: a day is 27 GB to read."""

    def __init__(self, places: Places, clock: Clock = system_clock) -> None:
        self._places, self._clock = places, clock
        self._process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._process = None
        waiting = unsigned(self._clock)
        if waiting:
            command = [*politely(), sys.executable, "manage.py", "sign_archive", str(waiting[0])]
            self._process = subprocess.Popen(command, cwd=ROOT, env=child_environment(self._places))

    def close(self) -> None:
        """A piece half signed is as it was; the next host begins it again."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(5)
