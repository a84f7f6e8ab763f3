"""Write ads of a bulk batch as signed, labelled files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import OK, SOME_MISSING, AdloomCommand
from core.errors import AdloomError, InputError
from creative.console.progress import stage_bars
from creative.models import Ad
from creative.services.bulk.delivery import file_name, write_ad


class Command(AdloomCommand):
    help = "Write ads of a bulk batch as files. Exit: 0 all written, 2 input wrong, 3 some not, 4 no service."
    services = ("postgres",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--report", type=Path, required=True, help="the report make_ads wrote")
        parser.add_argument("--ads", required=True, help="their indexes: 0,5,9 or 0-99, or all")
        parser.add_argument("--out", type=Path, required=True, help="folder for ad-0000.mp4 …")

    def work(self, **options: Any) -> int:
        """Write what was asked for; one that fails does not stop the others."""
        entries = read_entries(options["report"].expanduser())
        wanted = parse_indexes(options["ads"], entries)
        out = options["out"].expanduser()
        out.mkdir(parents=True, exist_ok=True)
        failed = 0
        with stage_bars(("files",)) as tell:
            for number, index in enumerate(wanted, start=1):
                failed += not self._write(entries[index], out)
                tell("files", number, len(wanted))
        return SOME_MISSING if failed else OK

    def _write(self, recipe: str, out: Path) -> bool:
        ad = Ad.objects.select_related("batch").filter(pk=recipe).first()
        if ad is None:
            raise InputError("report", f"recipe {recipe} is not in the books of this install")
        try:
            write_ad(ad, out / file_name(ad))
        except AdloomError as error:
            self.stderr.write(f"{file_name(ad)}: {error}")
            return False
        self.stdout.write(str(out / file_name(ad)))
        return True


def read_entries(path: Path) -> dict[int, str]:
    """Recipes by index, from a report."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        found = {int(ad["index"]): str(ad["recipe"]) for ad in report["ads"] if ad.get("recipe")}
    except OSError as error:
        raise InputError("report", f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError("report", f"{path} is no report of make_ads") from error
    if not found:
        raise InputError("report", f"{path} tells of no recipe; its ads are files already")
    return found


def parse_indexes(text: str, known: dict[int, str]) -> list[int]:
    """The indexes `0,5,9`, `0-99` or `all` name, in order; InputError names the first that is not there."""
    if text.strip() == "all":
        return sorted(known)
    wanted: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            raise InputError("ads", f"{part.strip()!r} is neither an index nor a range such as 0-99")
        wanted += range(int(first), int(last or first) + 1)
    missing = next((index for index in wanted if index not in known), None)
    if missing is not None:
        raise InputError("ads", f"there is no ad {missing}; the report has {min(known)} to {max(known)}")
    return list(dict.fromkeys(wanted))
