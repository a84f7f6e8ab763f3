"""A few frames of a shot, from our own normalised copy of a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import InputError
from generation.describing.boxes import Look

LOOKS_PER_SHOT = 5
LONG_SIDE = 960
TOLD_LOOKS = 3
TOLD_SIDE = 512


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file for `looks_of`; InputError names one that cannot be read."""
    import cv2

    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise InputError(path.name, "cannot be read", "unreadable")
        yield capture
    finally:
        capture.release()


def looks_of(capture: Any, start_frame: int, end_frame: int) -> list[Look]:
    """Up to five frames spread over a shot, long side at most 960; empty where none can be decoded."""
    import cv2

    count = min(LOOKS_PER_SHOT, max(end_frame - start_frame, 1))
    places = np.linspace(start_frame, max(end_frame - 1, start_frame), count + 2).round().astype(int)[1:-1]
    looks = []
    for place in places:
        capture.set(cv2.CAP_PROP_POS_FRAMES, int(place))
        is_read, frame = capture.read()
        if is_read:
            looks.append(_within(frame, LONG_SIDE))
    return looks


def read_picture(path: Path) -> Look | None:
    """A picture file as a look; None where it is none."""
    import cv2

    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    return None if picture is None else _within(np.asarray(picture, np.uint8), LONG_SIDE)


def as_jpegs(looks: list[Look]) -> list[bytes]:
    """Three of the looks as a vision model is shown them: small enough that a shot costs few tokens."""
    import cv2

    places = np.unique(np.linspace(0, len(looks) - 1, min(TOLD_LOOKS, len(looks))).round().astype(int))
    shown = [_within(looks[place], TOLD_SIDE) for place in places]
    return [cv2.imencode(".jpg", look, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes() for look in shown]


def _within(frame: Look, side: int) -> Look:
    import cv2

    scale = side / max(frame.shape[:2])
    if scale >= 1:
        return np.asarray(frame, np.uint8)
    size = (max(round(frame.shape[1] * scale), 2), max(round(frame.shape[0] * scale), 2))
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
