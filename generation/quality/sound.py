"""Watches the decoded sound: silence, samples stuck at full scale, how much of it there is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from generation.quality.picture import Stretch, runs

WINDOW_SECONDS = 0.02
SILENCE_DB = -50.0
FULL_SCALE = 32_760
CLIPPED_RUN = 3


@dataclass
class SoundWatch:
    """Takes interleaved 16-bit samples with `hear`, in chunks of whole windows; the last may be shorter."""

    rate: int
    channels: int
    samples: int = 0
    clipped_at: int | None = None
    clipped_runs: int = 0
    _quiet: list[bool] = field(default_factory=list)

    @property
    def window(self) -> int:
        """Samples of one window."""
        return int(self.rate * WINDOW_SECONDS)

    @property
    def chunk_bytes(self) -> int:
        """One second, so that a chunk holds whole windows."""
        return self.window * round(1 / WINDOW_SECONDS) * self.channels * 2

    def hear(self, chunk: bytes) -> None:
        whole = len(chunk) // (2 * self.channels)
        sound = np.frombuffer(chunk[: whole * 2 * self.channels], np.int16).reshape(whole, self.channels)
        self._watch_level(sound)
        self._watch_clipping(sound)
        self.samples += whole

    def silences(self) -> list[Stretch]:
        """Stretches below `SILENCE_DB` in all channels, counted in windows."""
        return runs(self._quiet)

    def _watch_level(self, sound: np.ndarray) -> None:
        limit = (32_768 * 10 ** (SILENCE_DB / 20)) ** 2
        for start in range(0, len(sound), self.window):
            window = sound[start : start + self.window].astype(np.float32)
            self._quiet.append(bool((np.square(window).mean(axis=0) < limit).all()))

    def _watch_clipping(self, sound: np.ndarray) -> None:
        full = np.abs(sound.astype(np.int32)) >= FULL_SCALE
        if len(full) < CLIPPED_RUN or not full.any():
            return
        stuck = full[: len(full) - CLIPPED_RUN + 1].copy()
        for step in range(1, CLIPPED_RUN):
            stuck &= full[step : len(full) - CLIPPED_RUN + 1 + step]
        hits = np.flatnonzero(stuck.any(axis=1))
        if hits.size:
            self.clipped_runs += int(hits.size)
            if self.clipped_at is None:
                self.clipped_at = self.samples + int(hits[0])
