"""Footage of a person becomes a filmed host that live rooms and presenter clips can use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from avatar.heads.preparing import origin_of_books, origin_of_paper, prepare_footage
from core.commands import AdloomCommand
from core.errors import InputError
from core.models import Advertiser
from generation.heads import HeadOrigin


class Command(AdloomCommand):
    help = "Prepare footage of a person as a filmed host. Exit: 0 done, 2 input wrong or consent missing, 3 no model."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("footage", type=Path, help="a person from the front, at rest, mouth closed, 10 to 30 s")
        parser.add_argument("--name", required=True, help="what rooms call the host: small letters, digits, hyphens")
        parser.add_argument("--advertiser", default="", help="slug of the advertiser it belongs to; left out: all")
        parser.add_argument("--seconds", type=float, default=30.0, help="how much of the footage is used")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument(
            "--consent", help="the person whose likeness and voice consents are on record, or a YAML file with them"
        )
        who.add_argument("--invented", help="nobody real is to be seen; how the footage was made")

    def work(self, **options: Any) -> int | None:
        if not 0.4 <= options["seconds"] <= 60:
            raise InputError("seconds", "are 0.4 to 60", "out_of_range")
        origin = _origin(options)
        cache = prepare_footage(options["footage"], options["name"], origin, options["advertiser"], options["seconds"])
        facts = cache.facts
        self.stdout.write(f"{facts.name}: {facts.frames} pictures of {facts.width}×{facts.height} in {cache.folder}")
        return None


def _origin(options: dict[str, Any]) -> HeadOrigin:
    if options["invented"]:
        return HeadOrigin(invented=options["invented"])
    paper = Path(options["consent"])
    if paper.suffix.lower() in (".yaml", ".yml"):
        return origin_of_paper(paper)
    found = Advertiser.objects.filter(slug=options["advertiser"]).first()
    if found is None:
        raise InputError("advertiser", "is needed to find the person's consents; name its slug", "unknown_advertiser")
    return origin_of_books(found, " ".join(options["consent"].split()))
