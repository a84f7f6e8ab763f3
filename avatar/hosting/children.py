"""How the processes of a broadcast and of a preview are started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from avatar.models import Broadcast, RoomPreview
from avatar.rooms import folder_of
from core.processes.children import ChildSpec
from core.processes.places import Places
from core.processes.workers import ROOT, child_environment

LOG = "events.jsonl"
PROGRAMME = "programme"
"""Folder of the segments that the control room plays."""
PLAYLIST = "index.m3u8"
PREVIEW = "preview.mp4"
STOP_SECONDS = 8.0
NICE = 10
"""A preview takes what rooms on air leave."""


def broadcast_spec(places: Places, broadcast: Broadcast) -> ChildSpec:
    """Its stream keys go by the books, never by the command line."""
    folder = folder_of(broadcast.pk)
    return ChildSpec(
        name=f"room-{broadcast.pk}",
        command=(
            *(sys.executable, "manage.py", "run_live_room", str(broadcast.room_id), "--broadcast", str(broadcast.pk)),
            *("--output", str(folder / PROGRAMME / PLAYLIST), "--log", str(folder / LOG)),
        ),
        log=folder / "process.log",
        environment=child_environment(places),
        folder=ROOT,
        stop_seconds=STOP_SECONDS,
        prepare=lambda: make_folder(folder / PROGRAMME),
    )


def preview_spec(places: Places, preview: RoomPreview) -> ChildSpec:
    """The room as it is now, faster than it plays, pushed nowhere."""
    folder = preview_folder(preview)
    return ChildSpec(
        name=f"preview-{preview.pk}",
        command=(
            *("nice", "-n", str(NICE), sys.executable, "manage.py", "run_live_room", str(preview.room_id)),
            *("--output", str(folder / PREVIEW), "--log", str(folder / LOG)),
            *("--seconds", str(preview.seconds), "--unpaced"),
        ),
        log=folder / "process.log",
        environment=child_environment(places),
        folder=ROOT,
        stop_seconds=STOP_SECONDS,
        prepare=lambda: make_folder(folder),
    )


def preview_folder(preview: RoomPreview) -> Path:
    return folder_of(preview.room_id) / f"preview-{preview.pk}"


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def session_cpu_seconds(leader: int) -> float:
    """Processor time of every living process in the session of `leader`, with that of their ended children."""
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            ticks += _ticks(entry, leader)
    return ticks / os.sysconf("SC_CLK_TCK")


def _ticks(process: Path, leader: int) -> int:
    """Fields of /proc/PID/stat behind the name, which may hold anything: session is the 4th, times the 12th to 15th."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(each) for each in fields[11:15]) if len(fields) > 15 and int(fields[3]) == leader else 0
