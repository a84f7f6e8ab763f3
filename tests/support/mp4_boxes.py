"""The outermost boxes of an MP4 file, for tests that look at it or damage it."""

from __future__ import annotations

import os
from pathlib import Path

from generation.provenance.boxes import Box, walk_boxes


def top_level_boxes(path: Path) -> tuple[Box, ...]:
    with path.open("rb") as file:
        return tuple(walk_boxes(file, 0, os.fstat(file.fileno()).st_size))
