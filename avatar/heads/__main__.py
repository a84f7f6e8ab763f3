"""The worker as a process: `python -m avatar.heads --model FOLDER --home FOLDER [--device cuda]`.

Every room's supervisor starts one; the first draws for all rooms of this home, the others wait to take its place.
It imports no Django: a database that hangs is nothing to it.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

LOOK_SECONDS = 0.5
HOPELESS = 3
"""Exit code for a model that cannot be loaded."""

HOPELESS_SECONDS = 60.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="avatar.heads", description="Draws the mouths of filmed hosts.")
    parser.add_argument("--model", type=Path, required=True, help="folder with unet/, vae/ and whisper/")
    parser.add_argument("--home", type=Path, required=True, help="folder for the socket and what was drawn")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1")
    parser.add_argument("--batch", type=int, default=4, help="faces a pass: 4 keep a room's wait short")
    chosen = parser.parse_args(arguments)
    ended: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda given, _: ended.append(given))
    return serve(chosen.model, chosen.home, chosen.device, chosen.batch, ended)


def serve(model: Path, home: Path, device: str, batch: int, ended: list[int]) -> int:
    """Wait until no other worker serves this home, load, serve until `ended` is not empty."""
    from avatar.heads.door import listen, try_lock

    lock = try_lock(home)
    if lock is None:
        print("another worker serves; waiting", flush=True)
    while lock is None:
        if ended:
            return 0
        time.sleep(LOOK_SECONDS)
        lock = try_lock(home)
    from avatar.heads.worker import Worker
    from core.errors import AdloomError
    from generation.heads import load_head

    try:
        worker = Worker(load_head(model, device, batch), listen(home), home, batch)
    except AdloomError as error:
        print(f"no filmed host can be drawn: {error}", file=sys.stderr, flush=True)
        _rest(ended)
        return HOPELESS
    print("ready", flush=True)
    try:
        worker.run(lambda: bool(ended))
    finally:
        worker.close()
        os.close(lock)
    return 0


def _rest(ended: list[int]) -> None:
    """What starts us anew does so at once; a model that cannot be loaded now will not be a second later."""
    until = time.monotonic() + HOPELESS_SECONDS
    while not ended and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
