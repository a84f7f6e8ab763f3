"""One bulk run in a home of its own: `python -m bench.bulk_work SIZE KIND FOLDER STEP…` prints figures as JSON.

Steps, in the order given: `cold` (empty store), `warm` (another seed), `twice` (twice the ads, store
emptied before), `files` (an ad written and transcoded, for T). The home is $ADLOOM_HOME. How far it
is goes to stderr.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import django

django.setup()

from django.conf import settings

from bench.bulk_pool import (
    SIZES,
    PoolSize,
    book_brief,
    book_materials,
    make_files,
    order_batch,
    pool_plan,
)
from bench.compose import transcode_seconds
from bench.process_tree import cpu_by_part, spent, watched_memory
from core.processes.database import prepared_services
from core.processes.places import Places
from core.services import ensure_sample_advertiser
from creative.bulk.contracts import Policy, SlotPlan
from creative.console import report_files
from creative.models import Ad, Batch, Brief
from creative.services.bulk.delivery import write_ad
from creative.services.bulk.job import BulkOutcome, wait_for_batch
from creative.services.bulk.report import build_bulk_report, write_lineage
from generation.models import Segment

TELL_SECONDS = 15.0


class Work:
    """The books of one home: its pool, and the batches ordered from it."""

    def __init__(self, size: PoolSize, kind: str, folder: Path) -> None:
        self.size, self.kind, self.folder = size, kind, folder
        self.places = Places(settings.ADLOOM_HOME)
        advertiser = ensure_sample_advertiser()
        files = make_files(folder, kind, size)
        self.plan: SlotPlan = pool_plan(book_materials(advertiser, files, folder, size), size)
        self.brief: Brief = book_brief(advertiser, size)
        self.seed = 0

    def cold(self) -> dict[str, Any]:
        """The first batch of the plan: every segment has to be made."""
        return self._batch(self.size.ads)

    def warm(self) -> dict[str, Any]:
        """Another seed over what is there."""
        return self._batch(self.size.ads)

    def twice(self) -> dict[str, Any]:
        """As a first batch of the same plan would be."""
        Batch.objects.all().delete()
        Segment.objects.all().delete()
        shutil.rmtree(settings.ADLOOM_HOME / "segments")
        return self._batch(2 * self.size.ads, "off")

    def files(self) -> dict[str, Any]:
        """T: the CPU of a pure transcode of one ad."""
        ad = Ad.objects.filter(state=Ad.State.READY).order_by("batch", "position").first()
        assert ad is not None, list(Ad.objects.values_list("held_reason", flat=True)[:3])
        path = self.folder / "one.mp4"
        before = cpu_by_part(self.places)
        write_ad(ad, path)
        delivery = spent(before, cpu_by_part(self.places))["command"]
        t = min(transcode_seconds(path, self.folder) for _ in range(2))
        return {"T": t, "delivery_cpu_ms": round(delivery * 1e3, 1), "file_bytes": path.stat().st_size}

    def _batch(self, ads: int, policy: Policy | None = None) -> dict[str, Any]:
        self.seed += 1
        before, began, size_before = cpu_by_part(self.places), time.monotonic(), database_bytes()
        with watched_memory(self.places) as memory:
            batch = order_batch(self.brief, self.plan, self.size, self.folder, ads, self.seed, policy)
            wait_for_batch(batch, Progress(self.kind))
            made, seconds = cpu_by_part(self.places), time.monotonic() - began
            report = write_report(batch, ads, self.seed, self.folder)
        after = cpu_by_part(self.places)
        return {
            "ads": report["made"],
            "missing": report["missing"][:3],
            "cpu": spent(before, after),
            "report_cpu": spent(made, after)["all"],
            "wall_seconds": round(seconds, 1),
            "stages": report["batch"]["cpu_seconds"],
            "planning_cpu_seconds": Batch.objects.get(pk=batch.pk).figures.get("planning_cpu_seconds"),
            "segments_made": report["batch"]["segments_made"],
            "stems_made": report["batch"]["stems_made"],
            "unique_seconds": report["batch"]["unique_seconds"],
            "segment_bytes": report["batch"]["bytes_on_disk"],
            "recipe_bytes": report["batch"]["recipe_bytes"],
            "database_bytes": database_bytes() - size_before,
            **memory,
        }


class Progress:
    """Tells stderr how far a batch is, a line in so many seconds."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._began = self._told = time.monotonic()
        self._stages: dict[str, str] = {}

    def __call__(self, stage: str, done: float, total: float) -> None:
        self._stages[stage] = f"{stage} {done:.0f}/{total:.0f}"
        now = time.monotonic()
        if now - self._told >= TELL_SECONDS:
            self._told = now
            say(f"{self._kind}: {', '.join(self._stages.values())} after {now - self._began:.0f} s")


def say(line: str) -> None:
    """One line to whoever waits."""
    print(line, file=sys.stderr, flush=True)


def database_bytes() -> int:
    """All that PostgreSQL keeps in its database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def write_report(batch: Batch, ads: int, seed: int, folder: Path) -> dict[str, Any]:
    """The report and the lineage as the command writes them."""
    batch.refresh_from_db()
    wish = SimpleNamespace(count=ads, seed=seed, brief=SimpleNamespace(all_facts=lambda: ()))
    nothing = SimpleNamespace(engine="phrasebook", id="")
    outcome = BulkOutcome(cast(Any, wish), batch, cast(Any, nothing), cast(Any, nothing), (), (), (), {}, ())
    report = build_bulk_report(outcome)
    write_lineage(batch, folder / "lineage.csv")
    report_files.write_report(report, folder / "report.json")
    return report


def main(size: str, kind: str, folder: Path, steps: list[str]) -> dict[str, Any]:
    """Figures by step."""
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{kind}: services and footage")
    with prepared_services("postgres", "broker", "workers"):
        started = cpu_by_part(Places(settings.ADLOOM_HOME))
        work = Work(SIZES[size], kind, folder)
        found: dict[str, Any] = {"services_cpu": spent(dict.fromkeys(started, 0.0), started)}
        for step in steps:
            say(f"{kind}: {step}")
            measure = cast(Callable[[], dict[str, Any]], getattr(work, step))
            found[step] = measure()
            say(f"{kind}: {step} {json.dumps(found[step], ensure_ascii=False)}")
    return found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4:]), ensure_ascii=False))
