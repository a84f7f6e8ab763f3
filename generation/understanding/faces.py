"""Faces by OpenCV 4's own cascades, which need no weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SAME_PLACE = 0.12


@dataclass(frozen=True)
class Face:
    """Centre and size of a face in shares of the picture (0..1)."""

    x: float
    y: float
    width: float
    height: float


def find_faces(looks: Sequence[NDArray[np.uint8]]) -> list[Face]:
    """Faces seen at about the same place in at least half of `looks` (BGR pictures of one shot).

    A cascade takes the odd cup for a face; it seldom does so twice.
    """
    seen = [_faces_in(look) for look in looks]
    needed = max((len(looks) + 1) // 2, 1)
    kept: list[Face] = []
    for face in (face for faces in seen for face in faces):
        if any(_is_same(face, other) for other in kept):
            continue
        if sum(any(_is_same(face, other) for other in faces) for faces in seen) >= needed:
            kept.append(face)
    return kept


def _is_same(one: Face, other: Face) -> bool:
    return abs(one.x - other.x) < _SAME_PLACE and abs(one.y - other.y) < _SAME_PLACE


def _faces_in(look: NDArray[np.uint8]) -> list[Face]:
    import cv2

    height, width = look.shape[:2]
    grey = cv2.equalizeHist(cv2.cvtColor(look, cv2.COLOR_BGR2GRAY))
    least = max(round(min(width, height) * 0.08), 24)
    found = _cascade().detectMultiScale(grey, scaleFactor=1.15, minNeighbors=6, minSize=(least, least))
    boxes = np.asarray(found, dtype=float).reshape(-1, 4).tolist()
    faces = [Face((x + w / 2) / width, (y + h / 2) / height, w / width, h / height) for x, y, w, h in boxes]
    return [face for face in faces if _has_skin(look, face)]


def _has_skin(look: NDArray[np.uint8], face: Face) -> bool:
    """Whether the middle of the find has the hue range all human skin shares (YCrCb); grey film passes."""
    import cv2

    height, width = look.shape[:2]
    top, left = int((face.y - face.height / 4) * height), int((face.x - face.width / 4) * width)
    part = look[max(top, 0) : top + int(face.height * height / 2), max(left, 0) : left + int(face.width * width / 2)]
    if not part.size:
        return False
    red, blue = (cv2.cvtColor(part, cv2.COLOR_BGR2YCrCb)[..., index].astype(int) for index in (1, 2))
    is_skin = (red > 133) & (red < 180) & (blue > 77) & (blue < 130)
    is_grey = (np.abs(red - 128) < 4) & (np.abs(blue - 128) < 4)
    return bool(is_skin.mean() > 0.35 or is_grey.mean() > 0.9)


@lru_cache(maxsize=1)
def _cascade() -> Any:
    import cv2

    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_alt2.xml"))
