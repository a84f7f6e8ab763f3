"""The scripted brain as a process: `python -m bench.live_brain_process FOLDER WIRE`."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

from avatar.live.wire import CLOSED, Wire
from bench.live_brain import ScriptedBrain, spoken_script
from bench.live_talk import answer


class OnWire(ScriptedBrain):
    """The same brain on an end that was inherited."""

    def __init__(self, wire: Wire, folder: Path) -> None:
        self.script = spoken_script(folder)
        self.answers = {"price?": answer("price", clauses=(4,), folder=folder)}
        self.bridges = ()
        self.heard = []
        self.wire = wire

    def serve(self) -> None:
        while (message := self.wire.receive()) is not CLOSED:
            if message is not None:
                self._reply(message)


def main() -> None:
    folder = Path(sys.argv[1])
    with (folder / "brains").open("a") as starts:
        starts.write(f"{os.getpid()} {time.monotonic()}\n")
    OnWire(Wire(socket.socket(fileno=int(sys.argv[2]))), folder).serve()


if __name__ == "__main__":
    main()
