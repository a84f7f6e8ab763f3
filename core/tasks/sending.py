"""Sending a task's message without depending on the broker being there."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError as BrokerAway

logger = logging.getLogger(__name__)


def send(task: str, arguments: Sequence[Any]) -> bool:
    """Send `task`; False when the broker is away.

    The database is the truth: whoever sends keeps a row that says the work is due, and
    something that tends those rows sends again.
    """
    away = (BrokerAway, ConnectionError, *current_app.connection_for_write().recoverable_connection_errors)
    try:
        current_app.send_task(task, list(arguments), retry=False)
    except away as error:
        logger.warning("%s not sent: %s", task, type(error).__name__)
        return False
    return True


def is_idle(queue: str) -> bool:
    """Whether no message waits in `queue` for a worker; False while the broker is away, since nobody knows."""
    with current_app.connection_for_read() as connection:
        away = (BrokerAway, ConnectionError, *connection.recoverable_connection_errors)
        try:
            found = connection.default_channel.queue_declare(queue, passive=True)
        except connection.channel_errors:
            return True  # Redis forgets a queue that is empty
        except away:
            return False
        return found.message_count == 0
