"""Pictures taken from finished videos: a poster, a contact sheet."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.media import run_ffmpeg

if TYPE_CHECKING:
    from PIL import Image

POSTER_WIDTH = 540
SHEET_GAP = 8
SHEET_GROUND = (14, 17, 19)


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
    rows = [_row(video, target.parent, frames_each, width) for video in videos]
    grid(rows, target, width)
    for path in itertools.chain.from_iterable(rows):
        path.unlink()
    return target


def grid(rows: Sequence[Sequence[Path]], target: Path, width: int = 180) -> Path:
    """Pictures in rows, each `width` pixels wide, as one picture of the kind the name ends in."""
    from PIL import Image

    target.parent.mkdir(parents=True, exist_ok=True)
    pictures = [[_scaled(path, width) for path in row] for row in rows]
    columns = max((len(row) for row in pictures), default=1)
    height = max((picture.height for row in pictures for picture in row), default=width)
    size = (SHEET_GAP + columns * (width + SHEET_GAP), SHEET_GAP + max(1, len(rows)) * (height + SHEET_GAP))
    sheet = Image.new("RGB", size, SHEET_GROUND)
    for line, row in enumerate(pictures):
        for column, picture in enumerate(row):
            sheet.paste(picture, (SHEET_GAP + column * (width + SHEET_GAP), SHEET_GAP + line * (height + SHEET_GAP)))
    sheet.save(target)
    return target


def _scaled(path: Path, width: int) -> Image.Image:
    from PIL import Image

    with Image.open(path) as picture:
        height = round(picture.height * width / picture.width)
        return picture.convert("RGB") if picture.width == width else picture.convert("RGB").resize((width, height))


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
