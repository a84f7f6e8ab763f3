"""Which base frame is shown, and how a mouth comes and goes: the same on air and in a clip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FADE_FRAMES = 3
"""120 ms: shorter is a jump, longer a mouth that speaks on after its voice."""

Mouth = NDArray[np.uint8]


@dataclass(frozen=True)
class Shown:
    """A base frame, and one it comes from: `share` of the first (1: alone)."""

    index: int
    before: int = 0
    share: float = 1.0


class BaseWalk:
    """Frame after frame of the footage; a step aside is cross-faded, and speaking footage never runs backwards."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._last = -1
        self._before, self._left = 0, 0

    @property
    def following(self) -> int:
        """The frame that comes next by itself."""
        return (self._last + 1) % self._count

    def step(self, wanted: int | None = None) -> Shown:
        """The next picture: the frame that follows, or `wanted`."""
        index = self.following if wanted is None else wanted % self._count
        is_jump = self._last >= 0 and index != self._last + 1 and self._count > 1
        if is_jump:
            self._before, self._left = self._last, FADE_FRAMES
        self._last = index
        if not self._left:
            return Shown(index)
        self._before = min(self._before + 1, self._count - 1)
        share = 1 - self._left / (FADE_FRAMES + 1)
        self._left -= 1
        return Shown(index, self._before, share)


class MouthFade:
    """A drawn mouth appears over three pictures and leaves over three, always over the base frame of the moment."""

    def __init__(self) -> None:
        self._mouth: Mouth | None = None
        self._level = 0

    def step(self, mouth: Mouth | None) -> tuple[Mouth | None, float]:
        """What to lay over this picture's base frame, and how strongly; None where the base frame stands alone."""
        if mouth is not None:
            self._mouth, self._level = mouth, min(FADE_FRAMES, self._level + 1)
        else:
            self._level = max(0, self._level - 1)
        if not self._level:
            self._mouth = None
        return self._mouth, self._level / FADE_FRAMES


def blend_base(pictures: NDArray[np.uint8], shown: Shown, into: NDArray[np.uint8]) -> None:
    """Write the base picture of the moment into an I420 buffer."""
    if shown.share >= 1:
        into[:] = pictures[shown.index]
        return
    import cv2

    cv2.addWeighted(pictures[shown.index], shown.share, pictures[shown.before], 1 - shown.share, 0.0, dst=into)
