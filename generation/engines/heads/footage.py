"""Footage of a person as RGB pictures, 25 a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from core.media import FfmpegError, ffmpeg_process
from generation.engines.heads.preparing import LONGEST_FRAMES

LONGEST_SIDE = 1280
WHITELIST = "file,pipe"


def shown_size(width: int, height: int) -> tuple[int, int]:
    """The size a host is kept in: at most 1280 on its longer side, both even."""
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return round(width * scale / 2) * 2, round(height * scale / 2) * 2


def read_footage(path: Path, size: tuple[int, int], seconds: float = 60.0) -> Iterator[NDArray[np.uint8]]:
    """RGB u8[height, width, 3] at 25 a second from the first video stream of `path`, scaled to `size` (width, height).

    InputError where it cannot be read. The file is decoded by a process of its own that may open nothing else.
    """
    width, height = size
    arguments = ["-protocol_whitelist", WHITELIST, "-i", str(path), "-an", "-sn", "-dn", "-t", str(seconds)]
    arguments += ["-vf", f"fps=25,scale={width}:{height}:flags=lanczos,format=rgb24"]
    arguments += ["-frames:v", str(LONGEST_FRAMES), "-f", "rawvideo", "pipe:1"]
    try:
        with ffmpeg_process(arguments, timeout_seconds=600.0, with_stdout=True) as running:
            while len(piece := running.stdout.read(width * height * 3)) == width * height * 3:
                yield np.frombuffer(piece, np.uint8).reshape(height, width, 3)
            running.finish()
    except FfmpegError as error:
        raise InputError(path.name, f"cannot be read as a video: {error}", "unreadable") from error
