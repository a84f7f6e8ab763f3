"""The other end of `tests.real.bulk_desk`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.real.running import ROOT, environment


class DeskAway(AssertionError):
    """The desk ended instead of answering."""


class Client:
    """`desk("order", pool="good", ads=40, seed=1)` is what the desk answers."""

    def __init__(self, process: subprocess.Popen[str], home: Path) -> None:
        self._process = process
        self.home = home

    def __call__(self, order: str, /, **arguments: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": order, **arguments}) + "\n")
        self._process.stdin.flush()
        return self.hear()

    def hear(self) -> Any:
        """The next answer."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise DeskAway(f"the desk ended with {self._process.wait(30)}")
        return json.loads(line)


@contextmanager
def open_desk(
    home: Path, folder: Path, services: Sequence[str] = ("postgres", "broker", "workers")
) -> Iterator[Client]:
    """A desk in `home`, with its services up, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.real.bulk_desk", str(folder), *services],
        env={**environment(home), "DJANGO_SETTINGS_MODULE": "config.settings.base"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        desk = Client(process, home)
        assert desk.hear() == "ready"
        yield desk
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(90)
