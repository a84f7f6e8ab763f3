"""Waiting, in a command, for what workers do."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from core.tasks.patience import patiently
from creative.services import batches
from creative.services.bulk.chunks import tend_chunks
from generation import api as generation

T = TypeVar("T")

LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.2, 1.0
TEND_SECONDS = 2.0


def watch_for(look: Callable[[], T | None]) -> T:
    """What `look` finds, once it finds something; a database that restarts meanwhile is waited for.

    Whoever has waited for minutes is told a second late.
    """
    began = time.monotonic()
    tended = began - TEND_SECONDS
    while True:
        found = patiently(look)
        if found is not None:
            return found
        now = time.monotonic()
        if now - tended >= TEND_SECONDS:
            patiently(_tend)
            tended = now
        time.sleep(min(LONGEST_LOOK_SECONDS, max(LOOK_SECONDS, (now - began) / 100)))


def _tend() -> None:
    """The scheduler of a running platform does this too; a command may be alone."""
    generation.tend()
    batches.tend()
    tend_chunks()
