"""The host of this process: built with the first message, kept as long as the process lives."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from django.conf import settings

from generation.checkpoints.folders import find_checkpoint
from generation.engines.clips.base import LoadedEngine
from generation.engines.clips.engines import engine_named
from generation.model_host import devices
from generation.model_host.batching import Rules
from generation.model_host.host import Host, Runner
from generation.model_host.identity import pipeline_name
from generation.model_host.orders import ring
from generation.model_host.running import run_batch
from generation.model_host.shots import BookedShots, Claimed
from generation.model_host.step_cache import CachedRunner, ProbeBook
from generation.model_host.warm import WarmPipelines, weight_bytes

DRAIN_SECONDS = 45.0
"""A message is answered for within the broker's patience with it; what is left is fetched by the next one."""


class Places:
    """Where the weights of the pipelines lie that orders asked for."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._known: dict[str, tuple[str, Path]] = {}

    def know(self, claimed: Claimed) -> None:
        """InputError where this machine does not have the checkpoint."""
        name = pipeline_name(claimed.engine, claimed.checkpoint_hash)
        if name not in self._known:
            self._known[name] = (claimed.engine, find_checkpoint(claimed.checkpoint).folder)

    def load(self, name: str) -> LoadedEngine:
        engine, folder = self._known[name]
        return engine_named(engine).load(folder, self._device)

    def size_of(self, name: str) -> int:
        """On a GPU weights are loaded as they lie there, in half precision."""
        return weight_bytes(self._known[name][1])


def open_host(device: str) -> Host:
    """A host for `device` ("cpu" or "cuda": the GPU this process sees) by the settings; `telling` says what it has."""
    places = Places(device)
    room = partial(devices.device_room, device)
    warm = WarmPipelines(device, room, places.load, places.size_of, lambda: devices.release(device))
    rules = Rules(largest_batch=settings.CLIP_BATCH, wait_seconds=settings.CLIP_BATCH_WAIT_MS / 1000)
    return Host(
        BookedShots(device),
        warm,
        rules,
        runner=_runner(device),
        free_text=lambda: devices.free_text(device),
        know_place=places.know,
    )


def _runner(device: str) -> Runner:
    if not settings.CLIP_STEP_CACHE_PERCENT:
        return run_batch
    book = ProbeBook(Path(settings.ADLOOM_HOME) / "step-cache-probes.json")
    return CachedRunner(settings.CLIP_STEP_CACHE_PERCENT / 100, book, device)


@cache
def host_of(device: str) -> Host:
    return open_host(device)


def drain(device: str, seconds: float = DRAIN_SECONDS, sleep: Callable[[float], None] = time.sleep) -> None:
    """Make what is due until nothing waits, or `seconds` are over; then the next message goes on."""
    host, began = host_of(device), time.monotonic()
    while True:
        pause = host.step()
        if pause is None:
            return
        if time.monotonic() - began > seconds:
            ring(device)
            return
        if pause:
            sleep(pause)
