"""The whole main job on the sample brief, footage and references, and the one page that shows it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.commands import guarded
from creative.brief import parse_brief
from creative.console.making import carry_out
from creative.console.reading import read_file
from creative.console.table import print_table
from creative.demo_page.build import build_page
from creative.services.main_job import Outcome, Teller, Wish
from generation import api as generation


class Command(BaseCommand):
    help = "Make the sample ads into ADLOOM_HOME/demo and write its page."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=None)
        parser.add_argument("--count", type=int, default=6)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


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

    code, report = carry_out(wish, out / "report.json", finish)
    print_table(report)
    print(f"\nopen {out / 'index.html'}")
    return code
