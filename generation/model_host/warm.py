"""Pipelines kept warm on one device: the least recently used is put off into memory, then let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from generation.engines.clips.base import LoadedEngine, OutOfDeviceMemory
from generation.engines.clips.devices import runs_by_parts
from generation.model_host.residency import Place, Resident, Room, make_room
from generation.model_host.running import DeviceTooSmall


class WarmEngine(LoadedEngine, Protocol):
    """A loaded checkpoint whose weights can be moved: `pipeline.to(device)`, as diffusers has it."""

    pipeline: Any


@dataclass
class _Kept:
    engine: WarmEngine
    place: Place
    used_at: int


@dataclass
class WarmPipelines:
    """All pipelines of a process; one thread uses them, since caches and offload keep state in the weights.

    `room` is asked with the bytes of weights held on the device and in memory, whenever room is wanted: other
    programs come and go. `load` gets a pipeline by name onto the device; `size_of` says about how many bytes it
    will take before it is loaded. `release` lets go what the device still holds of weights that left.
    """

    device: str
    room: Callable[[int, int], Room]
    load: Callable[[str], LoadedEngine]
    size_of: Callable[[str], int]
    release: Callable[[], None] = lambda: None
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _uses: int = 0

    @property
    def on_device(self) -> frozenset[str]:
        """Pipelines that run without a detour."""
        return frozenset(name for name, kept in self._kept.items() if kept.place == "device")

    @property
    def in_memory(self) -> frozenset[str]:
        return frozenset(name for name, kept in self._kept.items() if kept.place == "memory")

    def get(self, name: str) -> LoadedEngine:
        """The pipeline on the device, others put off or let go for it. CheckpointRefused, DeviceTooSmall."""
        self._uses += 1
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = _Kept(self._loaded(name), "device", self._uses)
        elif kept.place == "memory":
            self._free(kept.engine.memory_bytes, but=name)
            kept.engine.pipeline.to(self.device)
            kept.place = "device"
        kept.used_at = self._uses
        return kept.engine

    def clear(self, but: str = "") -> None:
        """Let go everything else."""
        for name in [name for name in self._kept if name != but]:
            del self._kept[name]
        self.release()

    def reclaim(self, but: str) -> bool:
        """Everything else leaves the device, into memory where that has room; whether anything was there."""
        was_there = bool(self.on_device - {but})
        self._leave(self._room_makers(but), Room(0, self._room().memory_bytes), 0)
        return was_there

    def _loaded(self, name: str) -> WarmEngine:
        """A second try with the device to itself: sizes told beforehand are estimates."""
        self._free(self.size_of(name), but=name)
        try:
            return cast(WarmEngine, self.load(name))
        except OutOfDeviceMemory:
            self.clear()
        try:
            return cast(WarmEngine, self.load(name))
        except OutOfDeviceMemory as error:
            size = self.size_of(name) / 1e9
            raise DeviceTooSmall(f"the weights of {name.split(':')[0]} take {size:.1f} GB and do not fit") from error

    def _free(self, wanted_bytes: int, but: str) -> None:
        self._leave(self._room_makers(but), self._room(), wanted_bytes)

    def _room(self) -> Room:
        held = {"device": 0, "memory": 0}
        for kept in self._kept.values():
            held[kept.place] += kept.engine.memory_bytes
        return self.room(held["device"], held["memory"])

    def _room_makers(self, but: str) -> list[Resident]:
        return [
            Resident(name, kept.engine.memory_bytes, kept.place, kept.used_at)
            for name, kept in self._kept.items()
            if name != but
        ]

    def _leave(self, others: Sequence[Resident], room: Room, wanted_bytes: int) -> None:
        moves = make_room(others, wanted_bytes, room)
        for name in moves.offload:
            if runs_by_parts(self._kept[name].engine.pipeline):
                # Its parts come and go by themselves, and cannot be told to stay away.
                del self._kept[name]
                continue
            self._kept[name].engine.pipeline.to("cpu")
            self._kept[name].place = "memory"
        for name in moves.evict:
            del self._kept[name]
        if moves.offload or moves.evict:
            self.release()


def weight_bytes(folder: Path) -> int:
    """About what a checkpoint takes once loaded: the bytes of its weights on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*.safetensors"))
