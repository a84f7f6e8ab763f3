"""One file on its way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generation.understanding.limits import IntakeLimits


@dataclass(frozen=True)
class Incoming:
    """Where a file lies, the one demuxer it is opened with, where its results go."""

    path: Path
    demuxer: str
    sha256: str
    home: Path
    work: Path
    limits: IntakeLimits
    on_progress: Callable[[float], None]

    @property
    def materials(self) -> Path:
        return self.home / "materials"
