"""The Celery application; workers and the scheduler start with `-A config`."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, signals

from core.processes.workers import SCHEDULER
from core.queues.names import DEVICE_QUEUES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

app = Celery("adloom", task_cls="core.tasks.base:ReliableTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
if os.environ.get("ADLOOM_CHILD") != SCHEDULER:
    # The scheduler knows tasks by name.
    app.autodiscover_tasks()


@signals.task_postrun.connect
def keep_books(**_: Any) -> None:
    """A worker may end with its last task; what that asked of a language model is written by then."""
    from core.llm_books import books

    books.flush()


@signals.worker_ready.connect
@signals.heartbeat_sent.connect
def show_life(**_: Any) -> None:
    """Every 2 s while the broker hears this worker. A worker started by hand has no name and shows nothing."""
    name = os.environ.get("ADLOOM_CHILD")
    if not name:
        return
    from django.conf import settings

    from core.processes.places import Places
    from core.processes.readiness import mark_ready

    mark_ready(Places(settings.ADLOOM_HOME), name)


@signals.worker_ready.connect
def wake_model_host(**_: Any) -> None:
    """A host that has just come up looks for what waited while there was none."""
    if device := hosted_device():
        app.send_task(f"generation.{DEVICE_QUEUES[device]}.make_shots", retry=False)


@signals.worker_process_init.connect
def tell_what_is_here(**_: Any) -> None:
    """Each host says for itself what it has, whoever takes the message that wakes one of them."""
    if device := hosted_device():
        from generation.model_host.telling import keep_telling

        keep_telling(device)


def hosted_device() -> str:
    """The device kind that this worker makes pictures on; "" for a worker of other queues."""
    name = os.environ.get("ADLOOM_CHILD", "")
    return next((device for device, queue in DEVICE_QUEUES.items() if queue in name), "")
