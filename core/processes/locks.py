"""File locks that die with their holder, so that a killed process never leaves one behind."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Busy(Exception):
    """Somebody else holds the lock."""


@contextmanager
def hold(path: Path, *, exclusive: bool = False, wait: bool = True) -> Iterator[IO[str]]:
    """Hold `path` locked for the block; raises `Busy` when `wait` is off and it is taken."""
    with path.open("a+") as file:
        kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        try:
            fcntl.flock(file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(str(path)) from error
        yield file


def is_free(path: Path, *, exclusive: bool = True) -> bool:
    """Whether the lock could be had at this moment."""
    try:
        with hold(path, exclusive=exclusive, wait=False):
            return True
    except Busy:
        return False
