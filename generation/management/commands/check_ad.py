"""`check_ad FILE`: every check and label of a finished ad. Needs no database and no service."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.contracts import PLATFORMS, dump, load
from core.errors import AdloomError
from core.platforms import PlatformProfile, profile, ratio_of
from generation.contracts import Canvas, CheckLimits, SafeArea, TextBox
from generation.provenance.labels import LabelFacts, label_checks, verify_labels
from generation.quality.check import FileReport, inspect_file
from generation.quality.probe import FileFacts, probe_file

CHECK_FAILED = 1
FILE_UNUSABLE = 2


class Command(BaseCommand):
    help = (
        "Check a finished ad: picture, sound, text, visible label, AIGC label, C2PA signature. "
        "Exit 0: all hold; 1: a check failed; 2: the file or an argument cannot be used."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the video file")
        parser.add_argument("--platform", choices=PLATFORMS, help="judge by this platform's sizes, lengths, safe area")
        parser.add_argument("--canvas", help="the size it must have, as WIDTHxHEIGHT")
        parser.add_argument("--seconds", type=float, default=0.0, help="the length ordered")
        parser.add_argument("--boxes", help="the render's record of what text it drew where (default: beside FILE)")
        parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            order = _order(path, options)
            report = inspect_file(path, **order)
            labels = verify_labels(path, settings.ADLOOM_HOME)
        except AdloomError as error:
            raise CommandError(str(error), returncode=FILE_UNUSABLE) from error
        answer = _answer(path, report, labels)
        text = json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else _table(answer)
        self.stdout.write(text)
        if not answer["ok"]:
            sys.exit(CHECK_FAILED)


def _order(path: Path, options: dict[str, Any]) -> dict[str, Any]:
    """What the file is judged by, as arguments of `inspect_file`."""
    facts = probe_file(path)
    chosen = profile(options["platform"]) if options["platform"] else None
    sidecar = Path(options["boxes"]) if options["boxes"] else path.with_suffix(".boxes.json")
    return {
        "limits": CheckLimits(target_seconds=options["seconds"]),
        "canvas": _canvas(options["canvas"], chosen, facts),
        "safe_area": _safe_area(chosen, facts),
        "captions": _boxes(sidecar, is_asked_for=bool(options["boxes"])),
        "seconds_range": (chosen.min_seconds, chosen.max_seconds) if chosen else None,
    }


def _canvas(text: str | None, chosen: PlatformProfile | None, facts: FileFacts) -> Canvas | None:
    if text:
        match = re.fullmatch(r"(\d{2,5})[xX×](\d{2,5})", text)
        if not match:
            raise CommandError(f"--canvas: {text!r} is not WIDTHxHEIGHT", returncode=FILE_UNUSABLE)
        return Canvas(int(match[1]), int(match[2]))
    if chosen is None:
        return None
    placement = chosen.placement(ratio_of(facts.width, facts.height) or "9:16")
    return Canvas(placement.width, placement.height)


def _safe_area(chosen: PlatformProfile | None, facts: FileFacts) -> SafeArea | None:
    ratio = ratio_of(facts.width, facts.height)
    if chosen is None or ratio is None:
        return None
    area = chosen.placement(ratio).scaled(facts.width, facts.height)
    return SafeArea(area.safe_left, area.safe_top, area.safe_right, area.safe_bottom)


def _boxes(sidecar: Path, *, is_asked_for: bool) -> list[TextBox] | None:
    if not sidecar.is_file():
        if is_asked_for:
            raise CommandError(f"{sidecar.name}: no such file", returncode=FILE_UNUSABLE)
        return None
    try:
        return load(list[TextBox], json.loads(sidecar.read_text(encoding="utf-8"))["boxes"])
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{sidecar.name}: not a record of text boxes", returncode=FILE_UNUSABLE) from error


def _answer(path: Path, report: FileReport, labels: LabelFacts) -> dict[str, Any]:
    checks = [*report.checks, *label_checks(labels)]
    return {
        "file": str(path),
        "ok": all(check.ok for check in checks),
        "frames": report.frames,
        "fps": round(report.fps, 3),
        "checks": [dump(check) for check in checks],
        "label": {
            "visible": {"to_frame": report.visible_to_frame, "glyph_px": report.visible_glyph_px},
            "aigc": labels.aigc,
            "c2pa": {
                "state": labels.signature.state,
                "source_type": labels.signature.source_type,
                "agent": labels.signature.agent,
                "when": labels.signature.created_at,
            },
        },
    }


def _table(answer: dict[str, Any]) -> str:
    rows = [("check", "", "measured", "limit", "frame", "")]
    for check in answer["checks"]:
        cells = (check["measured"], check["limit"], check["at_frame"])
        rows.append((check["name"], "ok" if check["ok"] else "FAILED", *map(_shown, cells), check["reason"]))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)) for row in rows]
    label = answer["label"]
    lines.append(f"AIGC: {label['aigc'] or 'none'}")
    lines.append(f"C2PA: {label['c2pa']['state']} {label['c2pa']['agent']}".rstrip())
    lines.append(f"{answer['file']}: {'all checks hold' if answer['ok'] else 'not fit for release'}")
    return "\n".join(line.rstrip() for line in lines)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
