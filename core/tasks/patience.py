"""Outlasting a database that is being restarted."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")

PAUSE_SECONDS = 0.3


def patiently(work: Callable[[], T], seconds: float = 30.0, sleep: Callable[[float], None] = time.sleep) -> T:
    """`work()`, tried again on a fresh connection while the database is away, for up to `seconds`.

    `work` must be safe to do twice: a commit whose answer got lost may have happened.
    Never inside a transaction.
    """
    left = seconds
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError):
            connection.close()
            if left <= 0:
                raise
            sleep(PAUSE_SECONDS)
            left -= PAUSE_SECONDS
