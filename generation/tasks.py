"""Doorbells of `generation`: each task makes one call."""

from __future__ import annotations

from celery import shared_task

from core.tasks.base import HouseTask
from generation import services


@shared_task(name="generation.ingest.run_job", base=HouseTask)
def run_ingest_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.render.run_job", base=HouseTask)
def run_render_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.tend", base=HouseTask)
def tend() -> None:
    services.tend()
