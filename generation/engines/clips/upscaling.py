"""Larger frames without a model: Lanczos, labelled so. An engine with a latent upscaler uses that instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

METHOD = "lanczos"


def upscale_frames(frames: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """u8[T, H, W, 3] to u8[T, factor * H, factor * W, 3]."""
    import cv2
    import numpy as np

    if factor == 1:
        return frames
    size = (frames.shape[2] * factor, frames.shape[1] * factor)
    return np.stack([cv2.resize(frame, size, interpolation=cv2.INTER_LANCZOS4) for frame in frames])
