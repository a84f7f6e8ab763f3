"""Measures of single pictures: sharpness, exposure, detail, burnt-in text, perceptual hash."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


def grey(look: Bytes) -> Bytes:
    """BGR as light alone."""
    import cv2

    return np.asarray(cv2.cvtColor(look, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def sharpness(light: Bytes) -> float:
    """0..1 from the sharpest tenth of the picture: a soft background is no fault of a close-up.

    Per tile of 1/8 the mean magnitude of the Laplacian against the tile's contrast; 1.0 is
    reached where edges are one pixel wide.
    """
    import cv2

    edges = np.abs(cv2.Laplacian(light, cv2.CV_32F))
    tiles = [_tiles(plane) for plane in (edges, light.astype(np.float32))]
    contrast = tiles[1].std(axis=(1, 3)) + 6.0
    crispness = np.sort((tiles[0].mean(axis=(1, 3)) / contrast).ravel())
    return float(np.clip(crispness[-7:].mean() / 0.9, 0.0, 1.0))


def _tiles(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = (side // 8 * 8 for side in plane.shape)
    return plane[:height, :width].reshape(8, height // 8, 8, width // 8)


def exposure(light: Bytes) -> float:
    """0..1; 1.0 unless a third or more of the picture is crushed to black or burnt to white."""
    shares = [float((light < 18).mean()), float((light > 244).mean())]
    lost = max(shares[0] - 0.35, 0.0) + max(shares[1] - 0.30, 0.0)
    dim = max(0.22 - float(light.mean()) / 255.0, 0.0)
    return float(np.clip(1.0 - 1.8 * lost - 2.0 * dim, 0.0, 1.0))


def detail(light: Bytes) -> float:
    """Share of the picture's 16 x 16 tiles that carry fine edges (0..1): high in wide views, low in close ones."""
    import cv2

    edges = cv2.Canny(cv2.GaussianBlur(light, (0, 0), 0.8), 60, 140) > 0
    height, width = (side // 16 * 16 for side in edges.shape)
    tiles = edges[:height, :width].reshape(16, height // 16, 16, width // 16).mean(axis=(1, 3))
    return float((tiles > 0.05).mean())


def perceptual_hash(look: Bytes) -> str:
    """64 bits as 16 hex digits: signs of the lowest 8 x 8 cosine terms of the 32 x 32 picture against their median."""
    import cv2

    small = cv2.resize(grey(look), (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
    terms = cv2.dct(small)[:8, :8].ravel()
    bits = terms > np.median(terms[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def has_burnt_text(lights: Sequence[Bytes]) -> bool:
    """Whether lines of lettering stand at the same place in all of `lights` while the picture moves.

    A guess: with a camera that stands still a printed label looks the same, so one still
    shot of a package may count. Lines are rows of small upright edges, much wider than high.
    """
    return bool(_lasting_text(lights).mean() > 0.004 and (len(lights) < 2 or _moves(lights)))


def burnt_text_boxes(lights: Sequence[Bytes]) -> list[tuple[int, int, int, int]]:
    """(left, top, width, height) of the lines `has_burnt_text` goes by, in pixels, from top to bottom."""
    import cv2

    if not has_burnt_text(lights):
        return []
    # Words of one line are joined; neighbouring lines, at least a quarter of their height apart, are not.
    joined = cv2.morphologyEx(_lasting_text(lights).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, 41), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(contour) for contour in contours]
    lines = [(x, y, width, height) for x, y, width, height in boxes if width > 2 * height and height >= 8]
    return sorted(lines, key=lambda box: (box[1], box[0]))


def _lasting_text(lights: Sequence[Bytes]) -> NDArray[np.bool_]:
    return np.asarray(np.logical_and.reduce([_text_map(light) for light in lights]))


def _moves(lights: Sequence[Bytes]) -> bool:
    return float(np.abs(lights[0].astype(np.int16) - lights[-1]).mean()) > 4.0


def _text_map(light: Bytes) -> NDArray[np.bool_]:
    import cv2

    strokes = cv2.morphologyEx(light, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    strong = (strokes > 90).astype(np.uint8)
    joined = cv2.morphologyEx(strong, cv2.MORPH_CLOSE, np.ones((3, 27), np.uint8))
    found = np.zeros(light.shape, dtype=bool)
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        if not (8 <= height <= light.shape[0] * 0.15 and width > 3.0 * height):
            continue
        box = strong[y : y + height, x : x + width]
        if 0.25 < box.mean() < 0.85 and _upright_strokes(box) > width / height:
            found[y : y + height, x : x + width] = True
    return found


def _upright_strokes(box: Bytes) -> float:
    """How often the middle row of a line changes between ink and none: letters do so several times a height."""
    rows = box[box.shape[0] // 3 : box.shape[0] * 2 // 3 + 1].astype(np.int8)
    return float(np.abs(np.diff(rows, axis=1)).sum(axis=1).max(initial=0)) / 2.0
