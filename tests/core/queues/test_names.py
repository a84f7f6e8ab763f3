"""Heavy work never stands in the way of light work."""

from __future__ import annotations

import pytest

from config.celery import app
from core.processes.workers import worker_plans
from core.queues.names import QUEUE_NAMES, queue_of


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("generation.render.run_job", "render"),
        ("generation.ingest.run_job", "ingest"),
        ("creative.take_ad", "light"),
        ("generation.tend", "light"),
    ],
)
def test_a_task_names_its_queue(task, queue):
    assert queue_of(task) == queue
    assert app.amqp.router.route({}, task)["queue"].name == queue


def test_every_queue_has_a_worker_of_its_own():
    assert [plan.queue for plan in worker_plans()] == list(QUEUE_NAMES)


def test_light_work_finds_a_free_process_on_any_machine():
    assert {plan.queue: plan.processes for plan in worker_plans(cores=2)} == {"ingest": 2, "render": 2, "light": 2}
    assert {plan.queue: plan.processes for plan in worker_plans(cores=64)} == {"ingest": 8, "render": 8, "light": 2}
