"""Take a folder of footage in for an advertiser; says of every file whether it was taken."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.processes.use import embedded_services
from creative.console.exits import guarded
from creative.console.making import find_advertiser
from creative.console.progress import stage_bars
from creative.models import Material
from creative.services.folders import import_folder
from creative.services.main_job import await_materials


class Command(BaseCommand):
    help = "Import a folder of materials; refused files are named with the reason and lose nothing else."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--advertiser", default="", help="slug (default: the sample)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


def run(options: dict[str, Any]) -> int:
    """Import, wait, and print one entry a file."""
    with stage_bars(("materials",)) as tell, embedded_services("postgres", "broker", "workers"):
        advertiser = find_advertiser(options["advertiser"])
        rows = await_materials(import_folder(advertiser, options["folder"]), tell)
        entries = [entry(row) for row in rows]
    if options["json"]:
        print(json.dumps({"files": entries}, ensure_ascii=False, indent=1))
    else:
        for each in entries:
            print(f"{each['file']}: {each['state']}" + (f": {each['reason']}" if each["reason"] else ""))
    return 0


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
