"""Clips longer than the model's window: windows that share frames, joined without a seam.

Each window after the first is conditioned on the last `overlap` frames of the one before and
makes them again; over those frames the older window fades into the newer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class WindowSpan:
    """One run of the model: frames [start, start + frames) of the clip, of which the last may be left away."""

    start: int
    frames: int


def plan_windows(total: int, window: int, overlap: int, step: int, known: int = 0) -> tuple[WindowSpan, ...]:
    """Runs that make frames up to `total`, of which the first `known` exist already.

    Every run has step * k + 1 frames and at most `window`; each begins `overlap` frames before
    the end of what exists. The last is as short as the rule allows: what it makes too much is cut.
    """
    if known == 0 and total <= window:
        return (WindowSpan(0, total),)
    spans = []
    made = known
    while made < total:
        start = max(0, made - overlap)
        needed = min(window, total - start)
        frames = max(-(-(needed - 1) // step), 1) * step + 1
        spans.append(WindowSpan(start, min(frames, window)))
        made = start + spans[-1].frames
    return tuple(spans)


def place_window(clip: NDArray[np.uint8], made: int, window: NDArray[np.uint8], start: int) -> int:
    """Write `window` into `clip` u8[T, H, W, 3] from frame `start`, of which `made` frames exist; how many exist then.

    Frames that exist already fade linearly from the old to the new, so that neither end of the overlap jumps.
    """
    import numpy as np

    end = min(start + len(window), len(clip))
    shared = max(0, min(made, end) - start)
    weights = (np.arange(1, shared + 1, dtype=np.float32) / (shared + 1))[:, None, None, None]
    mixed = clip[start : start + shared] * (1 - weights) + window[:shared] * weights
    clip[start : start + shared] = np.rint(mixed).astype(np.uint8)
    clip[start + shared : end] = window[shared : end - start]
    return max(made, end)
