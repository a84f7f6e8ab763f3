"""What an engine is told when it starts. It lies in memory that has no name: stream keys touch no disk and no `ps`."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from avatar.contracts import Comment, RoomConfig
from core.contracts import dump, load

FACES = "avatar.live.stage:faces_stage"


@dataclass(frozen=True)
class RoomSetup:
    """One broadcast. `outputs` as given by --output, `seconds` None for endless, `folder` holds what it keeps.

    When every output is lost for `lost_seconds` it ends.
    `faces` is where drawn hosts are kept.
    `guest_delay_seconds` is how long everything is held back from the outputs, so that a viewer on air can be
    dumped; 0 where nobody is let on air.
    `head` is a prepared head and `heads` where its worker is found; both None for a drawn host.
    `stage` names the function that makes the pictures, `module:function`; `figures` is a file for measurements,
    in which lateness counts from `settle_seconds` on. Over `memory_bytes` an engine gives way to a new one.
    """

    config: RoomConfig
    outputs: tuple[str, ...]
    log: Path
    folder: Path
    comments: tuple[Comment, ...] = ()
    seconds: float | None = None
    is_paced: bool = True
    answer_seconds: float = 0.5
    stage: str = FACES
    preset: str = "superfast"
    has_priority: bool = False
    lost_seconds: float = 60.0
    faces: Path | None = None
    figures: Path | None = None
    head: Path | None = None
    heads: Path | None = None
    settle_seconds: float = 0.0
    memory_bytes: int = 700 << 20
    guest_delay_seconds: float = 0.0

    @property
    def cursor(self) -> Path:
        return self.folder / "cursor.json"


def keep_in_memory(setup: RoomSetup) -> int:
    """A file descriptor from which every start of an engine reads `setup`; the caller closes it."""
    memory = os.memfd_create("room-setup")
    os.write(memory, json.dumps(dump(setup), ensure_ascii=False).encode())
    return memory


def read_from_memory(memory: int) -> RoomSetup:
    """The setup, however often it was read before."""
    return load(RoomSetup, json.loads(os.pread(memory, os.fstat(memory).st_size, 0)))
