"""Overlay lanes as small video files with alpha, one frame for each change."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from generation.contracts import FPS
from generation.drawing.overlays import Lane


def write_reel(lane: Lane, path: Path) -> None:
    """Write a lane's changes as QuickTime Animation: lossless, with alpha, quick to decode.

    The file's frames stand at the frame numbers of the changes; ffmpeg's overlay holds
    each until the next.
    """
    import av

    left, top, right, bottom = lane.rect
    with av.open(str(path), "w", format="mov", options={"video_track_timescale": str(FPS * 512)}) as container:
        stream = container.add_stream("qtrle", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = right - left, bottom - top, "argb"
        stream.codec_context.time_base = Fraction(1, FPS)
        stream.codec_context.gop_size = 1
        for at, picture in lane.frames():
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[..., [3, 0, 1, 2]]), format="argb")
            frame.pts, frame.time_base = at, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
