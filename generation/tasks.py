"""Doorbells of `generation`: each task makes one call."""

from __future__ import annotations

from celery import shared_task

from core.tasks.base import ReliableTask
from generation import services, tending
from generation.bulk import making


@shared_task(name="generation.ingest.run_job", base=ReliableTask)
def run_ingest_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.render.run_job", base=ReliableTask)
def run_render_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.render.make_segments", base=ReliableTask)
def make_segments(keys: list[str]) -> None:
    making.make_segments(keys)


@shared_task(name="generation.tend", base=ReliableTask)
def tend() -> None:
    tending.tend()
