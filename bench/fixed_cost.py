"""A model of fixed cost: each run takes its seconds on a clock we hold, whatever its batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from generation.engines.clips.base import (
    BrokenOutput,
    Cancelled,
    ClipCapabilities,
    ClipRequest,
    MadeClip,
    OutOfDeviceMemory,
    RunControl,
)

BROKEN_SEED = 13


@dataclass
class Stopwatch:
    """Seconds that pass only when somebody spends them."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class FixedCost:
    """A loaded checkpoint whose run takes `cost_seconds`, of which the device holds `largest` requests."""

    checkpoint_hash: str
    watch: Stopwatch
    cost_seconds: float = 10.0
    largest: int = 100
    between_steps: Callable[[int], None] = lambda step: None
    engine: str = "stable-diffusion"
    memory_bytes: int = 2_000_000_000
    capabilities: ClipCapabilities = field(default_factory=lambda: ClipCapabilities(frozenset({"text-to-image"})))
    runs: list[int] = field(default_factory=list)

    def make(self, requests: Sequence[ClipRequest], control: RunControl) -> list[MadeClip]:
        self.runs.append(len(requests))
        if len(requests) > self.largest:
            raise OutOfDeviceMemory("out of memory: tried to allocate 9 GB")
        steps = requests[0].steps
        for step in range(1, steps + 1):
            self.watch.seconds += self.cost_seconds / steps
            self.between_steps(step)
            control.on_step(step, steps)
            if control.is_cancelled():
                raise Cancelled(f"cancelled after {step} of {steps} steps")
        if any(request.seed == BROKEN_SEED for request in requests):
            raise BrokenOutput("the decoded picture has values that are no numbers")
        return [self._made(request, place) for place, request in enumerate(requests)]

    def _made(self, request: ClipRequest, place: int) -> MadeClip:
        frames = np.full((1, request.height, request.width, 3), request.seed % 256, np.uint8)
        return MadeClip(frames, request.fps, {"engine": self.engine, "batch_index": place})


@dataclass
class OnePipeline:
    """Where the host finds it, always warm."""

    loaded: FixedCost
    on_device: frozenset[str] = frozenset()

    def get(self, name: str) -> FixedCost:
        return self.loaded

    def reclaim(self, but: str) -> bool:
        """Nothing else is warm."""
        return False
