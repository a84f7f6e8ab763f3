"""One live room on air: into files and to ingests, with comments from a replay or from the books."""

from __future__ import annotations

import shutil
import sys
import time
import uuid
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from avatar.comments.replay import read_replay
from avatar.config import load_room as read_room
from avatar.contracts import RoomConfig
from avatar.heads.choosing import cast
from avatar.hosting.consents import note_consents
from avatar.live.setup import RoomSetup
from avatar.live.stage import draw_ahead
from avatar.outputs.sinks import check_output
from avatar.processes import RoomProcesses, run_room
from avatar.services.cloned_voices import voice_consents
from core.commands import guarded
from core.errors import AdloomError, InputError
from core.processes.database import prepared_services
from generation.api import sign_recording


def positive(text: str) -> float:
    """A number of seconds."""
    try:
        seconds = float(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds") from error
    if not 0 < seconds < 1e7:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds


class Command(BaseCommand):
    help = "Put a live room on air. Exit: 0 after --seconds or SIGTERM, 2 config wrong, 5 every output lost for 60 s."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        room = parser.add_mutually_exclusive_group(required=True)
        room.add_argument("room", nargs="?", metavar="ROOM", help="id or name of a room in the database")
        room.add_argument("--config", type=Path, help="a room as YAML (see demo/live/room.yaml)")
        parser.add_argument("--output", action="append", default=[], help="FILE.mp4|flv|ts|m3u8 or rtmp[s]://…; repeat")
        parser.add_argument("--comments", type=Path, help="viewers' comments as JSON lines")
        parser.add_argument("--seconds", type=positive, help="end after this much media; left out: at SIGTERM")
        parser.add_argument("--unpaced", action="store_true", help="as fast as the machine goes, in virtual time")
        parser.add_argument(
            "--answer-seconds", type=positive, default=0.5, help="with --unpaced: how long answers take"
        )
        parser.add_argument("--log", type=Path, help="events as JSON lines")
        parser.add_argument("--broadcast", type=uuid.UUID, help="the broadcast in the database this is")
        parser.add_argument(
            "--priority", action="store_true", help="real-time scheduling for the engine (CAP_SYS_NICE)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(guarded(lambda: run(options)))


def run(options: dict[str, Any]) -> int:
    """Read the room, put it on air, tidy up."""
    for output in options["output"]:
        check_output(output)
    if options["config"] is not None:
        folder = _home() / "live" / f"run-{uuid.uuid4()}"
        return _put_on_air(options, read_room(options["config"]), folder, (), keeps_folder=False)
    with prepared_services("postgres"):
        return _run_from_books(options)


def _run_from_books(options: dict[str, Any]) -> int:
    from avatar.rooms import load_broadcast, load_room

    key = options["broadcast"]
    found = load_broadcast(key) if key is not None else load_room(options["room"])
    folder = found.folder if key is not None else found.folder / f"run-{uuid.uuid4()}"
    options = {**options, "guest_delay_seconds": found.guest_delay_seconds}
    return _put_on_air(options, found.config, folder, found.outputs, keeps_folder=key is not None)


def _put_on_air(
    options: dict[str, Any], config: RoomConfig, folder: Path, pushed: tuple[str, ...], keeps_folder: bool
) -> int:
    outputs = (*options["output"], *pushed)
    if not outputs:
        raise InputError("output", "is missing; name a file or an address, as in --output out.mp4")
    faces = _home() / "faces"
    casting = cast(config, faces)
    config = casting.config
    if casting.why_drawn:
        print(f"the drawn host is on air, not the filmed one: {casting.why_drawn}", file=sys.stderr)
    if casting.why_embedded:
        print(f"the embedded voice speaks: {casting.why_embedded}", file=sys.stderr)
    draw_ahead(config, faces)
    setup = RoomSetup(
        config=config,
        outputs=tuple(each if "://" in each else str(Path(each).expanduser().resolve()) for each in outputs),
        log=(options["log"] or folder / "events.jsonl").expanduser().resolve(),
        folder=folder,
        comments=read_replay(options["comments"]) if options["comments"] else (),
        seconds=options["seconds"],
        is_paced=not options["unpaced"],
        answer_seconds=options["answer_seconds"],
        has_priority=options["priority"],
        faces=faces,
        guest_delay_seconds=options.get("guest_delay_seconds", 0.0),
        stage=casting.stage,
        head=casting.head,
        heads=casting.door,
    )
    if not keeps_folder and options["log"]:
        setup.log.unlink(missing_ok=True)
    try:
        return _run(RoomProcesses(setup, broadcast=options["broadcast"], heads=casting.worker), setup, keeps_folder)
    finally:
        if not keeps_folder:
            shutil.rmtree(folder, ignore_errors=True)


def _run(processes: RoomProcesses, setup: RoomSetup, keeps_folder: bool) -> int:
    """The exit code; files are signed here, but for a broadcast's: a day of it takes longer than a stop may, so its
    host signs it once it is over."""
    config = setup.config
    began, consents = time.time(), voice_consents(config.voice, config.advertiser)
    if keeps_folder:
        note_consents(setup.folder, consents)
        return run_room(processes)
    code = run_room(processes)
    sign_recordings(setup.outputs, config.card.name or config.advertiser, began, consents)
    return code


def sign_recordings(outputs: tuple[str, ...], title: str, began: float, consents: tuple[str, ...] = ()) -> None:
    """Label and sign every mp4 written since `began`; one that cannot be signed is said so and stays as it is."""
    for output in outputs:
        first = Path(output)
        if "://" in output or first.suffix.lower() != ".mp4":
            continue
        for path in sorted({first, *first.parent.glob(f"{first.stem}-[0-9]{first.suffix}")}):
            try:
                if path.exists() and path.stat().st_size and path.stat().st_mtime >= began:
                    sign_recording(path, title, consents)
            except (AdloomError, OSError) as error:
                print(f"{path.name} is not signed: {error}", file=sys.stderr)


def _home() -> Path:
    return Path(settings.ADLOOM_HOME)
