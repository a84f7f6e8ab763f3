"""The queues and which task goes where: a task names its queue as the second part of its name.

`generation.render.render_job` goes to `render`, `creative.ingest.understand` to `ingest`,
anything else to `light`, which never waits behind heavy work. Models have a queue for each kind of
device: a worker takes only what its device can run.
"""

from __future__ import annotations

from typing import Any

from kombu.entity import Queue

INGEST = "ingest"
RENDER = "render"
LIGHT = "light"
CPU_MODELS = "cpu_models"
CUDA_MODELS = "cuda_models"
DEFAULT_QUEUE = LIGHT
DEVICE_QUEUES = {"cpu": CPU_MODELS, "cuda": CUDA_MODELS}
QUEUE_NAMES = (INGEST, RENDER, LIGHT, *DEVICE_QUEUES.values())
QUEUES = tuple(Queue(name) for name in QUEUE_NAMES)  # type: ignore[no-untyped-call]  # kombu has half of its types


def queue_of(task_name: str) -> str:
    parts = task_name.split(".")
    return parts[1] if len(parts) > 2 and parts[1] in QUEUE_NAMES else DEFAULT_QUEUE


def route_task(name: str, args: Any, kwargs: Any, options: Any, task: Any = None, **_: Any) -> dict[str, str]:
    """Celery's router: an explicit `queue=` of the sender or the task wins over the name."""
    declared = getattr(task, "queue", None)
    return {"queue": declared or queue_of(name)}
