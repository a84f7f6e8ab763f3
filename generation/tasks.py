"""Doorbells of `generation`: each task makes one call."""

from __future__ import annotations

from celery import shared_task

from core.tasks.base import ReliableTask
from generation import services, tending
from generation.bulk import making
from generation.model_host import process

LONGEST_RUN_SECONDS = 24 * 3600
"""A clip of minutes takes hours on a processor; a lease and a heartbeat say whether its host still lives."""


@shared_task(name="generation.ingest.run_job", base=ReliableTask)
def run_ingest_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.render.run_job", base=ReliableTask)
def run_render_job(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.render.make_segments", base=ReliableTask)
def make_segments(keys: list[str]) -> None:
    making.make_segments(keys)


@shared_task(name="generation.cpu_models.make_shots", base=ReliableTask, time_limit=LONGEST_RUN_SECONDS)
def make_shots_on_the_processor() -> None:
    process.drain("cpu")


@shared_task(name="generation.cuda_models.make_shots", base=ReliableTask, time_limit=LONGEST_RUN_SECONDS)
def make_shots_on_a_gpu() -> None:
    process.drain("cuda")


@shared_task(name="generation.cpu_models.run_job", base=ReliableTask, time_limit=LONGEST_RUN_SECONDS)
def run_job_on_the_processor(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.cuda_models.run_job", base=ReliableTask, time_limit=LONGEST_RUN_SECONDS)
def run_job_on_a_gpu(job_id: str) -> None:
    services.run_job(job_id)


@shared_task(name="generation.tend", base=ReliableTask)
def tend() -> None:
    tending.tend()
