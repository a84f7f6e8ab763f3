"""Where the face is in every picture of a take, and which part of it a new mouth replaces.

OpenCV's Haar cascade finds faces without weights; between its finds the box moves smoothly, as a sitting person does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from generation.engines.heads.contracts import Box

LOOK_EVERY = 5
"""Pictures from one search to the next; 200 ms of a sitting person move less than the cascade errs."""

SEARCH_WIDTH = 480
LEAST_SEEN = 0.6
"""Share of the searches that must find a face."""

SMOOTHED_OVER = 9
LEFT, TOP, RIGHT, BOTTOM = 0.08, 0.06, 0.92, 1.05
"""The network's box in shares of the cascade's: ear to ear, brow to just below the chin, the nose in the middle."""

BLUR = 0.16
"""Width of the mask's soft edge in shares of the face's width."""

Picture = NDArray[np.uint8]


def face_boxes(frames: Iterable[Picture], name: str = "footage") -> list[Box]:
    """The network's box for every RGB picture, on even pixels. InputError when no one face is there throughout."""
    finds: list[tuple[int, tuple[float, float, float, float] | None]] = []
    size, count = (0, 0), 0
    for index, frame in enumerate(frames):
        size, count = (frame.shape[1], frame.shape[0]), index + 1
        if index % LOOK_EVERY == 0:
            finds.append((index, largest_face(frame)))
    seen = [(index, box) for index, box in finds if box is not None]
    if not seen or len(seen) < LEAST_SEEN * len(finds):
        share = f"{len(seen)} of {len(finds)} pictures looked at"
        raise InputError(name, f"a face is seen in {share}; film one person from the front, in even light", "no_face")
    places = np.array([index for index, _ in seen], np.float64)
    numbers = np.array([box for _, box in seen], np.float64)
    whole = np.stack([np.interp(np.arange(count), places, column) for column in numbers.T], axis=1)
    return [_network_box(row, size, name) for row in _smoothed(whole)]


def largest_face(frame: Picture) -> tuple[float, float, float, float] | None:
    """x, y, width, height of the cascade's largest find in an RGB picture, None where there is none."""
    import cv2

    scale = min(1.0, SEARCH_WIDTH / frame.shape[1])
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else frame
    grey = cv2.equalizeHist(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    least = max(24, round(min(grey.shape) * 0.12))
    found = _cascade().detectMultiScale(grey, scaleFactor=1.08, minNeighbors=4, minSize=(least, least))
    boxes = np.asarray(found, np.float64).reshape(-1, 4)
    if not len(boxes):
        return None
    x, y, width, height = (float(each) / scale for each in boxes[np.argmax(boxes[:, 2])])
    return x, y, width, height


def lower_mask(box: Box) -> Picture:
    """u8[h, w] over the lower half of a face: 255 at mouth and jaw, soft towards cheeks, nose and neck.

    The edge of the box itself is 0 on all sides: no seam is ever seen, however the network's skin differs.
    """
    import cv2

    part = box.lower
    rows = (np.arange(part.height) + 0.5) / part.height
    columns = ((np.arange(part.width) + 0.5) / part.width - 0.5) * 2
    # The jaw narrows towards the chin: a half ellipse that stands on the nose's height.
    reach = np.sqrt(np.clip(1.0 - np.square(rows[:, None] * 0.97), 0.0, 1.0)) * 0.86
    solid = ((np.abs(columns)[None, :] < reach) & (rows[:, None] > 0.10)).astype(np.float32)
    kernel = max(3, round(box.width * BLUR) // 2 * 2 + 1)
    edge = max(1, kernel // 4)
    solid[:edge], solid[-edge:], solid[:, :edge], solid[:, -edge:] = 0, 0, 0, 0
    soft = cv2.GaussianBlur(solid, (kernel, kernel), kernel / 5, borderType=cv2.BORDER_CONSTANT)
    soft[0], soft[-1], soft[:, 0], soft[:, -1] = 0, 0, 0, 0
    return np.asarray(np.round(soft * 255), np.uint8)


def cut_face(frame: Picture, box: Box, size: tuple[int, int]) -> Picture:
    """The face u8[h, w, 3] at the network's size."""
    import cv2

    part = frame[box.y : box.bottom, box.x : box.right]
    return np.asarray(cv2.resize(part, (size[1], size[0]), interpolation=cv2.INTER_LANCZOS4), np.uint8)


def _smoothed(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """A median against single wrong finds, then a mean against jitter."""
    half = SMOOTHED_OVER // 2
    padded = np.pad(rows, ((half, half), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, SMOOTHED_OVER, axis=0)
    steady = np.pad(np.median(windows, axis=-1), ((half, half), (0, 0)), mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(steady, SMOOTHED_OVER, axis=0).mean(axis=-1))


def _network_box(found: Sequence[float] | NDArray[np.float64], size: tuple[int, int], name: str) -> Box:
    x, y, width, height = (float(each) for each in found)
    left, right = max(0.0, x + LEFT * width), min(float(size[0]), x + RIGHT * width)
    top, bottom = max(0.0, y + TOP * height), min(float(size[1]), y + BOTTOM * height)
    box = Box(int(left / 2) * 2, int(top / 2) * 2, int((right - left) / 2) * 2, int((bottom - top) / 4) * 4)
    if box.width < 32 or box.height < 32 or box.right > size[0] or box.bottom > size[1]:
        raise InputError(name, "the face is too small or leaves the picture; film the person nearer", "face_small")
    return box


@lru_cache(maxsize=1)
def _cascade() -> Any:
    import cv2

    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_alt2.xml"))
