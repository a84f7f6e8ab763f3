"""What every Celery task builds on."""

from core.tasks.base import ReliableTask

__all__ = ["ReliableTask"]
