"""`make_presenter`: a filmed host says a text; the clip has lips to the words, captions, the label, and is signed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

from django.core.management.base import CommandParser

from core.commands import AdloomCommand
from core.contracts import Language, Platform
from core.errors import InputError
from core.models import Advertiser
from creative.services.spokesperson import Spokesperson, ToSay, make_spokesperson

SMALLEST, LARGEST = 64, 2160


class Command(AdloomCommand):
    help = (
        "A spokesperson clip from a text. Exit 0: made; 2: an argument cannot be used, or a consent is missing; "
        "3: there is no model, or the clip did not pass its checks."
    )

    services = ("postgres", "broker")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", required=True, metavar="NAME", help="a prepared head (prepare_head makes one)")
        parser.add_argument("--advertiser", required=True, metavar="SLUG")
        parser.add_argument("--text", required=True, help="what is said; long texts are said in several takes")
        parser.add_argument("--size", default="1080x1920", help="WIDTHxHEIGHT, even (default: 1080x1920)")
        parser.add_argument("--voice", default="", help="one of the voice engine's own (default: its usual one)")
        parser.add_argument("--language", choices=get_args(Language), help="default: what the text is written in")
        parser.add_argument(
            "--platform", choices=get_args(Platform), default="douyin", help="whose buttons captions keep clear of"
        )
        parser.add_argument("--out", required=True, type=Path, help="FILE.mp4")
        parser.add_argument("--json", action="store_true", help="one JSON document about what was made")

    def work(self, **options: Any) -> int | None:
        out = _writable(options["out"].expanduser())
        size = _even(options["size"])
        advertiser = Advertiser.objects.filter(slug=options["advertiser"]).first()
        if advertiser is None:
            reason = f"{options['advertiser']!r} is not known; load_advertiser makes one"
            raise InputError("advertiser", reason, "unknown_advertiser")
        texts = {key: options[key] for key in ("head", "text", "voice", "language", "platform")}
        made = make_spokesperson(advertiser, ToSay(size=size, **texts), out)
        answer = _answer(made, size)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else _line(answer))
        return None


def _writable(out: Path) -> Path:
    if out.suffix.lower() != ".mp4":
        raise InputError("out", f"{out.name} is no name of an mp4 file", "out")
    if out.is_dir() or not out.parent.is_dir():
        raise InputError("out", f"{out} cannot be written: there is no folder {out.parent}", "out")
    return out


def _even(text: str) -> str:
    match = re.fullmatch(r"(\d{2,4})[xX×](\d{2,4})", text)
    sides = [int(side) for side in match.groups()] if match else []
    if not sides or any(side % 2 or not SMALLEST <= side <= LARGEST for side in sides):
        raise InputError("size", f"{text!r} is not WIDTHxHEIGHT of even sides, {SMALLEST} to {LARGEST}", "size")
    return "{}x{}".format(*sides)


def _answer(made: Spokesperson, size: str) -> dict[str, Any]:
    result, label = made.result, made.result.label
    told = {key: made.presenter[key] for key in ("head", "checkpoint", "person", "consents")}
    return {
        "path": str(made.path),
        "sha256": result.sha256,
        "frames": result.frames,
        "fps": result.fps,
        "seconds": round(result.frames / result.fps, 3),
        "size": size,
        "takes": made.takes,
        "voice": made.voice,
        **told,
        "label": {
            "visible_to_frame": label.visible_to_frame if label else 0,
            "aigc": label.aigc if label else {},
            "c2pa": label.c2pa_state if label else "",
        },
        "degraded": list(made.degraded),
    }


def _line(answer: dict[str, Any]) -> str:
    marks = f" ({', '.join(answer['degraded'])})" if answer["degraded"] else ""
    return f"{answer['path']}: {answer['seconds']} s, {answer['size']}, {answer['takes']} takes{marks}"
