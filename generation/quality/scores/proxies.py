"""Stand-ins on a CPU for dimensions whose networks are not here. They never go by VBench's names.

Motion is DIS optical flow of OpenCV on frames of at most `SIDE` pixels. The rule of
`dynamic_degree_proxy` (the fastest twentieth of the pixels, a threshold that grows with the
frame, four moves in sixteen frames at eight a second) is VBench's; the flow is not.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.quality.scores.contracts import Frames, Score, hash_frames

VERSION = "1"
SIDE = 256
FLOW_FPS = 8
FASTEST_SHARE = 0.05
PIXELS_AT_256 = 6.0
MOVES_IN_16 = 4
SHARP = 120.0
"""Variance of the Laplacian, shorter side 256, from which a picture counts as fully sharp."""

Grey = NDArray[np.uint8]


def proxy_scores(frames: Frames, fps: float) -> tuple[Score, ...]:
    """All of them, for a clip of at least two frames (fewer: sharpness alone)."""
    greys = [_small(frame) for frame in frames]
    found = {"imaging_quality_proxy": imaging_quality(greys)}
    if len(frames) > 1:
        found["dynamic_degree_proxy"] = dynamic_degree(greys, fps)
        found["background_consistency_proxy"] = background_consistency(frames)
    if len(frames) > 2:
        found["motion_smoothness_proxy"] = motion_smoothness(greys)
    inputs = hash_frames(frames)
    return tuple(Score(name, value, "proxy", VERSION, inputs) for name, value in found.items())


def imaging_quality(greys: list[Grey]) -> float:
    """How sharp the frames are on the whole, 0..1."""
    import cv2

    sharpness = [float(cv2.Laplacian(grey, cv2.CV_64F).var()) for grey in greys]
    return min(float(np.median(sharpness)) / SHARP, 1.0)


def dynamic_degree(greys: list[Grey], fps: float) -> float:
    """1.0 where enough steps between frames, eight a second, move fast enough; else 0.0."""
    every = max(1, round(fps / FLOW_FPS))
    looks = greys[::every]
    if len(looks) < 2:
        looks = [greys[0], greys[-1]]
    threshold = PIXELS_AT_256 * min(looks[0].shape) / SIDE
    needed = max(round(MOVES_IN_16 * len(looks) / 16), 1)
    fast = sum(_speed(before, after) > threshold for before, after in itertools.pairwise(looks))
    return float(fast >= needed)


def motion_smoothness(greys: list[Grey]) -> float:
    """How well every second frame is told by its neighbours, bent towards it by their flow; 0..1."""
    errors = []
    for before, middle, after in zip(greys[:-2:2], greys[1:-1:2], greys[2::2], strict=False):
        errors.append(float(np.mean(np.abs(_between(before, after).astype(np.int16) - middle))))
    return float((255.0 - np.mean(errors)) / 255.0)


def background_consistency(frames: Frames) -> float:
    """How alike the colours of each frame are to the one before and to the first; 0..1."""
    tones = [_tones(frame) for frame in frames]
    alike = [
        (float(np.minimum(before, now).sum()) + float(np.minimum(tones[0], now).sum())) / 2
        for before, now in itertools.pairwise(tones)
    ]
    return float(np.mean(alike))


def _small(frame: NDArray[np.uint8]) -> Grey:
    import cv2

    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    scale = SIDE / min(grey.shape)
    if scale >= 1:
        return np.asarray(grey, np.uint8)
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _flow(before: Grey, after: Grey) -> NDArray[np.float32]:
    """(h, w, 2): where each pixel goes, in pixels. Zero where a frame is too small for the method."""
    import cv2

    if min(before.shape) < 16:
        return np.zeros((*before.shape, 2), np.float32)
    dis: Any = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_FAST)  # type: ignore[attr-defined]  # absent in the stubs
    return np.asarray(dis.calc(before, after, None), np.float32)


def _speed(before: Grey, after: Grey) -> float:
    """Mean speed of the fastest twentieth of the pixels, in pixels a step."""
    speeds = np.sort(np.hypot(*np.moveaxis(_flow(before, after), -1, 0)).ravel())[::-1]
    return float(speeds[: max(int(len(speeds) * FASTEST_SHARE), 1)].mean())


def _between(before: Grey, after: Grey) -> Grey:
    """The picture half way, from both sides."""
    import cv2

    rows, columns = np.indices(before.shape, dtype=np.float32)
    halves = []
    for start, end in ((before, after), (after, before)):
        # A pixel half way came from half a step back along the flow.
        flow = _flow(start, end) / 2
        halves.append(cv2.remap(start, columns - flow[..., 0], rows - flow[..., 1], cv2.INTER_LINEAR, borderMode=1))
    return np.asarray((halves[0].astype(np.uint16) + halves[1]) // 2, np.uint8)


def _tones(frame: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Shares of 4 × 4 × 4 colours in the frame's rim, which is seldom the subject."""
    height, width = frame.shape[:2]
    edge = max(min(height, width) // 5, 1)
    is_rim = np.ones((height, width), bool)
    is_rim[edge : height - edge, edge : width - edge] = False
    bins = (frame[is_rim] // 64).astype(np.int64)
    counts = np.bincount(bins[:, 0] * 16 + bins[:, 1] * 4 + bins[:, 2], minlength=64)
    return np.asarray(counts / counts.sum(), np.float64)
