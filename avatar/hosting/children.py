"""How the processes of a broadcast and of a preview are started."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from django.conf import settings

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
RECORDING = "archive.mp4"
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
            *(("--output", str(folder / RECORDING)) if settings.LIVE_ARCHIVE else ()),
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
            *politely(),
            *(sys.executable, "manage.py", "run_live_room", str(preview.room_id)),
            *("--output", str(folder / PREVIEW), "--log", str(folder / LOG)),
            *("--seconds", str(preview.seconds), "--unpaced"),
        ),
        log=folder / "process.log",
        environment=child_environment(places),
        folder=ROOT,
        stop_seconds=STOP_SECONDS,
        prepare=lambda: make_folder(folder),
    )


def ready_made_spec(places: Places) -> ChildSpec:
    """Draws what pages and rooms will want, once, with what the machine has left over. A thread of the host that was
    asked to end would abort it: the drawing is code of others that no thread can leave halfway."""
    return ChildSpec(
        name="ready-made",
        command=(*politely(), sys.executable, "-m", "avatar.hosting.ready_made"),
        log=places.log_file("ready-made"),
        environment=child_environment(places),
        folder=ROOT,
        stop_seconds=STOP_SECONDS,
    )


def politely() -> tuple[str, ...]:
    """Before a command that rooms on air come before; by its whole path, for children are started without a search."""
    nice = shutil.which("nice")
    return (nice, "-n", str(NICE)) if nice else ()


def preview_folder(preview: RoomPreview) -> Path:
    return folder_of(preview.room_id) / f"preview-{preview.pk}"


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def tree_cpu_seconds(root: int) -> float:
    """Processor time of `root` and all its living descendants, with that of children they have seen off."""
    spent: dict[int, int] = {}
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (told := _told(entry)):
            parents[int(entry.name)], spent[int(entry.name)] = told
    inside = {root}
    while grown := {pid for pid, parent in parents.items() if parent in inside} - inside:
        inside |= grown
    return sum(spent.get(pid, 0) for pid in inside) / os.sysconf("SC_CLK_TCK")


def _told(process: Path) -> tuple[int, int] | None:
    """(parent, ticks): fields of /proc/PID/stat behind the name, which may hold anything; times are 12th to 15th."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[1]), sum(int(each) for each in fields[11:15])) if len(fields) > 15 else None
