"""The platform's parts one by one, for installs that spread over machines: the very processes that `serve` keeps."""

from __future__ import annotations

from dataclasses import replace

from core.errors import InputError
from core.processes.children import ChildSpec
from core.processes.conversations import conversation_names, conversation_specs
from core.processes.live_hosts import SERVICE as LIVE_HOSTS
from core.processes.live_hosts import live_host_specs
from core.processes.places import Places
from core.processes.web import SERVICE as WEB
from core.processes.web import web_spec
from core.processes.workers import (
    SCHEDULER,
    ModelWorkerPlan,
    model_worker_spec,
    scheduler_spec,
    worker_names,
    worker_plans,
    worker_spec,
)

MODEL_HOSTS = {f"worker-{queue}": ModelWorkerPlan(queue) for queue in ("cpu_models", "cuda_models")}
"""One process on the device it sees; a container or unit a GPU."""


def part_names() -> list[str]:
    return [WEB, *worker_names(), *MODEL_HOSTS, SCHEDULER, *conversation_names(), LIVE_HOSTS]


def part_spec(places: Places, name: str, *, host: str, port: int, processes: int = 0) -> ChildSpec:
    """How to run one part; `processes` is how many tasks a worker does at a time, 0 for what suits this machine.

    InputError for a name no part has.
    """
    plans = {f"worker-{plan.queue}": plan for plan in worker_plans()}
    if name in plans:
        return worker_spec(places, replace(plans[name], processes=processes or plans[name].processes))
    if name in MODEL_HOSTS:
        return model_worker_spec(places, MODEL_HOSTS[name])
    others = [
        web_spec(places, port, host),
        scheduler_spec(places),
        *conversation_specs(places),
        *live_host_specs(places),
    ]
    found = next((spec for spec in others if spec.name == name), None)
    if found is None:
        raise InputError(name, f"is no part of the platform; there are {', '.join(part_names())}")
    return found
