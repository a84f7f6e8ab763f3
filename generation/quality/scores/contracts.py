"""A score and where it comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.uint8]
"""A clip as (frames, height, width, 3), RGB, 0..255."""

Tier = Literal["exact", "proxy", "model"]

VBENCH_DIMENSIONS = frozenset(
    {
        "subject_consistency",
        "background_consistency",
        "temporal_flickering",
        "motion_smoothness",
        "dynamic_degree",
        "aesthetic_quality",
        "imaging_quality",
        "object_class",
        "multiple_objects",
        "human_action",
        "color",
        "spatial_relationship",
        "scene",
        "appearance_style",
        "temporal_style",
        "overall_consistency",
    }
)
"""The sixteen names of VBench. One stands here only for a number made by VBench's own formula."""

PROXY = "_proxy"


@dataclass(frozen=True)
class Score:
    """One number about a clip, 0..1, higher is better unless the dimension says otherwise.

    `tier` "exact" is a formula without weights, "model" VBench's formula over the network it
    names, "proxy" something of ours that points the same way. `version` changes with the
    formula or the weights, `inputs` is the SHA-256 of the frames. Raises ValueError where a
    proxy would go by one of VBench's names.
    """

    name: str
    value: float
    tier: Tier
    version: str
    inputs: str

    def __post_init__(self) -> None:
        is_proxy = self.tier == "proxy"
        if is_proxy != self.name.endswith(PROXY) or is_proxy == (self.name in VBENCH_DIMENSIONS):
            raise ValueError(f"a score of tier {self.tier!r} cannot be called {self.name!r}")


def hash_frames(frames: Frames) -> str:
    """What the scores of a clip are filed under: its pictures and their shape."""
    digest = hashlib.sha256(repr(frames.shape).encode())
    digest.update(np.ascontiguousarray(frames).data)
    return digest.hexdigest()
