"""`make_clip`: one picture or clip by a model, from a checkpoint folder to a file. Needs no database and no service."""

from __future__ import annotations

import json
import re
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.commands import guarded
from core.errors import InputError
from generation.checkpoints.folders import find_checkpoint
from generation.engines.clips.base import ClipRequest, MadeClip, RunControl, parse_camera
from generation.engines.clips.capabilities import CAPABILITIES
from generation.engines.clips.devices import chosen_device, require_packages
from generation.engines.clips.engines import engine_named
from generation.engines.clips.shapes import check_request, size_for
from generation.engines.clips.writing import check_out, write_clip


class Command(BaseCommand):
    help = (
        "Make one picture or clip. Same arguments, same frames on one device. "
        "Exit 0: made; 2: an argument or the checkpoint cannot be used; 3: it could not be made."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        _add_what(parser)
        _add_given(parser)
        _add_numbers(parser)
        parser.add_argument("--device", default="", help="cpu, cuda or cuda:N (default: MODEL_DEVICE)")
        parser.add_argument("--out", required=True, type=Path, help="FILE.mp4, or FILE.png for one frame")
        parser.add_argument("--json", action="store_true", help="one JSON document about what was made")

    def handle(self, *args: Any, **options: Any) -> None:
        code = guarded(lambda: self._make(options))
        if code:
            sys.exit(code)

    def _make(self, options: dict[str, Any]) -> int:
        engine = engine_named(options["engine"])
        request = _request(options)
        engine.check(request)
        folder = find_checkpoint(options["checkpoint"], options["engine"]).folder
        check_request(request, engine.able(folder), engine.name)
        check_out(options["out"], request.frames)
        require_packages()
        device = chosen_device(options["device"])
        began = time.perf_counter()
        loaded = engine.load(folder, device)
        (made,) = loaded.make([request], RunControl(on_step=_tell))
        write_clip(made, options["out"])
        answer = _answer(options["out"], made, time.perf_counter() - began)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else _line(answer))
        return 0


def _add_what(parser: ArgumentParser) -> None:
    parser.add_argument("--engine", required=True, help=", ".join(CAPABILITIES))
    parser.add_argument("--checkpoint", required=True, help="a folder, or a name that `checkpoints list` knows")
    parser.add_argument("--prompt", required=True)
    parser.add_argument("--negative", default="", help="what the picture shall not show")
    parser.add_argument("--camera", default="", help='moves with a sign: "pan:+2,zoom:-1", or a preset: "push-in"')
    parser.add_argument("--allow-cut", action="store_true", help="cut a prompt the model cannot read whole, and say so")


def _add_given(parser: ArgumentParser) -> None:
    parser.add_argument("--image", default="", help="the first frame, or the picture to edit")
    parser.add_argument("--last-image", default="", help="the last frame")
    parser.add_argument("--extend", default="", help="a clip to go on from; --frames counts its frames too")
    parser.add_argument("--reference", action="append", default=[], help="somebody or something to keep; repeatable")
    parser.add_argument("--sketch", default="", help="a rough drawing, or a clip of them, that gives the layout")
    parser.add_argument("--mask", default="", help="white where an edit may change the picture")


def _add_numbers(parser: ArgumentParser) -> None:
    parser.add_argument("--size", default="", help="WIDTHxHEIGHT")
    parser.add_argument("--ratio", default="9:16", help="the engine's own size for 9:16, 16:9 or 1:1, without --size")
    parser.add_argument("--frames", type=int, default=1)
    parser.add_argument("--fps", type=int, default=0, help="frames a second (default: the engine's own)")
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guidance", type=float, default=5.0)
    parser.add_argument("--strength", type=float, default=0.8, help="how far an edit goes, how strongly a sketch holds")
    parser.add_argument("--interpolate", type=int, default=1, help="times as many frames a second: 1, 2, 4")
    parser.add_argument("--upscale", type=int, default=1, help="times as wide and high: 1, 2, 4")


def _request(options: dict[str, Any]) -> ClipRequest:
    able = CAPABILITIES[options["engine"]]
    width, height = _size(options["size"]) if options["size"] else size_for(options["ratio"], able)
    texts = ("prompt", "negative", "image", "last_image", "extend", "sketch", "mask")
    numbers = ("frames", "steps", "seed", "guidance", "strength", "interpolate", "upscale")
    return ClipRequest(
        width=width,
        height=height,
        fps=options["fps"] or able.native_fps,
        references=tuple(options["reference"]),
        camera=parse_camera(options["camera"]),
        may_truncate=options["allow_cut"],
        **{name: options[name] for name in (*texts, *numbers)},
    )


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if not match:
        raise InputError("size", f"{text!r} is not WIDTHxHEIGHT", "size")
    return int(match[1]), int(match[2])


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rstep {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _answer(path: Path, made: MadeClip, seconds: float) -> dict[str, Any]:
    """`seconds` are those of the clip, `took_seconds` those it took to load and make."""
    count, height, width = made.frames.shape[:3]
    return {
        "path": str(path),
        "engine": made.parameters["engine"],
        "checkpoint_hash": made.parameters["checkpoint_hash"],
        "frames": count,
        "size": f"{width}x{height}",
        "fps": made.fps,
        "seed": made.parameters["request"]["seed"],
        "seconds": round(count / made.fps, 3) if count > 1 else 0.0,
        "took_seconds": round(seconds, 3),
        "degraded": list(made.degraded),
        "parameters": made.parameters,
    }


def _line(answer: dict[str, Any]) -> str:
    marks = f" ({', '.join(answer['degraded'])})" if answer["degraded"] else ""
    return (
        f"{answer['path']}: {answer['frames']} frames, {answer['size']}, {answer['fps']} fps, "
        f"{answer['took_seconds']:.1f} s{marks}"
    )
