"""Rows M4 and M5: shots that share a run on a model of fixed cost, whoever floods; a shot asked again."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.fixed_cost import FixedCost, OnePipeline, Stopwatch
from bench.run import Figure, Row
from generation.engines.clips.base import ClipRequest, MadeClip
from generation.model_host.batching import Rules, Waiting
from generation.model_host.host import Host
from generation.model_host.shots import Claimed

RUN_SECONDS = 10.0
BATCH = 4
REACH_RATIO = 2.0
REACH_RUNS = 3
"""A shot of the trickle waits for the run that is on, at most one more, and its own."""

WEIGHTS = "0" * 64
REQUEST = ClipRequest("a cup", 16, 16, steps=1)
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass
class WatchClock:
    """The stopwatch as a clock: time passes while the model runs, and nowhere else."""

    watch: Stopwatch

    def now(self) -> dt.datetime:
        return EPOCH + dt.timedelta(seconds=self.watch.seconds)


@dataclass
class ListedShots:
    """Orders that arrive at times known beforehand, in memory."""

    watch: Stopwatch
    arrivals: list[Waiting]
    ended: dict[str, float] = field(default_factory=dict)
    begun: dict[str, float] = field(default_factory=dict)

    def waiting(self) -> list[Waiting]:
        now = self.watch.seconds + EPOCH.timestamp()
        return [shot for shot in self.arrivals if shot.since <= now and shot.key not in self.begun]

    def claim(self, keys: Sequence[str]) -> list[Any]:
        self.begun.update(dict.fromkeys(keys, self.watch.seconds))
        return [ListedClaim(key) for key in keys]

    def kept_alive(self, claimed: Sequence[Claimed]) -> nullcontext[None]:
        return nullcontext()

    def tell(self, claimed: Sequence[Claimed], share: float) -> frozenset[str]:
        return frozenset(each.key for each in claimed)

    def book(self, claimed: Claimed, outcome: object, device_seconds: float) -> None:
        assert isinstance(outcome, MadeClip), outcome
        self.ended[claimed.key] = self.watch.seconds


@dataclass(frozen=True)
class ListedClaim:
    """What a host wants to know of a claimed shot."""

    key: str
    checkpoint: str = "bench"
    checkpoint_hash: str = WEIGHTS

    def opened(self) -> ClipRequest:
        return REQUEST


def arrival(key: str, at: float, advertiser: str = "a", bucket: str = "wan:480p") -> Waiting:
    return Waiting(key, bucket.split(":")[0], bucket, advertiser, 5, EPOCH.timestamp() + at)


def serve(arrivals: Sequence[Waiting], batch: int, wait_seconds: float = 0.5) -> ListedShots:
    """Everything that arrives, made by the real host on a model that takes ten seconds a run."""
    watch = Stopwatch()
    shots = ListedShots(watch, list(arrivals))
    backend = FixedCost(WEIGHTS, watch, RUN_SECONDS)
    pipelines = OnePipeline(backend, frozenset({"wan"}))
    rules = Rules(largest_batch=batch, wait_seconds=wait_seconds)
    host = Host(shots, pipelines, rules, clock=WatchClock(watch), elapsed=watch)
    while len(shots.ended) < len(arrivals):
        pause = host.step()
        if pause is None:
            left = [shot.since for shot in arrivals if shot.key not in shots.begun]
            watch.seconds = max(watch.seconds, min(left) - EPOCH.timestamp())
        else:
            watch.seconds += pause
    return shots


def batching(small: bool, folder: Path) -> Figure:
    """Throughput at four against one by one; how long a trickle waits beside a flood ten times its size."""
    count = 40 if small else 400
    crowd = [arrival(str(number), 0.0) for number in range(count)]
    alone, together = (max(serve(crowd, size).ended.values()) for size in (1, BATCH))
    lone = serve([arrival(str(number), number * 30.0) for number in range(count)], BATCH)
    waits = sorted(lone.begun[str(number)] - number * 30.0 for number in range(count))
    floods = {kind: flooded(kind, count // 4) for kind in ("advertiser", "shape", "weights", "cold trickle")}
    ratio = alone / together
    worst = max(each["worst_wait_runs"] for each in floods.values())
    behind = {
        "shots_a_minute_alone": round(60 * count / alone, 2),
        "shots_a_minute_at_4": round(60 * count / together, 2),
        "added_wait_p95_seconds": round(waits[int(0.95 * count)], 3),
        "ten_to_one": floods,
    }
    return Figure(ratio, "x throughput", ratio >= REACH_RATIO and worst <= REACH_RUNS, behind)


def flooded(kind: str, rounds: int) -> dict[str, float]:
    """Ten arrive for every one of the trickle, more than the device makes; what the trickle waits."""
    flood: dict[str, dict[str, str]] = {
        "advertiser": {"advertiser": "flood"},
        "shape": {"advertiser": "flood", "bucket": "wan:720p"},
        "weights": {"advertiser": "flood", "bucket": "ltx:480p"},
        "cold trickle": {"advertiser": "flood"},
    }
    trickle = "ltx:480p" if kind == "cold trickle" else "wan:480p"
    arrivals = [
        shot
        for number in range(rounds)
        for shot in (
            *(arrival(f"f{number}.{each}", number * RUN_SECONDS, **flood[kind]) for each in range(10)),
            arrival(f"t{number}", number * RUN_SECONDS, "trickle", trickle),
        )
    ]
    served = serve(arrivals, BATCH)
    waits = [served.begun[f"t{number}"] - number * RUN_SECONDS for number in range(rounds)]
    return {
        "worst_wait_runs": round(max(waits) / RUN_SECONDS, 2),
        "mean_wait_runs": round(sum(waits) / len(waits) / RUN_SECONDS, 2),
        "flood_worst_wait_runs": round(max(served.begun.values()) / RUN_SECONDS, 1),
    }


def asked_again(small: bool, folder: Path) -> Figure:
    """Model calls for four more orders of one shot: in flight, afterwards, by another advertiser, by another host."""
    home = folder / "home"
    folder.chmod(0o711)
    environment = {**os.environ, "ADLOOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
    environment |= {"MODELS_DIR": str(folder), "MODEL_DEVICE": "cpu"}
    command = [sys.executable, "-m", "bench.model_host_work", str(folder / "checkpoint")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    _forget_database(home)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-400:])
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    calls = found["model_calls"] - 1
    return Figure(calls, "model calls", calls == 0 and found["all_equal"], found)


def _forget_database(home: Path) -> None:
    """What PostgreSQL keeps outside a home it cannot enter."""
    from core.processes.postgres import OUTSIDE_FOLDERS

    mark = home / "install-id"
    for folder in OUTSIDE_FOLDERS if mark.exists() else ():
        shutil.rmtree(folder / mark.read_text().strip(), ignore_errors=True)


ROWS = [
    Row("M4", "shots batched by shape at 4, a model of fixed cost", "-", "≥ 2x, no starvation at 10:1", batching),
    Row("M5", "an identical shot asked for four more times", "-", "0 model calls", asked_again),
]
