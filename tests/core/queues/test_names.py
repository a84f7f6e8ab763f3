"""Heavy work never stands in the way of light work."""

from __future__ import annotations

import pytest

from config.celery import app
from core.processes.devices import gpus
from core.processes.workers import ModelWorkerPlan, model_worker_plans, worker_plans
from core.queues.names import DEVICE_QUEUES, QUEUE_NAMES, queue_of


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("generation.render.run_job", "render"),
        ("generation.ingest.run_job", "ingest"),
        ("creative.take_ad", "light"),
        ("generation.tend", "light"),
        ("generation.cpu_models.make_shots", "cpu_models"),
        ("generation.cuda_models.make_shots", "cuda_models"),
    ],
)
def test_a_task_names_its_queue(task, queue):
    assert queue_of(task) == queue
    assert app.amqp.router.route({}, task)["queue"].name == queue


def test_every_queue_has_a_worker_of_its_own():
    devices = list(DEVICE_QUEUES.values())

    assert [*(plan.queue for plan in worker_plans()), *devices] == list(QUEUE_NAMES)


def test_no_model_host_runs_until_a_clip_engine_is_set_up():
    assert model_worker_plans({}) == ()
    assert model_worker_plans({"CLIP_ENGINE": "wan"}) == ()


def test_a_model_host_runs_on_the_device_that_is_asked_for():
    pytest.importorskip("torch")
    engine = {"CLIP_ENGINE": "wan", "CLIP_CHECKPOINT": "tiny"}

    assert model_worker_plans({**engine, "MODEL_DEVICE": "cpu"}) == (ModelWorkerPlan("cpu_models"),)


def test_each_graphics_card_is_found_by_its_number(tmp_path):
    for name in ("nvidia0", "nvidia1", "nvidia10", "nvidiactl", "nvidia-uvm"):
        (tmp_path / name).touch()

    assert gpus(tmp_path, visible="1,10") == ("1", "10")
    assert gpus(tmp_path, visible="-1") == ()
    assert gpus(tmp_path / "nowhere", visible="0") == ()


def test_light_work_finds_a_free_process_on_any_machine():
    assert {plan.queue: plan.processes for plan in worker_plans(cores=2)} == {"ingest": 2, "render": 2, "light": 2}
    assert {plan.queue: plan.processes for plan in worker_plans(cores=64)} == {"ingest": 8, "render": 8, "light": 2}
