"""Celery workers, one process tree per queue, and the scheduler that sends the regular tasks."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.processes.children import ChildSpec
from core.processes.devices import device_kind, gpus
from core.processes.places import Places

SERVICE = "workers"
SCHEDULER = "scheduler"
ROOT = Path(__file__).resolve().parents[2]

LEAN = {"MALLOC_MMAP_THRESHOLD_": str(4 << 20), "MALLOC_TRIM_THRESHOLD_": str(4 << 20)}
"""Whole pictures and stretches of sound go back to the system when they are done with, for 2 % more CPU: glibc would
come to keep them, and a worker that has mixed sound would hold 120 MB more beside the ffmpeg it waits for."""


@dataclass(frozen=True)
class WorkerPlan:
    """A worker of its own for `queue`, with `processes` running tasks at a time."""

    queue: str
    processes: int


def worker_plans(cores: int | None = None) -> tuple[WorkerPlan, ...]:
    """Heavy queues get a process per core (at most 8); light work never waits behind them."""
    heavy = max(1, min(cores or os.cpu_count() or 1, 8))
    return (WorkerPlan("ingest", heavy), WorkerPlan("render", heavy), WorkerPlan("light", 2))


@dataclass(frozen=True)
class ModelWorkerPlan:
    """A model host: one process that keeps pipelines warm on one device. `gpu` is its number, "" for what it sees."""

    queue: str
    gpu: str = ""

    @property
    def name(self) -> str:
        return f"{self.queue}-{self.gpu}" if self.gpu else self.queue


def model_worker_plans(environment: Mapping[str, str] = os.environ) -> tuple[ModelWorkerPlan, ...]:
    """A host for each GPU, or one for the processor; none where no model is set up or torch is not installed.

    So an install without models pays nothing for them.
    """
    named = {name: environment.get(name, "").strip() for name in ("CLIP_ENGINE", "CLIP_CHECKPOINT", "HEAD_MODEL_DIR")}
    is_wanted = (named["CLIP_ENGINE"] and named["CLIP_CHECKPOINT"]) or named["HEAD_MODEL_DIR"]
    if not is_wanted or importlib.util.find_spec("torch") is None:
        return ()
    if device_kind(environment.get("MODEL_DEVICE", "").strip() or "auto") == "cpu":
        return (ModelWorkerPlan("cpu_models"),)
    return tuple(ModelWorkerPlan("cuda_models", gpu) for gpu in gpus() or ("0",))


def worker_specs(places: Places) -> list[ChildSpec]:
    models = [model_worker_spec(places, plan) for plan in model_worker_plans()]
    return [*(worker_spec(places, plan) for plan in worker_plans()), *models]


def worker_names() -> list[str]:
    """Those that commands wait for; a model host loads its first weights with the first order."""
    return [f"worker-{plan.queue}" for plan in worker_plans()]


def model_worker_spec(places: Places, plan: ModelWorkerPlan) -> ChildSpec:
    """One process, never replaced for its size: that is the weights it keeps warm."""
    spec = worker_spec(places, WorkerPlan(plan.queue, 1), plan.name)
    lasting = ("--max-memory-per-child", "0", "--max-tasks-per-child", "1000000")
    device = {"CUDA_VISIBLE_DEVICES": plan.gpu} if plan.gpu else {}
    return replace(spec, command=(*spec.command, *lasting), environment={**spec.environment, **device})


def worker_spec(places: Places, plan: WorkerPlan, known_as: str = "") -> ChildSpec:
    """Gossip, mingle and events are off: workers here need not know each other."""
    name = f"worker-{known_as or plan.queue}"
    node = f"{known_as or plan.queue}@{places.install_id}"
    options = ["-Q", plan.queue, "-c", str(plan.processes), "-n", node]
    options += [
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
        "--prefetch-multiplier",
        "1",
        "-O",
        "fair",
    ]
    return ChildSpec(
        name=name,
        command=(sys.executable, "-m", "celery", "-A", "config", "worker", *options),
        log=places.log_file(name),
        environment={**LEAN, **child_environment(places), "ADLOOM_CHILD": name},
        folder=ROOT,
        death_signal=signal.SIGQUIT,
        prepare=lambda: places.ready_file(name).unlink(missing_ok=True),
    )


def scheduler_spec(places: Places) -> ChildSpec:
    schedule = places.run / "schedule"
    return ChildSpec(
        name=SCHEDULER,
        command=(
            *(sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO"),
            *("--schedule", str(schedule), "--pidfile", ""),
        ),
        log=places.log_file(SCHEDULER),
        environment={**child_environment(places), "ADLOOM_CHILD": SCHEDULER},
        folder=ROOT,
    )


def child_environment(places: Places) -> dict[str, str]:
    """Django's checks are for those who change the code: here they would load every page into every worker."""
    return {
        "CELERY_SKIP_CHECKS": "1",
        "ADLOOM_HOME": str(places.home),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.base"),
        "PYTHONUNBUFFERED": "1",
    }
