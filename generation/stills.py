"""Pictures taken from finished videos: a poster, a contact sheet."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from pathlib import Path

from core.media import run_ffmpeg

POSTER_WIDTH = 540


def save_still(video: Path, target: Path, at_seconds: float = 1.0, width: int = POSTER_WIDTH) -> Path:
    """The frame at `at_seconds` as a JPEG of `width` pixels; the height follows."""
    target.parent.mkdir(parents=True, exist_ok=True)
    run_ffmpeg(
        [
            "-y",
            *("-ss", f"{at_seconds:.3f}", "-protocol_whitelist", "file", "-i", str(video)),
            *("-frames:v", "1", "-vf", f"scale={width}:-2", "-q:v", "4", str(target)),
        ],
        timeout_seconds=60,
    )
    return target


def contact_sheet(videos: Sequence[Path], target: Path, frames_each: int = 6, width: int = 180) -> Path:
    """One row a video, `frames_each` frames spread over it, as one PNG."""
    from PIL import Image

    rows = [_row(video, target.parent, frames_each, width) for video in videos]
    pictures = [[Image.open(path) for path in row] for row in rows]
    gap = 8
    height = max((picture.height for row in pictures for picture in row), default=width)
    sheet = Image.new(
        "RGB", (gap + frames_each * (width + gap), gap + max(1, len(rows)) * (height + gap)), (14, 17, 19)
    )
    for line, row in enumerate(pictures):
        for column, picture in enumerate(row):
            sheet.paste(picture, (gap + column * (width + gap), gap + line * (height + gap)))
    sheet.save(target)
    for path in itertools.chain.from_iterable(rows):
        path.unlink()
    return target


def _row(video: Path, folder: Path, count: int, width: int) -> list[Path]:
    """`count` frames of a video, evenly spread; taken by seeking, so nothing is decoded in full."""
    seconds = _seconds(video)
    paths = []
    for number in range(count):
        path = folder / f".{video.stem}-{number}.jpg"
        paths.append(save_still(video, path, seconds * (number + 0.5) / count, width))
    return paths


def _seconds(video: Path) -> float:
    import av

    with av.open(str(video)) as container:
        duration = container.duration or 0
    return math.floor(duration / 1000) / 1000
