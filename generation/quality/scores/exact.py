"""The one VBench dimension that needs no weights, by its own formula.

Source: VBench (Vchitect), `temporal_flickering.cal_score` of the wheel 0.1.5: the mean
absolute difference of neighbouring frames, as a share of 255 left over. It rewards a clip
that does not move at all, so it is read beside `dynamic_degree_proxy`.
"""

from __future__ import annotations

import itertools

import numpy as np

from generation.quality.scores.contracts import Frames, Score, hash_frames

VERSION = "vbench-0.1.5"


def temporal_flickering(frames: Frames) -> float:
    """0..1, 1.0 where no pixel changes. ValueError for fewer than two frames."""
    if len(frames) < 2:
        raise ValueError("flicker is between frames; one alone has none")
    changes = [
        np.mean(np.abs(after.astype(np.int16) - before), dtype=np.float64)
        for before, after in itertools.pairwise(frames)
    ]
    return float((255.0 - np.mean(changes)) / 255.0)


def flickering_score(frames: Frames) -> Score:
    return Score("temporal_flickering", temporal_flickering(frames), "exact", VERSION, hash_frames(frames))
