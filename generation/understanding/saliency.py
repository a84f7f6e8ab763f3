"""What draws the eye in a shot: places unlike their surroundings, places that move."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.understanding.cuts import Interval
from generation.understanding.frame_series import FrameSeries

Floats = NDArray[np.float64]

_FRAMES_LOOKED_AT = 12
_PORTRAIT = 9 / 16
_ENOUGH_KEPT = 0.62


def attention(series: FrameSeries, shot: Interval) -> Floats:
    """(h, w) map that sums to 1: centre-surround contrast of light and colour plus motion, leaning to the middle."""
    import cv2

    frames = np.unique(np.linspace(shot.start, shot.end - 1, _FRAMES_LOOKED_AT).astype(int))
    height, width = series.luma.shape[1:]
    contrast = np.zeros((height, width))
    for frame in frames:
        planes = [series.luma[frame], *(cv2.resize(plane, (width, height)) for plane in series.chroma[frame])]
        for plane, weight in zip(planes, (1.0, 2.0, 2.0), strict=True):
            contrast += weight * _stands_out(plane.astype(np.float32))
    stack = series.luma[frames].astype(np.float32)
    motion: Floats = np.zeros((height, width))
    if len(stack) > 1:
        motion = np.asarray(
            cv2.GaussianBlur(np.abs(np.diff(stack, axis=0)).mean(axis=0), (0, 0), 1.5), dtype=np.float64
        )
    drawn: Floats = _scaled(contrast) + 0.7 * _scaled(motion)
    drawn = drawn**2 * _middle(height, width)
    return np.asarray(drawn / max(float(drawn.sum()), 1e-9))


def _stands_out(plane: NDArray[np.float32]) -> Floats:
    import cv2

    long_side = max(plane.shape)
    near = cv2.GaussianBlur(plane, (0, 0), long_side / 40)
    far = cv2.GaussianBlur(plane, (0, 0), long_side / 6)
    return np.abs(near - far).astype(np.float64)


def _scaled(drawn: Floats) -> Floats:
    high = float(np.percentile(drawn, 99))
    return np.clip(drawn / high, 0.0, 1.0).astype(np.float64) if high > 0.5 else np.zeros(drawn.shape)


def _middle(height: int, width: int) -> Floats:
    rows = np.linspace(-1.0, 1.0, height)[:, None]
    columns = np.linspace(-1.0, 1.0, width)[None, :]
    return np.asarray(0.25 + np.exp(-(rows**2 + columns**2) / 0.8))


def centre_of(drawn: Floats) -> tuple[float, float]:
    """(x, y) of the map's weight, 0..1; the middle for a picture where nothing stands out."""
    if drawn.sum() <= 0:
        return 0.5, 0.5
    height, width = drawn.shape
    x = float((drawn.sum(axis=0) * (np.arange(width) + 0.5)).sum() / drawn.sum() / width)
    y = float((drawn.sum(axis=1) * (np.arange(height) + 0.5)).sum() / drawn.sum() / height)
    return x, y


def portrait_share(width: int, height: int) -> float:
    """How much of a picture's width a 9:16 crop of full height keeps (1.0: all of it)."""
    return min(1.0, _PORTRAIT * height / width)


def is_kept_by_portrait(drawn: Floats, share: float) -> bool:
    """Whether a 9:16 crop at the best place keeps most of what draws the eye."""
    if share >= 1.0:
        return True
    columns = np.concatenate([[0.0], np.cumsum(drawn.sum(axis=0))])
    wide = max(round(share * drawn.shape[1]), 1)
    return bool((columns[wide:] - columns[:-wide]).max() >= _ENOUGH_KEPT * columns[-1])


def best_portrait_x(drawn: Floats, share: float) -> float:
    """Centre (0..1 of the width) of the 9:16 crop that keeps most of what draws the eye."""
    columns = np.concatenate([[0.0], np.cumsum(drawn.sum(axis=0))])
    wide = min(max(round(share * drawn.shape[1]), 1), drawn.shape[1])
    kept = columns[wide:] - columns[:-wide]
    return (float(np.argmax(kept)) + wide / 2) / drawn.shape[1]
