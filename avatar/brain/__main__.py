"""`python -m avatar.brain --config room.yaml --wire FD [--control PATH]`: started by the room's supervisor."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m avatar.brain", description="Answers for one live room.")
    parser.add_argument("--config", type=Path, required=True, help="the room's file")
    parser.add_argument("--wire", type=int, required=True, help="the inherited end of the wire to the engine")
    parser.add_argument("--control", type=Path, help="where to listen for orders")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()

    # Apps are loaded by the line above, which these need.
    from avatar.brain.process import run_brain
    from core.commands import guarded

    return guarded(lambda: run_brain(given.config, given.wire, given.control))


if __name__ == "__main__":
    sys.exit(main())
