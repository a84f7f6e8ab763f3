"""Kills (-9) of workers while a bulk batch is made, and once of each service: no ad or segment twice.

The short form runs by itself; `BULK_KILLS=50 BULK_ADS=1000` is the long one. `KILL_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.processes.places import Places
from tests.real.bulk_client import Client, open_desk

KILLS = int(os.environ.get("BULK_KILLS", "8"))
ADS = int(os.environ.get("BULK_ADS", "200"))
LOOK_SECONDS = 0.02
WORKERS = ("worker-render", "worker-render", "worker-render", "worker-light")
SERVICES = ("broker", "postgres", "scheduler")


class Watch:
    """Which segments were finished in a store, how often, as the file system tells it.

    The sidecar comes last, so what has one is finished; another render puts another file in its place.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, set[int]] = defaultdict(set)

    def look(self) -> None:
        for sidecar in self._folder.glob("??/*.json"):
            for suffix in (".mp4", ".aac"):
                try:
                    self._files[sidecar.stem].add(sidecar.with_suffix(suffix).stat().st_ino)
                except FileNotFoundError:
                    continue

    def times_finished(self) -> dict[str, int]:
        """How often each segment or stem was finished."""
        return {key: len(inodes) for key, inodes in self._files.items()}


@contextmanager
def watching(folder: Path) -> Iterator[Watch]:
    watch, over = Watch(folder), threading.Event()

    def run() -> None:
        while not over.wait(LOOK_SECONDS):
            watch.look()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        watch.look()


def kill(places: Places, name: str, chance: random.Random) -> bool:
    """Kill a part of the install, or one of a worker's own processes; False when it was just not there."""
    try:
        pid = int(places.pid_file(name).read_text())
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        target = int(chance.choice([*children, pid])) if name.startswith("worker") else pid
        os.kill(target, signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    return True


def victims(chance: random.Random) -> list[str]:
    """Workers at random, each service once somewhere among them."""
    names = [chance.choice(WORKERS) for _ in range(KILLS)]
    for service in SERVICES:
        names.insert(chance.randrange(len(names) + 1), service)
    return names


def test_kills_lose_no_ad_and_make_none_twice(own_home, tmp_path):
    seed = int(os.environ.get("KILL_SEED", "") or random.SystemRandom().randrange(10**6))
    print(f"seed {seed} (KILL_SEED repeats it)")
    chance, moment = random.Random(seed), threading.Event()
    with open_desk(own_home, tmp_path) as desk, watching(own_home / "segments") as watch:
        desk("pool", name="pool", clips=max(4, KILLS // 4), slots=6)
        batch = desk("order", pool="pool", ads=ADS, seed=seed)
        left = victims(chance)
        while left and is_open(desk, batch):
            moment.wait(chance.uniform(0.2, 1.6))
            if kill(Places(own_home), left[0], chance):
                print(f"killed {left.pop(0)}")
        state = desk("wait", batch=batch, seconds=900)
        ads, segments = desk("ads", batch=batch), desk("segments", batch=batch)

    assert left == [], f"the batch was over before {left} were killed"
    assert state == {"state": "done", "error": "", "ads": {"ready: ": ADS}}
    assert [ad["position"] for ad in ads] == list(range(ADS))
    assert len({ad["id"] for ad in ads}) == ADS
    assert len({(*ad["segments"], *ad["stems"]) for ad in ads}) == ADS
    assert {key for ad in ads for key in (*ad["segments"], *ad["stems"])} == set(segments)
    assert {row["state"] for row in segments.values()} == {"done"}
    finished = watch.times_finished()
    assert set(finished) == set(segments)
    assert [key for key, times in finished.items() if times > 1] == []


def is_open(desk: Client, batch: str) -> bool:
    return desk("state", batch=batch)["state"] in ("queued", "running")
