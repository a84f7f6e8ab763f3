"""A home of its own for every test that starts and stops services."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.processes.locks import is_free
from core.processes.places import Places


@pytest.fixture
def places(settings) -> Iterator[Places]:
    """Of a fresh home that `nobody` may pass through; whatever was started there has to be gone at the end."""
    home = Path(tempfile.mkdtemp(prefix="adloom-test-", dir="/tmp"))
    home.chmod(0o711)
    settings.ADLOOM_HOME = home
    found = Places(home)
    yield found
    wait_until(lambda: is_free(found.keeper_lock) if found.run.exists() else True)
    shutil.rmtree(home)


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Look until it is so; an AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        time.sleep(0.02)


def pid_of(places: Places, child: str) -> int:
    return int(places.pid_file(child).read_text())


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
