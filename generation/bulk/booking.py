"""What became of a claimed segment or stem, written into its row."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from core.errors import AdloomError, LeaseLost
from core.leases.services import Lease, complete, fail, retry_later
from core.tasks.patience import patiently
from core.tasks.retrying import is_retryable
from generation.models import Segment

logger = logging.getLogger(__name__)

LEASE_SECONDS = 15.0
RETRY_PAUSE_SECONDS = 2.0


def book(
    lease: Lease, row: Segment, size_bytes: int, is_new: bool, verdict: str, seconds: float, check_seconds: float
) -> None:
    """It is there. Raises LeaseLost when somebody else has it by now."""
    fields: dict[str, Any] = {"size_bytes": size_bytes, "verdict": verdict, "ended_at": timezone.now()}
    if is_new:
        fields |= {
            "cpu_seconds": round(row.cpu_seconds + seconds, 4),
            "made_count": row.made_count + 1,
        }
    fields["check_cpu_seconds"] = round(row.check_cpu_seconds + check_seconds, 4)
    patiently(lambda: complete(lease, **fields), LEASE_SECONDS)


def end_badly(lease: Lease, row: Segment, error: Exception) -> None:
    """Another try where that can help, else the end, with the reason a person reads."""
    if not isinstance(error, AdloomError):
        logger.exception("segment %s broke", row.key)
    if isinstance(error, DatabaseError):
        raise error
    reason = str(error) or type(error).__name__
    try:
        if is_retryable(error) or isinstance(error, OSError):
            retry_later(lease, reason, RETRY_PAUSE_SECONDS)
        else:
            fail(lease, reason, ended_at=timezone.now())
    except LeaseLost:
        return
