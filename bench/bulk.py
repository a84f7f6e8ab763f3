"""Rows B5, B6, B7, B8 and B10: a thousand ads through Celery and PostgreSQL, with an install of their own.

One run per material serves all rows: a cold batch, a warm one with another seed, and twice the
ads with the store emptied again. CPU is that of the whole install (the ordering command with its
report and lineage, workers with their children, scheduler, PostgreSQL, broker) while a batch is
made, each part named; starting the services is named apart. T is a pure transcode of one finished ad.
`BULK_BENCH_SIZE=medium` takes a tenth of the pool.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from bench.run import Figure, Row

ROOT = Path(__file__).resolve().parents[1]
ADS_A_SECOND = 20.0
LONGEST_RUN_SECONDS = 6 * 3600


def measured(size: str, kind: str) -> dict[str, Any]:
    """Figures of one material by step, worked out once; every row says why where that failed."""
    found = _tried(size, kind)
    if isinstance(found, str):
        raise RuntimeError(f"{kind}: {found}")
    return found


@cache
def _tried(size: str, kind: str) -> dict[str, Any] | str:
    """The figures, or why there are none; the install is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="adloom-bench-") as name:
        folder = Path(name)
        # PostgreSQL runs as `nobody`, who has to be able to pass through.
        folder.chmod(0o711)
        command = [sys.executable, "-m", "bench.bulk_work", size, kind, str(folder / "pool")]
        home = folder / "home"
        done = subprocess.run(
            [*command, "cold", "warm", "files", "twice"],
            env={**os.environ, "ADLOOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.base"},
            cwd=ROOT,
            # Its stderr is ours: hours of work say how far they are.
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            timeout=LONGEST_RUN_SECONDS,
        )
        _forget_database(home)
    if done.returncode != 0:
        return f"ended with {done.returncode}, for the reason above"
    figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _forget_database(home: Path) -> None:
    from core.processes.postgres import OUTSIDE_FOLDERS

    mark = home / "install-id"
    for folder in OUTSIDE_FOLDERS if mark.exists() else ():
        shutil.rmtree(folder / mark.read_text().strip(), ignore_errors=True)


def _both(small: bool) -> dict[str, dict[str, Any]]:
    size = "small" if small else os.environ.get("BULK_BENCH_SIZE", "full")
    return {kind: measured(size, kind) for kind in (("plain",) if small else ("noisy", "plain"))}


def cold(small: bool, folder: Path) -> Figure:
    """B5: CPU of a cold batch / (its ads x T); the worse material counts."""
    return _share(_both(small), "cold", 0.05)


def warm(small: bool, folder: Path) -> Figure:
    """B6: the same with every segment there already; the ads a second stand behind and count too."""
    found = _both(small)
    figure = _share(found, "warm", 0.003)
    slowest = min(each["warm"]["ads"] / each["warm"]["wall_seconds"] for each in found.values())
    return Figure(figure.value, figure.unit, figure.is_reached and slowest >= ADS_A_SECOND, figure.behind)


def _share(found: dict[str, dict[str, Any]], step: str, reach: float) -> Figure:
    behind = {kind: _of_step(each, step) for kind, each in found.items()}
    worst = max(each["share_of_T"] for each in behind.values())
    return Figure(worst, "x T an ad", worst <= reach, behind)


def _of_step(figures: dict[str, Any], step: str) -> dict[str, Any]:
    made, t = figures[step], figures["files"]["T"]
    return {
        "share_of_T": round(made["cpu"]["all"] / (made["ads"] * t), 5),
        "T": round(t, 2),
        "ads_a_second": round(made["ads"] / made["wall_seconds"], 2),
        "cpu_ms_an_ad": round(made["cpu"]["all"] / made["ads"] * 1e3, 2),
        "services_start_cpu_seconds": figures["services_cpu"]["all"],
        **made,
    }


def growth(small: bool, folder: Path) -> Figure:
    """B7: CPU of twice the ads / CPU of once, both from an empty store."""
    found = _both(small)
    behind = {
        kind: {
            "ratio": round(each["twice"]["cpu"]["all"] / each["cold"]["cpu"]["all"], 3),
            "once": each["cold"]["cpu"],
            "twice": each["twice"]["cpu"],
            "ads": [each["cold"]["ads"], each["twice"]["ads"]],
        }
        for kind, each in found.items()
    }
    worst = max(each["ratio"] for each in behind.values())
    return Figure(worst, "x", worst <= 1.1, behind)


def disk(small: bool, folder: Path) -> Figure:
    """B8: bytes kept for an ad over segments that are there; the segments' own, spread over a batch, stand behind."""
    behind = {kind: _disk(each) for kind, each in _both(small).items()}
    worst = max(each["bytes_an_ad"] for each in behind.values())
    return Figure(worst / 1e6, "MB an ad", worst <= 0.6e6, behind)


def _disk(figures: dict[str, Any]) -> dict[str, Any]:
    """All that a warm batch left in the database is its ads'."""
    made, before = figures["warm"], figures["cold"]
    return {
        "bytes_an_ad": round(made["database_bytes"] / made["ads"]),
        "recipe": round(made["recipe_bytes"] / made["ads"]),
        "shared_segments_bytes": before["segment_bytes"],
        "shared_segments_an_ad": round(before["segment_bytes"] / before["ads"]),
        "as_a_file": figures["files"]["file_bytes"],
    }


def memory(small: bool, folder: Path) -> Figure:
    """B10: the most that one process of a render worker held, the ffmpeg it waits for included."""
    behind = {kind: {step: each[step]["worker_mb"] for step in ("cold", "warm")} for kind, each in _both(small).items()}
    worst = max(value for each in behind.values() for value in each.values())
    return Figure(worst, "MB", worst <= 700.0, behind)


ROWS = [
    Row("B5", "1,000 ads end to end, empty store: CPU / (1,000 x T)", "0.036 computed", "<= 0.05", cold),
    Row("B6", "the same, warm store, another seed", "-", "<= 0.003 and >= 20 ads/s", warm),
    Row("B7", "growth: CPU(2,000) / CPU(1,000), cold", "1.01 computed", "<= 1.1", growth),
    Row("B8", "bytes on disk per ad not delivered", "17 MB as files", "<= 0.6 MB", disk),
    Row("B10", "peak memory of one worker", "561-837 MB", "<= 700 MB", memory),
]
