"""From a brief (or one sentence of need) and a folder of footage to finished, labelled, checked ads."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentTypeError
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandParser

from core.commands import guarded
from creative.brief import brief_from_need, parse_brief
from creative.console.making import carry_out
from creative.console.reading import read_file, require_folder
from creative.console.table import print_table
from creative.contracts import BriefData, Transition
from creative.services.bulk.job import BULK_FROM
from creative.services.generating import Wanted
from creative.services.headlines import headline_lines
from creative.services.main_job import Wish

CANVASES = {"9:16": "1080x1920", "1:1": "1080x1080", "16:9": "1920x1080"}
DRAFTS = {"9:16": "540x960", "1:1": "540x540", "16:9": "960x540"}
MOST_ADS = 100_000


def whole_number(text: str) -> int:
    """A count a person may ask for."""
    if not text.isdigit() or not 1 <= int(text) <= MOST_ADS:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1 to {MOST_ADS}")
    return int(text)


def yuan(text: str) -> int:
    """A sum of money, in fen."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text) or not float(text):
        raise ArgumentTypeError(f"{text!r} is not a sum in yuan, like 12 or 0.50")
    return round(float(text) * 100)


def add_model_arguments(parser: CommandParser) -> None:
    """What models make for the order, where any are set up."""
    parser.add_argument(
        "--generate",
        type=int,
        default=0,
        metavar="N",
        help="have the configured clip engine make up to N shots for the slots that footage serves worst",
    )
    parser.add_argument(
        "--presenter", default="", metavar="HEAD", help="a prepared head speaks the hook (prepare_head makes one)"
    )


class Command(BaseCommand):
    help = "Make finished ads of your own footage. Exit: 0 all made, 2 input wrong, 3 some missing, 4 no service."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--brief", type=Path, help="a brief as YAML (see demo/brief.yaml)")
        what.add_argument("--need", help='one sentence, e.g. "15 秒,冷萃咖啡,39.9 元,上班族"')
        parser.add_argument("--materials", type=Path, required=True, help="folder of videos, pictures and music")
        parser.add_argument("--references", type=Path, help="folder of reference ads (default: the sample library)")
        parser.add_argument("--pick", default="best", help="best, or a place in the row of references from 1")
        parser.add_argument("--count", type=whole_number, default=6)
        parser.add_argument("--out", type=Path, required=True, help="folder for ad-01.mp4, ad-01.srt …")
        parser.add_argument("--report", type=Path, help="write the report here as JSON")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--draft", action="store_true", help="540p drafts, quick to make")
        parser.add_argument("--ratio", choices=sorted(CANVASES), default="9:16")
        parser.add_argument(
            "--transition",
            choices=get_args(Transition),
            default="cut",
            help=f"between slots; from {BULK_FROM} ads on, fade and slide stand at one or two of them",
        )
        parser.add_argument(
            "--distinctness",
            choices=["strict", "hook", "off"],
            default="strict",
            help=f"from {BULK_FROM} ads on: no two look alike, or none that open alike; off makes the count",
        )
        parser.add_argument(
            "--files", action="store_true", help=f"from {BULK_FROM} ads on: write every ad, not only its recipe"
        )
        parser.add_argument(
            "--headlines", type=Path, help="a text file, one headline a line, dealt over the openings of the ads"
        )
        parser.add_argument(
            "--budget",
            type=yuan,
            help=f"from {BULK_FROM} ads on: most yuan the making may cost; a batch stopped there goes on with more",
        )
        add_model_arguments(parser)
        parser.add_argument("--advertiser", default="", help="slug; overrides the brief's")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


def run(options: dict[str, Any]) -> int:
    """Make the wish from the options and carry it out."""
    brief = read_brief_option(options)
    ratios = DRAFTS if options["draft"] else CANVASES
    wish = Wish(
        brief=brief,
        materials=require_folder(options["materials"], "materials"),
        out=options["out"].expanduser(),
        count=options["count"],
        seed=options["seed"],
        pick=options["pick"],
        references=require_folder(options["references"], "references") if options["references"] else None,
        is_draft=options["draft"],
        canvas=ratios[options["ratio"]],
        transition=options["transition"],
        policy=options["distinctness"],
        with_files=options["files"],
        headlines=headline_lines(read_file(options["headlines"], "headlines")) if options["headlines"] else (),
        budget_minor=options["budget"],
        wanted=Wanted(options["generate"], options["presenter"]),
    )
    code, report = carry_out(wish, options["report"])
    print_table(report)
    return code


def read_brief_option(options: dict[str, Any]) -> BriefData:
    """The brief from the file or the sentence; --advertiser overrides whose it is."""
    if options["need"] is not None:
        brief = brief_from_need(options["need"])
    else:
        brief = parse_brief(read_file(options["brief"], "brief"))
    return replace(brief, advertiser=options["advertiser"]) if options["advertiser"] else brief
