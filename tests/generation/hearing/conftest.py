"""Tiny random speech models, and speech to listen to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from generation.checkpoints.tiny.hearing import make
from generation.engines.voiceover.base import SpeechRequest
from generation.engines.voiceover.engines import guide_engine
from generation.hearing.base import HEARING_RATE
from generation.sound.spectrum import resample

Sound = NDArray[np.float32]


@pytest.fixture(scope="package")
def transducer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("transducer")
    make(folder)
    return folder


@pytest.fixture(scope="package")
def speech() -> Sound:
    """About 3 s of somebody asking, at 16 kHz."""
    said = guide_engine().speak(SpeechRequest("这个咖啡多少钱，可以便宜一点吗", "zh-CN"))
    samples: Sound = resample(said.samples.astype(np.float32), said.sample_rate, HEARING_RATE).astype(np.float32)
    return samples


def quiet(seconds: float) -> Sound:
    return np.zeros(int(seconds * HEARING_RATE), dtype=np.float32)
