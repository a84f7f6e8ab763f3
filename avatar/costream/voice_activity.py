"""Whether somebody speaks: energy over a noise floor that follows the room, in the band and shape of a voice."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
FRAME = RATE // 50
"""20 ms."""

_SIZE = 512
_WINDOW = np.hanning(FRAME).astype(np.float32)
_BAND = slice(round(120 * _SIZE / RATE), round(4000 * _SIZE / RATE))
ENTER_DB, STAY_DB = 9.0, 5.0
QUIETEST_DB = -58.0
FLATTEST = 0.42
"""Geometric over arithmetic mean of the band's spectrum: hiss lies near 0.55, a voice below 0.3."""

FLOOR_FRAMES = 100
"""The noise floor is the quietest of the last two seconds: no sentence goes so long without a gap."""
RISE_DB = 0.4
HANGOVER_FRAMES = 8


class VoiceActivity:
    """`hear` takes frames of 320 samples at 16 kHz in order (float32, -1..1) and says whether they are speech."""

    def __init__(self) -> None:
        self.floor_db = 0.0
        self.level_db = -100.0
        self._lately: deque[float] = deque(maxlen=FLOOR_FRAMES)
        self._left = 0
        self._is_speech = False

    def hear(self, frame: NDArray[np.float32], margin_db: float = 0.0) -> bool:
        """`margin_db` more is asked for while our own voice may come back from the guest's loudspeaker."""
        spectrum = np.square(np.abs(np.fft.rfft(frame * _WINDOW, _SIZE)))[_BAND] + 1e-10
        self.level_db = 10 * math.log10(float(spectrum.mean()) / (_SIZE / 4))
        self._follow_floor()
        flatness = math.exp(float(np.log(spectrum).mean())) / float(spectrum.mean())
        above = self.level_db - self.floor_db - margin_db
        needed = STAY_DB if self._is_speech else ENTER_DB
        if above >= needed and self.level_db >= QUIETEST_DB + margin_db and flatness <= FLATTEST:
            self._left = HANGOVER_FRAMES
        elif self._left:
            self._left -= 1
        self._is_speech = self._left > 0
        return self._is_speech

    def _follow_floor(self) -> None:
        """Down at once, up slowly: a sentence must not become the floor of the next."""
        self._lately.append(self.level_db)
        quietest = min(self._lately)
        if quietest < self.floor_db:
            self.floor_db = quietest
        elif len(self._lately) == FLOOR_FRAMES:
            self.floor_db = min(quietest, self.floor_db + RISE_DB)
        self.floor_db = max(self.floor_db, -90.0)
