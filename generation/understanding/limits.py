"""How much of a file is looked at, and what no honest file exceeds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IntakeLimits:
    """`max_seconds`: of a longer file only its beginning is used, so that its frames keep their numbers."""

    max_bytes: int = 8 * 1024**3
    max_seconds: float = 600.0
    max_side: int = 8192
    min_side: int = 32
    max_frame_rate: float = 1000.0
    max_streams: int = 32
    long_side: int = 1920
    probe_seconds: float = 60.0
    probe_memory_bytes: int = 3 * 1024**3
    decode_memory_bytes: int = 8 * 1024**3


DEFAULT_LIMITS = IntakeLimits()

# Frames shorter than this are no shot to work with: half a second.
SHORTEST_SHOT_FRAMES = 15


def beginning_note(limits: IntakeLimits) -> str:
    """What is said of a file that is longer than is looked at."""
    seconds = limits.max_seconds
    length = f"{seconds / 60:g} minutes" if seconds >= 60 else f"{seconds:g} seconds"
    return f"only its first {length} are used"
