"""`python -m avatar.brain --wire FD (--setup FD [--broadcast ID] | --config room.yaml)`: started by the supervisor.

A module and not a management command: it is the engine's other half, no command anybody types.
"""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from pathlib import Path

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m avatar.brain", description="Answers for one live room.")
    parser.add_argument("--wire", type=int, required=True, help="the inherited end of the wire to the engine")
    room = parser.add_mutually_exclusive_group(required=True)
    room.add_argument("--setup", type=int, help="file descriptor of the room's setup, as the engine has it")
    room.add_argument("--config", type=Path, help="the room's file")
    parser.add_argument("--broadcast", type=uuid.UUID, help="the broadcast whose comments and orders are in the books")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()

    # Apps are loaded by the line above, which these need.
    from avatar.brain.process import BrainProcess
    from avatar.config import load_room
    from avatar.live.setup import read_from_memory
    from avatar.live.wire import Wire
    from core.commands import guarded

    def work() -> int:
        config = load_room(given.config) if given.config else read_from_memory(given.setup).config
        return BrainProcess(config, Wire.from_fd(given.wire), given.broadcast).run()

    return guarded(work)


if __name__ == "__main__":
    sys.exit(main())
