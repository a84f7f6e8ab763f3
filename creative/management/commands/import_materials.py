"""Take a folder of footage in for an advertiser; says of every file whether it was taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import AdloomCommand
from creative.console.making import find_advertiser
from creative.console.progress import stage_bars
from creative.models import Material
from creative.services.folders import import_folder, notes_without_file
from creative.services.main_job import await_materials


class Command(AdloomCommand):
    help = "Import a folder of materials; refused files are named with the reason and lose nothing else."
    services = ("postgres", "broker", "workers")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--advertiser", default="", help="slug (default: the sample)")
        parser.add_argument("--json", action="store_true")

    def work(self, **options: Any) -> None:
        """Import, wait, and print one entry a file."""
        advertiser = find_advertiser(options["advertiser"])
        folder = options["folder"].expanduser()
        with stage_bars(("materials",)) as tell:
            rows = await_materials(import_folder(advertiser, folder), tell)
        entries = [*map(entry, rows), *(missing(name, why) for name, why in notes_without_file(folder))]
        if options["json"]:
            print(json.dumps({"files": entries}, ensure_ascii=False, indent=1))
            return
        for each in entries:
            print(f"{each['file']}: {each['state']}" + (f": {each['reason']}" if each["reason"] else ""))


def entry(row: Material) -> dict[str, Any]:
    """What became of one file."""
    taken = row.state == Material.State.READY
    return {
        "file": row.name,
        "state": "taken" if taken else "refused",
        "reason": "" if taken else row.refusal_reason,
        "code": "" if taken else row.refusal_code,
        "shots": row.shots.count() if taken else 0,
        "seconds": round(row.seconds, 2),
    }


def missing(name: str, reason: str) -> dict[str, Any]:
    """An entry of materials.yaml that names no file."""
    return {"file": name, "state": "refused", "reason": reason, "code": "no-such-file", "shots": 0, "seconds": 0.0}
