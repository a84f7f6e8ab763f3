"""One run of the main job from a command: services up, ads made, report written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.commands import OK, SOME_MISSING
from core.errors import InputError, TerminalError
from core.llm.ledger import Tally, ledger
from core.llm_books import spent_since
from core.models import Advertiser
from core.processes.database import prepared_services
from core.services import ensure_sample_advertiser
from creative.console.progress import stage_bars
from creative.console.report_files import write_report
from creative.contracts import AdPlan
from creative.models import Batch
from creative.report import MadeAd, Run, build_report
from creative.services.bulk.delivery import write_all
from creative.services.bulk.job import is_bulk, make_bulk
from creative.services.bulk.report import build_bulk_report, write_lineage
from creative.services.generating import generated_for
from creative.services.main_job import Outcome, Teller, Wish, make_ads

Finish = Callable[[Outcome, dict[str, Any], Teller], None]
FinishBatch = Callable[[Batch, dict[str, Any]], None]


def carry_out(
    wish: Wish, report_path: Path | None, finish: Finish | None = None, finish_batch: FinishBatch | None = None
) -> tuple[int, dict[str, Any]]:
    """Make the ads of `wish`; returns the exit code and the report.

    `finish` (of a bulk batch `finish_batch`) runs while the services are still up. Work
    that cannot be done (a script that may not go out, say) still leaves a report with its reason.
    """
    wish.out.mkdir(parents=True, exist_ok=True)
    asked = ledger.tally()
    with stage_bars() as tell, _services(tell) as started:
        advertiser = find_advertiser(wish.brief.advertiser)
        try:
            if is_bulk(wish):
                return _bulk(advertiser, wish, report_path, started, tell, finish_batch, asked)
            outcome = make_ads(advertiser, wish, tell)
        except TerminalError as error:
            if isinstance(error, InputError):
                raise
            report = stopped_report(wish, str(error))
        else:
            report = _finished(outcome, started, finish, tell)
    report["language_model"] = spent_since(asked)
    if report_path:
        write_report(report, report_path)
    return (OK if not report["missing"] else SOME_MISSING), report


def _bulk(
    advertiser: Advertiser,
    wish: Wish,
    report_path: Path | None,
    started: tuple[float, float],
    tell: Teller,
    finish: FinishBatch | None,
    asked: Tally,
) -> tuple[int, dict[str, Any]]:
    """Recipes instead of files; `--files` writes them all."""
    began, services_seconds = started
    outcome = make_bulk(advertiser, wish, tell)
    report = build_bulk_report(outcome)
    if made := generated_for(outcome.batch):
        report["generated"] = made
    report["language_model"] = spent_since(asked)
    if wish.with_files:
        write_all(outcome.batch, wish.out, report, tell)
    if finish:
        finish(outcome.batch, report)
    report["timings"] |= {"services": round(services_seconds, 2), "total": round(time.monotonic() - began, 2)}
    beside = report_path.parent if report_path else wish.out
    write_lineage(outcome.batch, beside / "lineage.csv")
    if report_path:
        write_report(report, report_path)
    return (OK if not report["missing"] else SOME_MISSING), report


@contextmanager
def _services(tell: Teller) -> Iterator[tuple[float, float]]:
    """Services up; gives when the run began and how long they took."""
    began = time.monotonic()
    tell("services", 0, 1)
    with prepared_services("postgres", "broker", "workers"):
        tell("services", 1, 1)
        yield began, time.monotonic() - began


def _finished(outcome: Outcome, started: tuple[float, float], finish: Finish | None, tell: Teller) -> dict[str, Any]:
    began, services_seconds = started
    outcome.run.timings["services"] = services_seconds
    report = build_report(outcome.run)
    if finish:
        opened = time.monotonic()
        finish(outcome, report, tell)
        report["timings"]["page"] = round(time.monotonic() - opened, 2)
    report["timings"]["total"] = round(time.monotonic() - began, 2)
    return report


def stopped_report(wish: Wish, reason: str) -> dict[str, Any]:
    """The report of a run that was stopped before any ad: every one missing, with the reason."""
    empty = AdPlan((), wish.brief.language, wish.canvas, "", "", "", wish.seed)
    ads = [MadeAd(index, "", empty, None, (), reason) for index in range(wish.count)]
    return build_report(Run(wish.brief, wish.count, wish.seed, ads, (), "", {}, {}))


def find_advertiser(slug: str) -> Advertiser:
    """The advertiser a brief names, the sample one where it names none."""
    if not slug:
        return ensure_sample_advertiser()
    found = Advertiser.objects.filter(slug=slug).first()
    if found is None and slug == "sample":
        return ensure_sample_advertiser()
    if found is None:
        known = ", ".join(Advertiser.objects.order_by("slug").values_list("slug", flat=True)[:10]) or "none yet"
        raise InputError("advertiser", f"there is no {slug!r}; known: {known}. load_advertiser makes one")
    return found
