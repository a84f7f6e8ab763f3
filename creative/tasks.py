"""Doorbells of `creative`: each task makes one call."""

from __future__ import annotations

from celery import shared_task

from core.tasks.base import HouseTask
from creative.references import importing
from creative.services import batches, materials


@shared_task(name="creative.take_understanding", base=HouseTask)
def take_understanding(job_id: str) -> None:
    materials.take_understanding(job_id)


@shared_task(name="creative.take_ad", base=HouseTask)
def take_ad(job_id: str) -> None:
    batches.take_ad(job_id)


@shared_task(name="creative.plan_batch", base=HouseTask)
def plan_batch(batch_id: str) -> None:
    batches.plan_batch(batch_id)


@shared_task(name="creative.take_reference", base=HouseTask)
def take_reference(job_id: str) -> None:
    importing.take_reference(job_id)


@shared_task(name="creative.tend", base=HouseTask)
def tend() -> None:
    batches.tend()
