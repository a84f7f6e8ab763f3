"""The processes that host conversations: one answers, one sends."""

from __future__ import annotations

import sys

from core.processes.children import ChildSpec
from core.processes.places import Places
from core.processes.workers import ROOT, child_environment

SERVICE = "conversations"
ROLES = ("brain", "sender")
DRAIN_SECONDS = 25.0
"""What is on its way has 15 s to arrive; a turn that waits for a language model about as long."""


def conversation_names() -> list[str]:
    return [f"{SERVICE}-{role}" for role in ROLES]


def conversation_specs(places: Places) -> list[ChildSpec]:
    """They find PostgreSQL up: the keeper starts it before them."""
    return [_spec(places, role) for role in ROLES]


def _spec(places: Places, role: str) -> ChildSpec:
    name = f"{SERVICE}-{role}"
    return ChildSpec(
        name=name,
        command=(sys.executable, "manage.py", "run_conversations", "--role", role, "--kept"),
        log=places.log_file(name),
        environment={**child_environment(places), "ADLOOM_CHILD": name},
        folder=ROOT,
        stop_seconds=DRAIN_SECONDS,
        prepare=lambda: places.ready_file(name).unlink(missing_ok=True),
    )
