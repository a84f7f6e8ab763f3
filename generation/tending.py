"""The regular look after everything that may have got lost."""

from __future__ import annotations

from generation import services
from generation.bulk import orders


def tend() -> None:
    """Bring back jobs and segments of dead workers, and messages and answers that never arrived."""
    services.tend()
    orders.tend()
