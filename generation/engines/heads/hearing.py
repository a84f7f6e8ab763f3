"""The sound of an utterance as a head hears it: 16 kHz, cut into frames, silence told apart."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

HEAD_RATE = 16_000
QUIET = 0.005
"""RMS (-46 dB of full scale) below which nobody speaks; a mouth that is drawn on silence trembles."""

Pcm = NDArray[np.float32]


def as_heard(samples: NDArray[np.int16] | Pcm, rate: int) -> Pcm:
    """Mono samples (int16, or float in -1..1) at 16 kHz."""
    from generation.sound.spectrum import resample

    scale = 32768.0 if samples.dtype == np.int16 else 1.0
    return resample(samples.astype(np.float64) / scale, rate, HEAD_RATE).astype(np.float32)


def frame_count(pcm: Pcm, fps: int = 25) -> int:
    """Pictures that cover the sound: ceil(samples / 640) at 25 a second."""
    return math.ceil(len(pcm) * fps / HEAD_RATE)


def speaking_frames(pcm: Pcm, fps: int = 25) -> NDArray[np.bool_]:
    """Whether somebody speaks in each picture. A picture beside a loud one counts: lips open before they are heard."""
    count = frame_count(pcm, fps)
    edges = [index * HEAD_RATE // fps for index in range(count + 1)]
    padded = np.pad(pcm, (0, max(0, edges[-1] - len(pcm)))) if count else pcm
    squares = np.concatenate([[0.0], np.cumsum(np.square(padded.astype(np.float64)))])
    powers = [(squares[b] - squares[a]) / max(b - a, 1) for a, b in pairwise(edges)]
    loud = np.sqrt(np.maximum(np.array(powers, np.float64), 0.0)) > QUIET
    near = loud.copy()
    near[1:] |= loud[:-1]
    near[:-1] |= loud[1:]
    return near
