"""Row L7: a room left alone for hours of media."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import replace
from pathlib import Path

from avatar.contracts import Answer, Comment
from avatar.live.cursor import Cursor, save_cursor
from bench.live import EngineProcess, room_in
from bench.live_skew import time_stamps
from bench.live_talk import utterance
from bench.run import Figure, Row


def long_run(small: bool, folder: Path) -> Figure:
    """L7: media in virtual time; resident memory after the first ten minutes, threads, descriptors, time stamps.

    `LIVE_HOURS` hours of it, 2.5 unless told otherwise; a whole day takes some twenty minutes of a core.
    """
    minutes = 3 if small else round(60 * float(os.environ.get("LIVE_HOURS", "2.5")))
    first = 2**24 // 40 - 2000
    comments = tuple(Comment(each + 1, "v", "price?", first / 25 + 30 * each) for each in range(minutes * 2))
    setup = room_in(folder, first / 25 + minutes * 60, is_paced=False, preset="ultrafast", width=32, height=32)
    setup = replace(setup, comments=comments)
    save_cursor(setup.cursor, Cursor(0, 0, first - 1, 0))
    said = utterance("price", (4,), "answer", folder)
    looks: list[tuple[float, int, int]] = []
    with EngineProcess(setup, {"price?": Answer((1,), (said,), said.text, "canned")}) as room:
        while room.process.poll() is None:
            status = [each for each in list(room.brain.heard)[-40:] if each["kind"] == "status"]
            if status:
                looks.append((status[-1]["tick"] / 25 / 3600, *_size_of(room.process.pid)))
            del room.brain.heard[:-50]
            time.sleep(0.2)
    begin = looks[0][0]
    settled = [each for each in looks if each[0] - begin > (1 / 60 if small else 1 / 6) and each[1]]
    growth = (settled[-1][1] - settled[0][1]) / 1e6 / max(1e-9, settled[-1][0] - settled[0][0])
    steps = time_stamps(folder / "out.flv")
    half = len(settled) // 2
    usual = [statistics.mode(each[2] for each in part) for part in (settled[:half], settled[half:])]
    behind = {"hours": minutes / 60, "threads_and_fds_by_halves": usual, "steps_ms": steps}
    is_reached = growth <= 1.0 and usual[0] == usual[1] and steps["pictures"] == [40]
    return Figure(round(growth, 3), "MB an hour", is_reached, behind)


def _size_of(pid: int) -> tuple[int, int]:
    """Resident bytes; threads (thousands) and open files (units) as one number."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        return pages * os.sysconf("SC_PAGE_SIZE"), 1000 * threads + len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0, 0


ROWS = [
    Row("L7", "hours in virtual time: memory, threads, fds", "0 MB", "≤ 1 MB/h, constant", long_run),
]
