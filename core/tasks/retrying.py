"""When a task is tried again, and after how long. The rule lives here and nowhere else."""

from __future__ import annotations

import random

from django.db import InterfaceError, OperationalError

from core.errors import RetryableError

MAX_RETRIES = 8
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 120.0


def is_retryable(error: BaseException) -> bool:
    """Errors that say so themselves, and a database that went away in the middle."""
    return isinstance(error, RetryableError | OperationalError | InterfaceError)


def pause_before_retry(retries: int, chance: random.Random) -> float:
    """Seconds before retry `retries` (from 0): doubling, give or take half, so that a crowd does not return at once."""
    pause = min(FIRST_PAUSE_SECONDS * 2**retries, LONGEST_PAUSE_SECONDS)
    return pause * chance.uniform(0.5, 1.5)
