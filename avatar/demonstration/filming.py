"""A minute of the sample room, its viewers' comments answered by interruption, into a file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from core.errors import RetryableError
from generation import api as generation

SECONDS = 60
PATIENCE_SECONDS = 600.0
LOOK_SECONDS = 0.5
POSTER_AT_SECONDS = 3.0
FILM, LOG, POSTER = "live.mp4", "live.jsonl", "live.jpg"
ROOM, COMMENTS = "room.yaml", "comments.jsonl"
Tell = Callable[[str, float, float], None]


class NotFilmed(RetryableError):
    """The sample room did not come to its end."""

    code = "not_filmed"


def film_room(sample: Path, out: Path, tell: Tell = lambda *_: None) -> Path:
    """Film the room of `sample` (room.yaml, comments.jsonl) into `out` as live.mp4, live.jsonl and live.jpg.

    Returns `out`. A film that is there already is kept. Raises NotFilmed with the room's last words.
    """
    if all((out / name).exists() for name in (FILM, LOG, POSTER)):
        return out
    work = out / ".live"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        _run_room(sample, work, tell)
        generation.save_still(work / FILM, work / POSTER, POSTER_AT_SECONDS)
        for name in (LOG, POSTER, FILM):
            (work / name).replace(out / name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return out


def _run_room(sample: Path, work: Path, tell: Tell) -> None:
    command = [
        *(sys.executable, "manage.py", "run_live_room", "--config", str(sample / ROOM)),
        *("--comments", str(sample / COMMENTS), "--output", str(work / FILM), "--log", str(work / LOG)),
        *("--seconds", str(SECONDS), "--unpaced"),
    ]
    with (work / "words.txt").open("wb") as words:
        room = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=words, stderr=subprocess.STDOUT)
        watcher = threading.Event()
        try:
            for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
                if room.poll() is not None:
                    break
                tell("live", _media_seconds(work / LOG), SECONDS)
                watcher.wait(LOOK_SECONDS)
        finally:
            if room.poll() is None:
                room.terminate()
                room.wait(30)
    if room.returncode != 0:
        last = (work / "words.txt").read_text(encoding="utf-8", errors="replace").strip()[-400:]
        raise NotFilmed(f"the sample room ended with {room.returncode}: {last}")
    tell("live", SECONDS, SECONDS)


def _media_seconds(log: Path) -> float:
    """How far the room is, by the last whole line of its log."""
    if not log.exists():
        return 0.0
    with log.open("rb") as lines:
        lines.seek(max(0, log.stat().st_size - 4096))
        for line in reversed(lines.read().split(b"\n")[:-1]):
            try:
                return float(json.loads(line)["media_seconds"])
            except (ValueError, KeyError):
                continue
    return 0.0
