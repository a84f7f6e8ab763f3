"""The base of every Celery task: two lines of its own, the rest here."""

from __future__ import annotations

import random
from typing import Any

from celery import Task

from core.tasks.retrying import MAX_RETRIES, is_retryable, pause_before_retry


class ReliableTask(Task):
    """Acknowledged when it has ended, so that a killed worker's task is heard again.

    A task must be safe to hear twice. An error that can pass leads to another try with
    a growing, scattered pause; any other ends the task.
    """

    acks_late = True
    reject_on_worker_lost = True
    ignore_result = True
    max_retries = MAX_RETRIES

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except Exception as error:
            if self.request.called_directly or not is_retryable(error):
                raise
            pause = pause_before_retry(self.request.retries, random.Random())
            raise self.retry(exc=error, countdown=pause) from error
