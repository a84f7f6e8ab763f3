"""What the host of this process has, said again and again while it lives: who orders elsewhere goes by that alone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connections

from generation.hosted_heads import say_whose_heads_are_here
from generation.model_host.hosted import say_what_is_here

logger = logging.getLogger(__name__)

TELL_SECONDS = 300.0
"""What is new on this machine is known elsewhere after that at the latest; far less than `hosted.SILENT_AFTER`."""


def keep_telling(device: str, seconds: float = TELL_SECONDS) -> None:
    """Say it now and every `seconds`, beside the work: the first time reads every byte of the weights."""
    threading.Thread(target=_tell_for_ever, args=(device, seconds), name="telling", daemon=True).start()


def tell(
    device: str, sayings: tuple[Callable[[str], None], ...] = (say_whose_heads_are_here, say_what_is_here)
) -> None:
    """One round, heads first: weights may have to be read whole.

    What cannot be said now is said the next time, and keeps nobody from the rest.
    """
    for say in sayings:
        try:
            say(device)
        except Exception:
            logger.exception("%s: not this time", say.__name__)


def _tell_for_ever(device: str, seconds: float) -> None:
    pause = threading.Event()
    while True:
        tell(device)
        # A connection is its thread's own, and nobody else would close it.
        connections.close_all()
        pause.wait(seconds)
