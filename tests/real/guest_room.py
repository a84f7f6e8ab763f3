"""A broadcast's room as its host would run it, but small: `python -m tests.real.guest_room BROADCAST FILE LOG`."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import django

WIDTH, HEIGHT = 180, 320


def main(broadcast: str, output: str, log: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()

    # Apps are loaded by the line above, which these need.
    from django.conf import settings

    from avatar.live.setup import RoomSetup
    from avatar.live.stage import draw_ahead
    from avatar.processes import RoomProcesses, run_room
    from avatar.rooms import load_broadcast

    found = load_broadcast(broadcast)
    config = replace(found.config, width=WIDTH, height=HEIGHT)
    faces = Path(settings.ADLOOM_HOME) / "faces"
    draw_ahead(config, faces)
    setup = RoomSetup(
        config=config,
        outputs=(output,),
        log=Path(log),
        folder=found.folder,
        faces=faces,
        guest_delay_seconds=found.guest_delay_seconds,
    )
    return run_room(RoomProcesses(setup, broadcast=found.broadcast_id))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
