"""The first-block cache: steps whose first block changed little skip the rest of the network, where a probe allows it.

The probe makes one request twice from one seed, without and with the cache. Where the pictures
stay within 30 dB of each other the cache is used for these weights, shapes, steps and threshold
from then on, else never: a longer or larger clip is probed anew. What a probe found is kept.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.engines.clips.base import ClipRequest, LoadedEngine, MadeClip, RunControl, bucket_of
from generation.model_host.running import BatchResult, run_batch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_DB = 30.0
"""Peak signal-to-noise ratio a cached picture has to keep to the uncached one."""

NETWORKS = ("transformer", "transformer_2")
"""Where diffusers' pipelines keep what can be cached; a UNet cannot."""


class ProbeBook:
    """What probes found on this machine: PSNR in dB by weights, shapes with their steps, threshold and device."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, key: str) -> float | None:
        return self._all().get(key)

    def put(self, key: str, psnr: float) -> None:
        draft = self._path.with_suffix(f".{os.getpid()}")
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({**self._all(), key: psnr}, indent=1), encoding="utf-8")
        draft.replace(self._path)

    def _all(self) -> dict[str, float]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class CachedRunner:
    """Makes batches with the cache where it is known to do no harm. `threshold` as diffusers has it (0.05 to 0.5)."""

    threshold: float
    book: ProbeBook
    device: str
    least_db: float = LEAST_DB

    def __call__(
        self,
        loaded: LoadedEngine,
        requests: Sequence[ClipRequest],
        control: RunControl,
        free_text: Callable[[], str],
    ) -> BatchResult:
        networks = networks_of(loaded)
        if not networks or requests[0].steps < 2:
            return run_batch(loaded, requests, control, free_text)
        key = f"{loaded.checkpoint_hash}:{bucket_of(requests[0])}:{self.threshold:g}:{self.device}"
        psnr = self.book.get(key)
        if psnr is None:
            return self._probed(key, networks, loaded, requests, control, free_text)
        if psnr < self.least_db:
            return run_batch(loaded, requests, control, free_text)
        with first_block_cache(networks, self.threshold):
            result = run_batch(loaded, requests, control, free_text)
        return replace(result, outcomes=tuple(_marked(each, self.threshold, psnr) for each in result.outcomes))

    def _probed(
        self,
        key: str,
        networks: Sequence[Any],
        loaded: LoadedEngine,
        requests: Sequence[ClipRequest],
        control: RunControl,
        free_text: Callable[[], str],
    ) -> BatchResult:
        """The batch without the cache; then its first request once more with it, to see what it changes."""
        result = run_batch(loaded, requests, control, free_text)
        plain = result.outcomes[0]
        if isinstance(plain, MadeClip):
            quiet = RunControl(is_cancelled=control.is_cancelled)
            with first_block_cache(networks, self.threshold):
                cached = run_batch(loaded, requests[:1], quiet, free_text).outcomes[0]
            if isinstance(cached, MadeClip):
                self.book.put(key, round(psnr_of(plain.frames, cached.frames), 2))
        return result


def networks_of(loaded: LoadedEngine) -> tuple[Any, ...]:
    """The networks of a loaded checkpoint that the cache can be hung on; none for a UNet."""
    pipeline = getattr(loaded, "pipeline", None)
    found = (getattr(pipeline, name, None) for name in NETWORKS)
    return tuple(each for each in found if each is not None and hasattr(each, "enable_cache"))


@contextmanager
def first_block_cache(networks: Sequence[Any], threshold: float) -> Iterator[None]:
    """The cache hung on for one run and taken off again: a run that was broken off leaves no state for the next."""
    from diffusers import FirstBlockCacheConfig

    for network in networks:
        network.enable_cache(FirstBlockCacheConfig(threshold=threshold))
    try:
        yield
    finally:
        for network in networks:
            network.disable_cache()


def psnr_of(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio in dB of 8-bit pictures of one shape; 99 where they are equal."""
    import numpy as np

    error = float(np.mean((first.astype(np.float64) - second.astype(np.float64)) ** 2))
    return 99.0 if error == 0 else min(99.0, 10 * math.log10(255**2 / error))


def _marked(outcome: Any, threshold: float, psnr: float) -> Any:
    if not isinstance(outcome, MadeClip):
        return outcome
    note = {"first_block_cache": {"threshold": threshold, "probe_db": psnr}}
    return replace(outcome, parameters={**outcome.parameters, **note})
