"""The process that puts live rooms on air: it starts a process for each room that is wanted there."""

from __future__ import annotations

import sys

from core.processes.children import ChildSpec
from core.processes.places import Places
from core.processes.workers import ROOT, child_environment

SERVICE = "live_hosts"
DRAIN_SECONDS = 20.0
"""Rooms close their files and say goodbye to their platforms."""


def live_host_specs(places: Places) -> list[ChildSpec]:
    """It finds PostgreSQL up: the keeper starts it before."""
    return [
        ChildSpec(
            name=SERVICE,
            command=(sys.executable, "manage.py", "run_live_hosts", "--kept"),
            log=places.log_file(SERVICE),
            environment={**child_environment(places), "ADLOOM_CHILD": SERVICE},
            folder=ROOT,
            stop_seconds=DRAIN_SECONDS,
            prepare=lambda: places.ready_file(SERVICE).unlink(missing_ok=True),
        )
    ]
