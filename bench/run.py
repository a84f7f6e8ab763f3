"""Runs benchmark rows and prints them beside their targets.

    python -m bench                 all rows at full size, written to bench/results.json
    python -m bench --only B1 B2    some rows
    python -m bench --small         tiny sizes: shows that rows work, figures mean nothing

A module lists its rows as `ROWS`; add it to MODULES.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

MODULES = (
    "bench.compose",
    "bench.assembly",
    "bench.bulk",
    "bench.drafts",
    "bench.openings",
    "bench.stems",
    "bench.rows_retrieval",
    "bench.near_duplicates",
    "bench.distinct",
    "bench.contacts",
    "bench.answers",
    "bench.asking",
    "bench.asking_rules",
    "bench.conversations",
    "bench.live",
    "bench.live_hours",
    "bench.live_answers",
    "bench.live_setup",
    "bench.speech",
    "bench.heads",
    "bench.voices",
    "bench.llm",
    "bench.model_host",
    "bench.clips",
)
RESULTS = Path(__file__).resolve().parent / "results.json"
NOTED = ("Django", "celery", "av", "numpy", "opencv-python-headless", "pillow", "imageio-ffmpeg", "moviepy")


@dataclass(frozen=True)
class Figure:
    """What was measured: the figure that is held against the target, and what lies behind it."""

    value: float
    unit: str
    is_reached: bool
    behind: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row of the targets. `measure(small, folder)` does the work in an empty folder."""

    id: str
    what: str
    known: str
    reach: str
    measure: Callable[[bool, Path], Figure]


def cpu_seconds() -> float:
    """User and system seconds of this process and of its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def all_rows() -> list[Row]:
    """Rows of every listed module that is there."""
    found: list[Row] = []
    for name in MODULES:
        if importlib.util.find_spec(name):
            found += importlib.import_module(name).ROWS
    return found


def measure_row(row: Row, small: bool) -> dict[str, Any]:
    """One row as plain values, with its wall and CPU seconds."""
    began, cpu = time.monotonic(), cpu_seconds()
    with tempfile.TemporaryDirectory(prefix="adloom-bench-") as folder:
        figure = row.measure(small, Path(folder))
    return {
        "id": row.id,
        "what": row.what,
        "known": row.known,
        "reach": row.reach,
        "value": round(figure.value, 4),
        "unit": figure.unit,
        "reached": figure.is_reached,
        "behind": figure.behind,
        "wall_seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(cpu_seconds() - cpu, 1),
    }


def machine() -> dict[str, Any]:
    """Where and with what the figures were taken."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "commit": commit,
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "python": platform.python_version(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_at_start": round(os.getloadavg()[0], 2),
        "versions": {name: metadata.version(name) for name in NOTED if _is_installed(name)},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def print_table(results: Sequence[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("row", "what", "known", "reach", "measured", "")
    for each in results:
        verdict = "reached" if each["reached"] else "missed"
        table.add_row(
            each["id"], each["what"], each["known"], each["reach"], f"{each['value']} {each['unit']}", verdict
        )
    Console().print(table)


def write_results(results: Sequence[dict[str, Any]], path: Path) -> None:
    """Rows measured now replace their older figures; the others stay."""
    before = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.exists() else []
    fresh = {each["id"] for each in results}
    noted = [{**each, **machine()} for each in results]
    rows = sorted([each for each in before if each["id"] not in fresh] + noted, key=lambda each: each["id"])
    path.write_text(json.dumps({"rows": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Measures the rows of the targets.")
    parser.add_argument("--only", nargs="*", default=[], help="row ids")
    parser.add_argument("--small", action="store_true", help="tiny sizes, to see that rows work")
    parser.add_argument("--out", type=Path, default=RESULTS)
    chosen = parser.parse_args(arguments)
    _set_up_django()
    rows = [row for row in all_rows() if not chosen.only or row.id in chosen.only]
    unknown = set(chosen.only) - {row.id for row in rows}
    if unknown:
        print(f"--only: no row {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    results, refused = _measured(rows, chosen.small)
    print_table(results)
    if not chosen.small:
        write_results(results, chosen.out)
    return 2 if refused else 0


def _measured(rows: Sequence[Row], small: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """Figures of rows, and the ids of those that what is configured here cannot be measured by."""
    from core.errors import InputError

    results, refused = [], []
    for row in rows:
        try:
            results.append(measure_row(row, small))
        except InputError as error:
            print(f"{row.id}: {error}", file=sys.stderr)
            refused.append(row.id)
    return results, refused


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    import django

    django.setup()
