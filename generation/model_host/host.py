"""A model host: one thread, one device. It chooses a batch, makes it, books it, and looks again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from core.clock import Clock, system_clock
from core.errors import AdloomError, TerminalError
from generation.engines.clips.base import Cancelled, ClipRequest, LoadedEngine, RunControl
from generation.model_host.batching import Batch, Rules, Shares, Waiting, charge, next_batch, next_look_at
from generation.model_host.running import BatchResult, DeviceTooSmall, run_batch
from generation.model_host.shots import Claimed, Outcome, Shots

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often a run looks whether anybody still wants it, and says how far it is: a query, whatever a step takes."""

SHORTEST_PAUSE_SECONDS = 0.01

Elapsed = Callable[[], float]
Runner = Callable[[LoadedEngine, Sequence[ClipRequest], RunControl, Callable[[], str]], BatchResult]


class Pipelines(Protocol):
    """Where a host gets loaded checkpoints from, by the name `identity.pipeline_name` gives."""

    @property
    def on_device(self) -> frozenset[str]: ...

    def get(self, name: str) -> LoadedEngine: ...

    def reclaim(self, but: str) -> bool:
        """Have every other pipeline leave the device; whether any did."""
        ...


class CheckpointChanged(TerminalError):
    """The files of the checkpoint are not those that were ordered from: `checkpoints verify` says which differ."""

    code = "checkpoint_changed"


class Watched:
    """A run between its steps: told on seldom, stopped when nobody wants any shot of it any more."""

    def __init__(self, shots: Shots, claimed: Sequence[Claimed], elapsed: Elapsed, pause_seconds: float) -> None:
        self._shots, self._claimed, self._elapsed, self._pause = shots, claimed, elapsed, pause_seconds
        self._share = 0.0
        self._looked_at = elapsed()
        self.wanted = frozenset(each.key for each in claimed)

    def control(self) -> RunControl:
        return RunControl(self._step, lambda: not self.wanted)

    def _step(self, done: int, total: int) -> None:
        self._share = done / total if total else 0.0
        if self._elapsed() - self._looked_at >= self._pause:
            self._looked_at = self._elapsed()
            self.wanted = self._shots.tell(self._claimed, self._share)


class Host:
    """One device's worth of work.

    `rules` say when and how many; `runner` makes a batch; `open_places` is told where the weights of
    a pipeline lie before it is loaded. `limits` remembers what did not fit at once.
    """

    def __init__(
        self,
        shots: Shots,
        pipelines: Pipelines,
        rules: Rules,
        *,
        clock: Clock = system_clock,
        elapsed: Elapsed = time.monotonic,
        runner: Runner = run_batch,
        free_text: Callable[[], str] = lambda: "",
        know_place: Callable[[Claimed], None] = lambda claimed: None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.shots, self.pipelines, self.rules = shots, pipelines, rules
        self.shares = Shares()
        self.limits: dict[str, int] = {}
        self._clock, self._elapsed, self._runner, self._free_text = clock, elapsed, runner, free_text
        self._know_place, self._look_seconds = know_place, look_seconds

    def step(self) -> float | None:
        """Make one batch where one is due. Seconds until the next look; None where nothing waits at all."""
        waiting = self.shots.waiting()
        now = self._clock.now().timestamp()
        batch = next_batch(waiting, now, self.rules, self.shares, self.pipelines.on_device, self.limits)
        if batch is None:
            due = next_look_at(waiting, self.rules, self.limits)
            return None if due is None else max(due - now, SHORTEST_PAUSE_SECONDS)
        self._make(batch, waiting)
        return 0.0

    def _make(self, batch: Batch, waiting: Sequence[Waiting]) -> None:
        claimed = self.shots.claim([shot.key for shot in batch.shots])
        if not claimed:
            return
        began = self._elapsed()
        with self.shots.kept_alive(claimed):
            outcomes, seconds = self._outcomes(batch, claimed)
            for each, outcome in zip(claimed, outcomes, strict=True):
                self.shots.book(each, outcome, seconds / len(claimed))
        self.shares = charge(self.shares, batch, self._elapsed() - began, waiting)

    def _outcomes(self, batch: Batch, claimed: Sequence[Claimed]) -> tuple[list[Outcome], float]:
        """What came of each, and how long the device ran for them (without loading weights)."""
        began = self._elapsed()
        try:
            self._know_place(claimed[0])
            loaded = self.pipelines.get(batch.pipeline)
            _require_same(loaded, claimed[0])
            requests = [each.opened() for each in claimed]
            began = self._elapsed()
            watched = Watched(self.shots, claimed, self._elapsed, self._look_seconds)
            result = self._made_with_room(batch.pipeline, loaded, requests, watched.control())
        except Cancelled as error:
            return [error] * len(claimed), self._elapsed() - began
        except AdloomError as error:
            return [error] * len(claimed), 0.0
        except Exception as error:
            logger.exception("a batch of %d on %s broke", len(claimed), batch.pipeline)
            return [TerminalError(f"{type(error).__name__}: {error}")] * len(claimed), self._elapsed() - began
        if 0 < result.fitted < len(claimed):
            self.limits[batch.bucket] = result.fitted
        return list(result.outcomes), self._elapsed() - began

    def _made_with_room(
        self, pipeline: str, loaded: LoadedEngine, requests: Sequence[ClipRequest], control: RunControl
    ) -> BatchResult:
        """What does not fit even alone is made once more with the device to itself, where it was shared."""
        result = self._runner(loaded, requests, control, self._free_text)
        lacking = [place for place, outcome in enumerate(result.outcomes) if isinstance(outcome, DeviceTooSmall)]
        if not lacking or not self.pipelines.reclaim(pipeline):
            return result
        again = self._runner(loaded, [requests[place] for place in lacking], control, self._free_text)
        better = dict(zip(lacking, again.outcomes, strict=True))
        outcomes = tuple(better.get(place, outcome) for place, outcome in enumerate(result.outcomes))
        return BatchResult(outcomes, max(result.fitted, again.fitted))


def _require_same(loaded: LoadedEngine, claimed: Claimed) -> None:
    if loaded.checkpoint_hash != claimed.checkpoint_hash:
        raise CheckpointChanged(
            f"{claimed.checkpoint}: its files are not those that were ordered from; see checkpoints verify"
        )
