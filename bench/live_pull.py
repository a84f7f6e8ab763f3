"""A viewer without a player: pulls a room from an ingest and notes when a tone was decoded."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Sequence

import numpy as np

RATE = 48_000
LOUD = 0.05


class Puller:
    """Decodes the sound of an address as it comes; `heard` holds the moments at which `tone` (Hz) began to sound."""

    def __init__(self, address: str, tone: float) -> None:
        self.heard: list[float] = []
        self.frames = 0
        self._address, self._tone = address, tone
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ends.set()
        self._thread.join(5)

    def _run(self) -> None:
        import av

        options = {"fflags": "nobuffer", "flags": "low_delay", "probesize": "32768", "analyzeduration": "0"}
        was_on = False
        with av.open(self._address, options=options, timeout=10) as container:
            for frame in container.decode(audio=0):
                if self._ends.is_set():
                    return
                self.frames += 1
                is_on = _level(frame.to_ndarray()[0], self._tone) > LOUD
                if is_on and not was_on:
                    self.heard.append(time.monotonic())
                was_on = is_on


def _level(samples: Sequence[float] | np.ndarray, tone: float) -> float:
    """Amplitude of one frequency in the samples (Goertzel's sum, by a product)."""
    turns = np.exp(-2j * math.pi * tone * np.arange(len(samples)) / RATE)
    return float(2 * abs(np.dot(samples, turns)) / len(samples))
