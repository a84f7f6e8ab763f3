"""The whole main job on the sample brief, footage and references, and the one page that shows it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.commands import guarded
from creative.brief import parse_brief
from creative.console.making import carry_out
from creative.console.reading import read_file
from creative.console.table import print_table
from creative.demo_page.batch import FOLDER, SHOWN
from creative.demo_page.build import build_page
from creative.models import Batch
from creative.services.bulk.delivery import file_name, ready_ads, write_ad
from creative.services.bulk.job import BULK_FROM
from creative.services.main_job import Outcome, Teller, Wish
from generation import api as generation

SHEET_ROWS = 8


class Command(BaseCommand):
    help = "Make the sample ads into ADLOOM_HOME/demo and write its page."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=None)
        parser.add_argument("--count", type=int, default=6)
        parser.add_argument("--batch", type=int, default=0, help="a bulk batch of so many ads too (100 or more)")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


def make_batch(wish: Wish) -> None:
    """A bulk batch of the sample; a few of its ads as files, the rest stay recipes."""

    def deliver(batch: Batch, report: dict[str, Any]) -> None:
        ads = list(ready_ads(batch)[:SHEET_ROWS])
        generation.recipe_sheet([ad.id for ad in ads], wish.out / "sheet.jpg")
        for ad in ads[:: max(1, len(ads) // SHOWN)][:SHOWN]:
            write_ad(ad, wish.out / file_name(ad))

    _, report = carry_out(wish, wish.out / "report.json", finish_batch=deliver)
    print_table(report)


def run(options: dict[str, Any]) -> int:
    """Make six ads of the sample, the contact sheet and the page."""
    sample = Path(settings.BASE_DIR) / "demo"
    out: Path = options["out"] or Path(settings.ADLOOM_HOME) / "demo"
    brief = parse_brief(read_file(sample / "brief.yaml", "brief"))
    wish = Wish(brief=brief, materials=sample / "footage", out=out, count=options["count"])

    def finish(outcome: Outcome, report: dict[str, Any], tell: Teller) -> None:
        tell("page", 0, 2)
        generation.contact_sheet([Path(ad["path"]) for ad in report["ads"]], out / "contact-sheet.png")
        tell("page", 1, 2)
        build_page(outcome, report, out)
        tell("page", 2, 2)

    if options["batch"]:
        make_batch(replace(wish, count=max(BULK_FROM, options["batch"]), out=out / FOLDER, policy="off"))
    code, report = carry_out(wish, out / "report.json", finish)
    print_table(report)
    print(f"\nopen {out / 'index.html'}")
    return code
