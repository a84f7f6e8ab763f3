"""A video as measuring sees it: a tiny picture of every frame, a fuller look now and then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

TINY_LONG_SIDE = 64
# Three looks a second are enough for faces and sharpness, and every shot holds at least one.
FRAMES_PER_LOOK = 10


@dataclass(frozen=True)
class FrameSeries:
    """`luma` is (frames, h, w), `chroma` (frames, 2, h/2, w/2), both 0..255; `looks` maps frame → JPEG bytes."""

    luma: Bytes
    chroma: Bytes
    looks: dict[int, bytes]

    def __len__(self) -> int:
        return len(self.luma)


class SeriesBuilder:
    """Takes planar YUV 4:2:0 frames of `width` × `height` one by one."""

    def __init__(self, width: int, height: int) -> None:
        self._shape = (height, width)
        factor = TINY_LONG_SIDE / max(width, height)
        self._tiny = tuple(max(round(side * factor / 2) * 2, 8) for side in (width, height))
        self._luma: list[Bytes] = []
        self._chroma: list[Bytes] = []
        self._looks: dict[int, bytes] = {}
        self._last: Bytes = np.zeros(0, dtype=np.uint8)

    def add(self, frame: bytes) -> None:
        """The next frame, width * height * 3 / 2 bytes."""
        import cv2

        height, width = self._shape
        planes = np.frombuffer(frame, dtype=np.uint8)
        luma = planes[: width * height].reshape(height, width)
        chroma = planes[width * height :].reshape(2, height // 2, width // 2)
        half = (self._tiny[0] // 2, self._tiny[1] // 2)
        if len(self._luma) % FRAMES_PER_LOOK == FRAMES_PER_LOOK // 2:
            self._look(len(self._luma), planes)
        self._luma.append(np.asarray(cv2.resize(luma, self._tiny, interpolation=cv2.INTER_AREA), dtype=np.uint8))
        small = [cv2.resize(plane, half, interpolation=cv2.INTER_AREA) for plane in chroma]
        self._chroma.append(np.asarray(small, dtype=np.uint8))
        self._last = planes

    def _look(self, frame: int, planes: Bytes) -> None:
        import cv2

        height, width = self._shape
        colour = cv2.cvtColor(planes.reshape(height * 3 // 2, width), cv2.COLOR_YUV2BGR_I420)
        self._looks[frame] = cv2.imencode(".jpg", colour, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()

    def finish(self) -> FrameSeries:
        """Everything added, at least one frame; a video too short for a regular look keeps its last frame as one."""
        if not self._looks:
            self._look(len(self._luma) - 1, self._last)
        return FrameSeries(np.stack(self._luma), np.stack(self._chroma), self._looks)


def look_at(series: FrameSeries, frame: int) -> Bytes:
    """One kept look as (h, w, 3) BGR."""
    import cv2

    return np.asarray(cv2.imdecode(np.frombuffer(series.looks[frame], np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)
