"""Frames between frames, moved along the optical flow. Not a model: labelled "flow" wherever it was used."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHOD = "flow"
"""OpenCV's DIS flow (Kroeger et al., ECCV 2016) both ways; each neighbour is moved to the moment and both are mixed."""


def interpolate_frames(frames: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """u8[T, H, W, 3] to u8[(T - 1) * factor + 1, H, W, 3]; frames that were there stay as they are."""
    import cv2
    import numpy as np

    if factor == 1 or len(frames) < 2:
        return frames
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    whole = [frames[:1]]
    for before, after in pairwise(frames):
        whole.append(_between(before, after, factor, flow))
        whole.append(after[None])
    return np.concatenate(whole)


def _between(before: NDArray[np.uint8], after: NDArray[np.uint8], factor: int, flow: object) -> NDArray[np.uint8]:
    import numpy as np

    there, back = _flows(before, after, flow)
    made = []
    for number in range(1, factor):
        moment = number / factor
        first = _moved(before, there, moment)
        second = _moved(after, back, 1 - moment)
        made.append(np.rint(first * (1 - moment) + second * moment))
    return np.stack(made).clip(0, 255).astype(np.uint8)


def _flows(
    before: NDArray[np.uint8], after: NDArray[np.uint8], flow: object
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Flow f32[H, W, 2] in pixels there and back. Below 16 pixels a side DIS has no pyramid: nothing moves."""
    import cv2
    import numpy as np

    grey = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (before, after)]
    if min(grey[0].shape) < 16:
        still = np.zeros((*grey[0].shape, 2), np.float32)
        return still, still
    return flow.calc(grey[0], grey[1], None), flow.calc(grey[1], grey[0], None)  # type: ignore[attr-defined]  # cv2 ships no types


def _moved(frame: NDArray[np.uint8], flow: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """`frame` moved by `share` of `flow` (backward mapping: each target pixel looks up where it came from)."""
    import cv2
    import numpy as np

    rows, columns = np.mgrid[: frame.shape[0], : frame.shape[1]].astype(np.float32)
    moved: NDArray[np.float32] = cv2.remap(
        frame.astype(np.float32),
        columns - share * flow[..., 0],
        rows - share * flow[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    return moved
