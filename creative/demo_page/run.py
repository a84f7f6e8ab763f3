"""The whole main job on the sample brief, footage and references, and the one page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

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
Sections = Callable[[Teller], list[SafeString]]
"""What other apps put on the page, asked for once the ads are there."""


def make_demo(out: Path, count: int, batch: int, sections: Sections = lambda _: []) -> int:
    """`count` ads of the sample into `out`, a bulk batch of `batch` where that is not 0, contact sheet and page.

    Returns the exit code of make_ads.
    """
    sample = Path(settings.BASE_DIR) / "demo"
    brief = parse_brief(read_file(sample / "brief.yaml", "brief"))
    wish = Wish(brief=brief, materials=sample / "footage", out=out, count=count)

    def finish(outcome: Outcome, report: dict[str, Any], tell: Teller) -> None:
        others = sections(tell)
        tell("page", 0, 2)
        generation.contact_sheet([Path(ad["path"]) for ad in report["ads"]], out / "contact-sheet.png")
        tell("page", 1, 2)
        build_page(outcome, report, out, others)
        tell("page", 2, 2)

    if batch:
        _make_batch(replace(wish, count=max(BULK_FROM, batch), out=out / FOLDER, policy="off"))
    code, report = carry_out(wish, out / "report.json", finish)
    print_table(report)
    return code


def _make_batch(wish: Wish) -> None:
    """A bulk batch of the sample; a few of its ads as files, the rest stay recipes."""

    def deliver(batch: Batch, report: dict[str, Any]) -> None:
        ads = list(ready_ads(batch)[:SHEET_ROWS])
        generation.recipe_sheet([ad.id for ad in ads], wish.out / "sheet.jpg")
        for ad in ads[:: max(1, len(ads) // SHOWN)][:SHOWN]:
            write_ad(ad, wish.out / file_name(ad))

    _, report = carry_out(wish, wish.out / "report.json", finish_batch=deliver)
    print_table(report)
