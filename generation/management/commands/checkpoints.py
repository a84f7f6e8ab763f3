"""`checkpoints list | download NAME | verify [NAME] | make-tiny --kind KIND DIR | convert-head SOURCE DIR`.

Needs no database and no service.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.commands import guarded
from core.errors import InputError
from generation.checkpoints.cards import Card, all_cards, require_card
from generation.checkpoints.converting import convert_head
from generation.checkpoints.download import download
from generation.checkpoints.folders import find_checkpoint, installed_checkpoints, models_folder
from generation.checkpoints.hub import Hub, Listing
from generation.checkpoints.listing import card_lines, listed, size_text
from generation.checkpoints.manifest import Report, verify_folder
from generation.checkpoints.tiny_kinds import MODULES, make_tiny
from generation.engines.clips.loading import checkpoint_hash

CHECK_FAILED = 1
IN_REACH = " (read with the network in reach: this machine lets no process give it up)"


class Command(BaseCommand):
    help = "Weights of the models: what there is, who may use it; fetch, verify, or make tiny random ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        _add_list(actions.add_parser("list", help="every registered checkpoint, and what lies here"))
        _add_download(actions.add_parser("download", help="fetch one; goes on where it was broken off"))
        verify = actions.add_parser("verify", help="every byte against what was downloaded; all, or those named")
        verify.add_argument("names", nargs="*", metavar="NAME", help="a registered name or a folder")
        verify.add_argument("--json", action="store_true")
        tiny = actions.add_parser("make-tiny", help="a tiny random checkpoint: a set-up tried before 30 GB arrive")
        tiny.add_argument("--kind", required=True, choices=sorted(MODULES))
        tiny.add_argument("--seed", type=int, default=0)
        tiny.add_argument("folder", metavar="DIR", type=Path)
        head = actions.add_parser(
            "convert-head", help="a head as MuseTalk publishes it, pickles and all, to safetensors"
        )
        head.add_argument("source", metavar="SOURCE", type=Path, help="the folder with musetalkV15, sd-vae and whisper")
        head.add_argument("folder", metavar="DIR", type=Path, help="the new folder, for HEAD_MODEL_DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        actions = {
            "list": self._list,
            "download": self._download,
            "verify": self._verify,
            "make-tiny": self._tiny,
            "convert-head": self._convert_head,
        }
        code = guarded(lambda: actions[options["action"]](options))
        if code:
            sys.exit(code)

    def _list(self, options: dict[str, Any]) -> int:
        entries = listed(all_cards(), installed_checkpoints())
        if options["json"]:
            self.stdout.write(json.dumps(entries, ensure_ascii=False, indent=1))
            return 0
        print_list(entries)
        return 0

    def _download(self, options: dict[str, Any]) -> int:
        card = require_card(options["name"])
        self.stdout.write("\n".join(card_lines(card)))
        is_asked = not options["accept_licence"]
        if is_asked and not sys.stdin.isatty():
            raise _not_accepted(card)

        def agree(listing: Listing, here_bytes: int, free_bytes: int) -> None:
            self.stdout.write(size_text(listing, here_bytes, free_bytes))
            if is_asked and not _is_agreed(card):
                raise _not_accepted(card)

        with _Bars() as bars:
            hub = Hub(options["endpoint"] or None)
            fetched = download(card, models_folder(), hub, bars.tell, on_listing=agree)
        # Kept for whoever orders first, who would wait while tens of gigabytes are read.
        checkpoint_hash(fetched.folder)
        self.stdout.write(f"{card.id}: {fetched.bytes_fetched / 1e6:,.1f} MB fetched, lies in {fetched.folder}")
        return 0

    def _verify(self, options: dict[str, Any]) -> int:
        named = [find_checkpoint(name) for name in options["names"]] or installed_checkpoints()
        reports = {each.name: verify_folder(each.folder) for each in named}
        if options["json"]:
            self.stdout.write(json.dumps({name: _plain(report) for name, report in reports.items()}, indent=1))
        else:
            for name, report in reports.items():
                self.stdout.write("\n".join(_told(name, report)))
            if not reports:
                self.stdout.write(f"nothing lies in {models_folder()}")
        return CHECK_FAILED if any(report.problems for report in reports.values()) else 0

    def _tiny(self, options: dict[str, Any]) -> int:
        make_tiny(options["kind"], options["folder"], options["seed"])
        self.stdout.write(f"{options['folder']}: a tiny random {options['kind']} checkpoint")
        return 0

    def _convert_head(self, options: dict[str, Any]) -> int:
        made = convert_head(options["source"], options["folder"])
        for part, weights in made.sources.items():
            self.stdout.write(f"{part}: from {weights}{IN_REACH if part in made.reachable else ''}")
        self.stdout.write(f"HEAD_MODEL_DIR={made.folder.resolve()}")
        return 0


def _add_list(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def _add_download(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a name that `list` shows")
    parser.add_argument("--accept-licence", action="store_true", help="you have read the licence and accept it")
    parser.add_argument("--endpoint", default="", help="another address of the hub, such as a mirror")


def _not_accepted(card: Card) -> InputError:
    return InputError("--accept-licence", f"{card.id} is fetched once its licence is accepted", "licence")


def _is_agreed(card: Card) -> bool:
    """Asked only where somebody can answer."""
    answer = input(f"Accept the licence of {card.id} ({card.licence}) and fetch it? [y/N] ")
    return answer.strip().lower() in {"y", "yes", "是"}


def _plain(report: Report) -> dict[str, Any]:
    return {
        "folder": str(report.folder),
        "licence": report.manifest.licence,
        "files": len(report.manifest.files),
        "problems": list(report.problems),
        "unlisted": list(report.unlisted),
        "recorded_now": report.is_new,
    }


def _told(name: str, report: Report) -> list[str]:
    size = sum(mark.size_bytes for mark in report.manifest.files.values())
    state = "recorded now" if report.is_new else "FAILED" if report.problems else "whole"
    lines = [
        f"{name}: {state}, {len(report.manifest.files)} files, {size / 1e6:,.1f} MB, licence: {report.manifest.licence}"
    ]
    lines += [f"  {problem}" for problem in report.problems]
    return lines + [f"  {name}: not part of what was downloaded" for name in report.unlisted]


def print_list(entries: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    names = ("name", "what", "engine", "licence", "commercial use", "frames, sides", "download", "weights", "here")
    table = Table(*names)
    for each in entries:
        table.add_row(
            each["id"],
            each["kind"],
            each["engine"] or "none yet",
            each["licence"],
            each["commercial_text"],
            each["shape_text"],
            each["download_text"],
            each["memory_text"],
            each["state"],
        )
    Console(width=None if sys.stdout.isatty() else 200).print(table)


class _Bars:
    """A progress bar a file, on stderr; nothing where nobody looks."""

    def __enter__(self) -> _Bars:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
        self._tasks: dict[str, Any] = {}
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, name: str, done: int, total: int) -> None:
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(name, total=total)
        self._progress.update(self._tasks[name], completed=done)
