"""A home of its own for every test that starts and stops services."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.processes.locks import is_free
from core.processes.places import Places
from tests.support.homes import a_home


@pytest.fixture
def places(settings) -> Iterator[Places]:
    """Of a fresh home; whatever was started there has to be gone at the end."""
    with a_home() as home:
        settings.ADLOOM_HOME = home
        found = Places(home)
        yield found
        wait_until(lambda: is_free(found.keeper_lock) if found.run.exists() else True)


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
