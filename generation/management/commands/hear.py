"""`hear FILE [--srt OUT] [--json]`: what is said in a video or a recording, as script text. Needs no database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from core.commands import guarded
from core.contracts import dump
from core.errors import InputError
from generation.contracts import HeardLine
from generation.hearing.engines import configured_hearing
from generation.understanding.intake import understand_file


class Command(BaseCommand):
    help = "What is said in a video or a recording, by the speech model in HEARING_MODEL_DIR."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--srt", type=Path, help="write the lines as subtitles, for a reference to lie beside")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        code = guarded(lambda: self._hear(options))
        if code:
            sys.exit(code)

    def _hear(self, options: dict[str, Any]) -> int:
        engine = configured_hearing()
        if engine is None or engine.capabilities.degraded:
            raise InputError(
                "HEARING_MODEL_DIR", "is not set; point it at an unpacked sherpa-onnx speech model", "unset"
            )
        path: Path = options["file"]
        understood = understand_file(path, path.name, settings.ADLOOM_HOME)
        if understood.has_audio and not understood.heard_by:
            raise InputError(path.name, understood.notes[-1], "not_heard")
        if options["srt"]:
            options["srt"].write_text(as_srt(understood.speech), "utf-8")
        if options["json"]:
            told = {"heard_by": understood.heard_by, "lines": [dump(line) for line in understood.speech]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(line.text for line in understood.speech))
        return 0


def as_srt(lines: tuple[HeardLine, ...]) -> str:
    """SubRip: what the library of references reads."""
    blocks = (
        f"{number}\n{_clock(line.start_seconds)} --> {_clock(line.end_seconds)}\n{line.text}\n"
        for number, line in enumerate(lines, start=1)
    )
    return "\n".join(blocks)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d},{rest % 1000:03d}"
