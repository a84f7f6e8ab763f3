"""One run of the main job from a command: services up, ads made, report written."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.commands import OK, SOME_MISSING
from core.errors import InputError
from core.models import Advertiser
from core.processes.database import prepared_services
from core.services import ensure_sample_advertiser
from creative.console.progress import stage_bars
from creative.report import build_report
from creative.services.main_job import Outcome, Teller, Wish, make_ads

Finish = Callable[[Outcome, dict[str, Any], Teller], None]


def carry_out(wish: Wish, report_path: Path | None, finish: Finish | None = None) -> tuple[int, dict[str, Any]]:
    """Make the ads of `wish`; returns the exit code and the report.

    `finish` runs while the services are still up, with the outcome and the report.
    """
    wish.out.mkdir(parents=True, exist_ok=True)
    with stage_bars() as tell:
        began = time.monotonic()
        tell("services", 0, 1)
        with prepared_services("postgres", "broker", "workers"):
            tell("services", 1, 1)
            started = time.monotonic() - began
            outcome = make_ads(find_advertiser(wish.brief.advertiser), wish, tell)
            outcome.run.timings["services"] = started
            outcome.run.timings["total"] = time.monotonic() - began
            report = build_report(outcome.run)
            if finish:
                finish(outcome, report, tell)
    if report_path:
        write_report(report, report_path)
    return (OK if not report["missing"] else SOME_MISSING), report


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


def write_report(report: dict[str, Any], path: Path) -> None:
    """Write the report whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)
