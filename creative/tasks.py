"""Doorbells of `creative`: each task makes one call."""

from __future__ import annotations

from celery import shared_task

from core.tasks.base import ReliableTask
from creative.references import importing
from creative.services import batches, describing, remakes
from creative.services.bulk import chunks, control


@shared_task(name="creative.take_understanding", base=ReliableTask)
def take_understanding(job_id: str) -> None:
    describing.take_understanding(job_id)


@shared_task(name="creative.take_description", base=ReliableTask)
def take_description(job_id: str) -> None:
    describing.take_description(job_id)


@shared_task(name="creative.take_ad", base=ReliableTask)
def take_ad(job_id: str) -> None:
    batches.take_ad(job_id)


@shared_task(name="creative.plan_batch", base=ReliableTask)
def plan_batch(batch_id: str) -> None:
    batches.plan_batch(batch_id)


@shared_task(name="creative.take_reference", base=ReliableTask)
def take_reference(job_id: str) -> None:
    importing.take_reference(job_id)


@shared_task(name="creative.take_segments", base=ReliableTask)
def take_segments(order_id: str) -> None:
    chunks.take_segments(order_id)


@shared_task(name="creative.render.assemble_chunk", base=ReliableTask)
def assemble_chunk(chunk_id: str) -> None:
    chunks.assemble_chunk(chunk_id)


@shared_task(name="creative.make_again", base=ReliableTask)
def make_again(change_id: int) -> None:
    remakes.make_all_again(change_id)


@shared_task(name="creative.tend", base=ReliableTask)
def tend() -> None:
    batches.tend()
    chunks.tend_chunks()
    control.keep_to_budgets()
