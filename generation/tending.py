"""The regular look after everything that may have got lost."""

from __future__ import annotations

from generation import services
from generation.bulk import orders
from generation.model_host import orders as clip_orders


def tend() -> None:
    """Bring back jobs, segments and shots of dead workers, and messages and answers that never arrived."""
    services.tend()
    orders.tend()
    clip_orders.tend()
