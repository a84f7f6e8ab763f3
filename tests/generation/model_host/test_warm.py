"""Pipelines stay warm while there is room, and give way in order."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from generation.engines.clips.base import OutOfDeviceMemory
from generation.model_host.residency import Room
from generation.model_host.running import DeviceTooSmall
from generation.model_host.warm import WarmPipelines, weight_bytes


@dataclass
class Pipeline:
    """Where its weights are."""

    device: str = "cuda"

    def to(self, device: str) -> None:
        self.device = device


@dataclass
class Loaded:
    memory_bytes: int
    pipeline: Pipeline = field(default_factory=Pipeline)


@dataclass
class Shelf:
    """Loads what it is asked for, but no more than the device holds."""

    sizes: dict[str, int]
    refusals: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)

    def load(self, name: str) -> Loaded:
        self.loads.append(name)
        if name in self.refusals:
            self.refusals.remove(name)
            raise OutOfDeviceMemory("out of memory")
        return Loaded(self.sizes[name])

    def size_of(self, name: str) -> int:
        return self.sizes[name]


def warm_on(shelf: Shelf, room: Room) -> WarmPipelines:
    return WarmPipelines("cuda", lambda held, put_off: room, shelf.load, shelf.size_of)


def test_a_pipeline_is_loaded_once_and_put_off_when_another_needs_its_room():
    shelf = Shelf({"wan": 60, "ltx": 50})
    warm = warm_on(shelf, Room(100, 100))

    wan = warm.get("wan")
    warm.get("ltx")
    assert (wan.pipeline.device, warm.on_device, warm.in_memory) == ("cpu", {"ltx"}, {"wan"})
    assert warm.get("wan") is wan

    assert (wan.pipeline.device, warm.on_device, warm.in_memory) == ("cuda", {"wan"}, {"ltx"})
    assert shelf.loads == ["wan", "ltx"]


def test_without_memory_to_wait_in_it_is_loaded_anew():
    shelf = Shelf({"wan": 60, "ltx": 50})
    warm = warm_on(shelf, Room(100))

    for name in ("wan", "ltx", "wan"):
        warm.get(name)

    assert shelf.loads == ["wan", "ltx", "wan"]
    assert warm.on_device == {"wan"}


def test_a_load_that_runs_out_of_memory_gets_the_device_to_itself():
    shelf = Shelf({"wan": 40, "ltx": 40}, refusals=["ltx"])
    warm = warm_on(shelf, Room(100, 100))
    warm.get("wan")

    warm.get("ltx")

    assert warm.on_device == {"ltx"}
    assert shelf.loads == ["wan", "ltx", "ltx"]


def test_a_run_that_needs_the_whole_device_has_the_others_put_off():
    shelf = Shelf({"wan": 40, "ltx": 40})
    warm = warm_on(shelf, Room(100, 100))
    warm.get("wan")
    warm.get("ltx")

    assert warm.reclaim("ltx")

    assert (warm.on_device, warm.in_memory) == ({"ltx"}, {"wan"})
    assert not warm.reclaim("ltx")


def test_room_is_what_other_programs_leave_with_what_is_held_already():
    shelf = Shelf({"wan": 40, "ltx": 40})
    free = 90
    warm = WarmPipelines("cuda", lambda held, put_off: Room(min(75, free + held), 100), shelf.load, shelf.size_of)
    warm.get("wan")
    free = 10  # a language model's server came and took 40

    warm.get("ltx")

    assert (warm.on_device, warm.in_memory) == ({"ltx"}, {"wan"})


def test_a_pipeline_that_runs_part_by_part_is_let_go_and_not_put_off():
    shelf = Shelf({"large": 90, "small": 40})
    warm = warm_on(shelf, Room(100, 100))
    warm.get("large").pipeline._all_hooks = ["text_encoder", "transformer"]

    warm.get("small")

    assert (warm.on_device, warm.in_memory) == ({"small"}, frozenset())


def test_weights_that_fit_nowhere_are_named_with_their_size():
    shelf = Shelf({"wan:0123": 90_000_000_000}, refusals=["wan:0123", "wan:0123"])

    with pytest.raises(DeviceTooSmall, match=r"weights of wan take 90\.0 GB"):
        warm_on(shelf, Room(100)).get("wan:0123")


def test_what_weights_will_take_is_told_from_their_files(tmp_path):
    (tmp_path / "unet").mkdir()
    (tmp_path / "unet" / "a.safetensors").write_bytes(bytes(70))
    (tmp_path / "config.json").write_bytes(bytes(30))

    assert weight_bytes(tmp_path) == 70
