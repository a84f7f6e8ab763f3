"""Make an ad anew with another clip or another line in one of its slots."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from core.commands import OK, SOME_MISSING, AdloomCommand
from core.errors import InputError
from creative.console.progress import stage_bars
from creative.console.report_files import mend_reports
from creative.models import Ad, Shot
from creative.services.changes import change_line, swap_clip
from creative.services.main_job import await_ad, handed_over
from generation import api as generation


class Command(AdloomCommand):
    help = "Change one slot of a made ad: --clip SOURCE@FRAME or --line TEXT; file and report are replaced."
    services = ("postgres", "broker", "workers")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ad", type=Path, required=True, help="a file that make_ads made")
        parser.add_argument("--slot", type=int, required=True, help="from 0, as in the report")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--clip", help="SOURCE@FRAME: a file of the materials and a frame of it at 30 fps")
        what.add_argument("--line", help="the new line")
        parser.add_argument("--out", type=Path, help="where to write it (default: in the old one's place)")

    def work(self, **options: Any) -> int:
        """Find the ad, order its new version, wait, and put the file in place."""
        ad = find_ad(options["ad"].expanduser())
        if options["line"] is not None:
            again = change_line(ad, options["slot"], options["line"])
        else:
            shot, frame = find_shot(ad, options["clip"])
            again = swap_clip(ad, options["slot"], shot, frame)
        with stage_bars(("ads",)) as tell:
            again = await_ad(again, tell)
        if again.state != Ad.State.READY:
            print(f"ad: {again.held_reason}", file=sys.stderr)
            return SOME_MISSING
        target = options["out"] or options["ad"].expanduser()
        mend_reports(handed_over(again, target))
        print(target)
        return OK


def find_ad(path: Path) -> Ad:
    """The ad a file is, by the content number in its implicit label."""
    if not path.is_file():
        raise InputError("ad", f"there is no file {path}")
    number = generation.produce_id_of(path)
    ad = Ad.objects.filter(pk=number).first() if number else None
    if ad is None:
        raise InputError("ad", f"{path} is not in the books of this install; was it made here?")
    return ad


def find_shot(ad: Ad, clip: str) -> tuple[Shot, int]:
    """The shot that holds frame FRAME of SOURCE."""
    source, at, frame = clip.rpartition("@")
    if not at or not frame.isdigit():
        raise InputError("clip", f"{clip!r} is not SOURCE@FRAME, such as pour.mp4@45")
    shots = Shot.objects.for_advertiser(ad.advertiser).filter(material__name=source).select_related("material")
    if ad.batch.folder:
        shots = shots.filter(material__folder=ad.batch.folder)
    number = int(frame)
    found = [shot for shot in shots if shot.start_frame <= number < max(shot.end_frame, shot.start_frame + 1)]
    if not shots:
        raise InputError("clip", f"there is no material {source!r}")
    if not found and shots[0].material.media != "picture":
        last = max(shot.end_frame for shot in shots)
        raise InputError("clip", f"{source} has frames 0 to {last - 1}, not {number}")
    return (found or list(shots))[0], number
