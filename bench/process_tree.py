"""CPU seconds and memory of a whole install, from /proc: the command, the workers, the services, and their children.

A process that has ended is counted by the one that waited for it, so sums over the living are whole.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.processes.places import Places

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
PARTS = ("worker-render", "worker-light", "worker-ingest", "scheduler", "postgres", "broker")
LOOK_SECONDS = 1.0


def cpu_by_part(places: Places) -> dict[str, float]:
    """CPU seconds so far: of this process with the children it waited for ("command"), and of each service."""
    times = os.times()
    found = {"command": times.user + times.system + times.children_user + times.children_system}
    parents = _parents()
    for part in PARTS:
        found[part] = sum(_cpu_seconds(pid) for pid in _tree(_pid(places, part), parents))
    return found


def spent(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """What each part took between two looks, and the sum as "all"."""
    parts = {part: round(after[part] - before[part], 3) for part in after}
    return {**parts, "all": round(sum(parts.values()), 3)}


@contextmanager
def watched_memory(places: Places) -> Iterator[dict[str, float]]:
    """Fills in the most that one process of worker-render took with its children at a time, in MB.

    Pages two of them share are counted twice.
    """
    most = {"worker_mb": 0.0, "command_mb": 0.0}
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_SECONDS):
            _note_memory(places, most)

    watcher = threading.Thread(target=look, name="memory", daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def worker_memory(places: Places) -> dict[int, float]:
    """MB held by each process of worker-render and what it waits for, by its number."""
    parents = _parents()
    head = _pid(places, "worker-render")
    found = {}
    for worker in [pid for pid, parent in parents.items() if parent == head]:
        children = [pid for pid in _tree(worker, parents)[1:] if _program(pid) != _program(worker)]
        found[worker] = round(sum(_resident_bytes(pid) for pid in (worker, *children)) / 1e6, 1)
    return found


def _note_memory(places: Places, most: dict[str, float]) -> None:
    most["worker_mb"] = max(most["worker_mb"], *worker_memory(places).values(), 0.0)
    most["command_mb"] = max(most["command_mb"], round(_resident_bytes(os.getpid()) / 1e6, 1))


def _pid(places: Places, part: str) -> int:
    try:
        return int(places.pid_file(part).read_text())
    except (OSError, ValueError):
        return -1


def _tree(root: int, parents: dict[int, int]) -> list[int]:
    """`root` and everything below it that lives."""
    found = [root] if root in parents else []
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _parents() -> dict[int, int]:
    """Parent by process."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            found[int(folder.name)] = int(fields[1])
    return found


def _cpu_seconds(pid: int) -> float:
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0.0


def _resident_bytes(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[21]) * PAGE_BYTES if fields else 0


def _program(pid: int) -> str:
    """What it runs; a child that is about to become another program still has its parent's memory and name."""
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on; none for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
