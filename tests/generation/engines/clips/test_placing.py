"""Where weights go on a GPU: whole while there is room, part by part beyond it. Told by a GPU of numbers alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from generation.engines.clips.devices import placed, runs_by_parts, weights_room

torch = pytest.importorskip("torch")
GB = 10**9


@dataclass
class Decoder:
    done: list[str] = field(default_factory=list)

    def enable_slicing(self) -> None:
        self.done.append("slicing")

    def enable_tiling(self) -> None:
        self.done.append("tiling")


@dataclass
class Pipeline:
    """Where its weights are, as diffusers tells it."""

    vae: Decoder = field(default_factory=Decoder)
    device: str = "memory"
    _all_hooks: list[str] = field(default_factory=list)

    def to(self, device: str) -> Pipeline:
        self.device = device
        return self

    def enable_model_cpu_offload(self, device: str) -> None:
        self._all_hooks.append(device)


@pytest.fixture
def gpu(monkeypatch, settings):
    """(free, total, reserved by us) in GB."""
    settings.MODEL_MEMORY_BYTES = 0

    def of(free: int, total: int, ours: int = 0) -> None:
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (free * GB, total * GB))
        monkeypatch.setattr(torch.cuda, "memory_reserved", lambda device: ours * GB)

    return of


def test_room_is_three_quarters_or_what_others_leave_with_our_own(gpu):
    gpu(free=80, total=80)
    assert weights_room("cuda") == 60 * GB
    gpu(free=8, total=80, ours=10)
    assert weights_room("cuda", held_bytes=12 * GB) == 20 * GB


def test_weights_that_fit_go_over_whole_and_a_large_gpu_decodes_without_tiles(gpu):
    gpu(free=80, total=80)

    pipeline = placed(Pipeline(), 40 * GB, "cuda")

    assert (pipeline.device, runs_by_parts(pipeline), pipeline.vae.done) == ("cuda", False, ["slicing"])


def test_weights_beyond_the_room_stay_in_memory_and_come_over_part_by_part(gpu):
    gpu(free=24, total=24)

    pipeline = placed(Pipeline(), 40 * GB, "cuda")

    assert (pipeline.device, runs_by_parts(pipeline), pipeline.vae.done) == ("memory", True, ["slicing", "tiling"])


def test_nothing_changes_on_a_processor():
    pipeline = placed(Pipeline(), 40 * GB, "cpu")

    assert (pipeline.device, pipeline.vae.done) == ("cpu", [])
