"""Persons, products and burnt-in lines, found by OpenCV without any weights to fetch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.described import Box
from generation.understanding.faces import Face, find_faces
from generation.understanding.looks import burnt_text_boxes, grey

Look = NDArray[np.uint8]
"""One frame as (h, w, 3), BGR."""

WORKING_SIDE = 480
SURE_PERSON = 1.0
LEAST_MATCHES = 12
CLEAR_MATCH = 0.72
_TRUNK_BELOW_FACE = 6.0
_TRUNK_BESIDE_FACE = 2.6


def find_subtitles(looks: Sequence[Look]) -> tuple[Box, ...]:
    """Lines of lettering that stand while the picture moves, in `looks` of one shot."""
    height, width = looks[0].shape[:2]
    return tuple(_shares(*box, width, height) for box in burnt_text_boxes([grey(look) for look in looks]))


def find_persons(looks: Sequence[Look]) -> tuple[Box, ...]:
    """Persons of one shot: whole ones by their outline, others by a face seen in half of `looks`.

    The outline detector is OpenCV's own histogram of gradients; it wants somebody upright.
    """
    middle = looks[len(looks) // 2]
    whole = _outlines(middle)
    partly = [_around(face) for face in find_faces(looks)]
    return (*whole, *(each for each in partly if not any(_overlap(each, other) > 0.3 for other in whole)))


def find_product(look: Look, picture: Look) -> Box | None:
    """Where the thing in `picture` is seen in `look`, by features that agree on one perspective; None where not."""
    import cv2

    (points, features), (own_points, own_features) = _features(look), _features(picture)
    if features is None or own_features is None or len(features) < 2:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(own_features, features, k=2)
    clear = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < CLEAR_MATCH * pair[1].distance]
    if len(clear) < LEAST_MATCHES:
        return None
    source = np.asarray([own_points[match.queryIdx].pt for match in clear], np.float32)
    target = np.asarray([points[match.trainIdx].pt for match in clear], np.float32)
    lie, agreeing = cv2.findHomography(source, target, cv2.RANSAC, 4.0)
    if lie is None or int(agreeing.sum()) < LEAST_MATCHES:
        return None
    left, top, width, height = cv2.boundingRect(target[agreeing.ravel().astype(bool)])
    scale = _scale(look)
    return _shares(left, top, width, height, round(look.shape[1] * scale), round(look.shape[0] * scale))


def _features(picture: Look) -> tuple[Any, Any]:
    import cv2

    scale = _scale(picture)
    light = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(light, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else light
    return cv2.SIFT_create(nfeatures=1500).detectAndCompute(small, None)  # type: ignore[attr-defined]  # absent in the stubs


def _scale(picture: Look) -> float:
    return min(WORKING_SIDE / min(picture.shape[:2]), 1.0)


def _outlines(look: Look) -> tuple[Box, ...]:

    height, width = look.shape[:2]
    found, weights = _outline_detector().detectMultiScale(look, winStride=(8, 8), padding=(8, 8), scale=1.06)
    weighed = zip(np.asarray(found).reshape(-1, 4), np.asarray(weights).ravel(), strict=True)
    sure = sorted((pair for pair in weighed if pair[1] >= SURE_PERSON), key=lambda pair: -pair[1])
    kept: list[Box] = []
    for rectangle, _ in sure:
        left, top, wide, high = (int(each) for each in rectangle)
        box = _shares(left, top, wide, high, width, height)
        if not any(_overlap(box, other) > 0.4 for other in kept):
            kept.append(box)
    return tuple(kept)


@lru_cache(maxsize=1)
def _outline_detector() -> Any:
    import cv2

    detector = cv2.HOGDescriptor()
    detector.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())  # type: ignore[attr-defined]  # absent in the stubs
    return detector


def _around(face: Face) -> Box:
    """Head, shoulders and what is below, as far as the picture goes."""
    left = max(face.x - _TRUNK_BESIDE_FACE * face.width / 2, 0.0)
    top = max(face.y - 0.8 * face.height, 0.0)
    right = min(face.x + _TRUNK_BESIDE_FACE * face.width / 2, 1.0)
    bottom = min(face.y + _TRUNK_BELOW_FACE * face.height, 1.0)
    return _rounded(left, top, right - left, bottom - top)


def _shares(left: float, top: float, width: float, height: float, of_width: int, of_height: int) -> Box:
    """A rectangle in pixels as shares, kept inside the picture."""
    right, bottom = min((left + width) / of_width, 1.0), min((top + height) / of_height, 1.0)
    left, top = max(left / of_width, 0.0), max(top / of_height, 0.0)
    return _rounded(left, top, right - left, bottom - top)


def _rounded(left: float, top: float, width: float, height: float) -> Box:
    return Box(round(left, 4), round(top, 4), round(width, 4), round(height, 4))


def _overlap(one: Box, other: Box) -> float:
    """Common area by that of the smaller."""
    width = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    height = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    least = min(one.width * one.height, other.width * other.height)
    return width * height / least if width > 0 and height > 0 and least > 0 else 0.0
