"""Doorbells of `avatar`: each task makes one call."""

from __future__ import annotations

from celery import shared_task

from avatar.services import writing
from core.tasks.base import ReliableTask


@shared_task(name="avatar.write_script", base=ReliableTask)
def write_script(writing_id: int) -> None:
    writing.write(writing_id)
