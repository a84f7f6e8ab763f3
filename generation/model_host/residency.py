"""Which pipelines stay on the device, wait in the machine's memory, or go. Pure; sizes in bytes.

The least recently used gives way first: from the device it is put off into memory, which costs
seconds to undo, and only what memory cannot hold is let go and has to be loaded anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Place = Literal["device", "memory"]


@dataclass(frozen=True)
class Resident:
    """A loaded pipeline: where its weights are, and when it was last used (any rising number)."""

    pipeline: str
    size_bytes: int
    place: Place
    used_at: float


@dataclass(frozen=True)
class Room:
    """How much of each place pipelines may take; a machine without a GPU has only the device."""

    device_bytes: int
    memory_bytes: int = 0


@dataclass(frozen=True)
class Moves:
    """What to do, in this order: let these go, put those off; then there is room, or `fits` is False."""

    evict: tuple[str, ...] = ()
    offload: tuple[str, ...] = ()
    fits: bool = True


def make_room(residents: Sequence[Resident], wanted_bytes: int, room: Room) -> Moves:
    """What has to leave the device so that `wanted_bytes` more find room there."""
    on_device = sorted((each for each in residents if each.place == "device"), key=lambda each: each.used_at)
    taken = sum(each.size_bytes for each in on_device)
    leaving: list[Resident] = []
    while on_device and taken + wanted_bytes > room.device_bytes:
        leaving.append(on_device.pop(0))
        taken -= leaving[-1].size_bytes
    stay, go = _into_memory(residents, leaving, room)
    return Moves(go, stay, fits=taken + wanted_bytes <= room.device_bytes)


def _into_memory(
    residents: Sequence[Resident], leaving: Sequence[Resident], room: Room
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(put off, let go) of those that leave the device and those that wait in memory already."""
    waiting = [each for each in residents if each.place == "memory"]
    kept = [*waiting, *(replace(each, place="memory") for each in leaving)]
    kept.sort(key=lambda each: each.used_at)
    gone: list[str] = []
    while kept and sum(each.size_bytes for each in kept) > room.memory_bytes:
        gone.append(kept.pop(0).pipeline)
    names = {each.pipeline for each in leaving}
    return tuple(each.pipeline for each in kept if each.pipeline in names), tuple(gone)
