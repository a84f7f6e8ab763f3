"""What a generated clip has to show before it may go into an ad."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.contracts import Check
from generation.quality.flashes import FlashCounter
from generation.quality.scores.consistency import model_scores
from generation.quality.scores.contracts import Frames, Score
from generation.quality.scores.exact import flickering_score
from generation.quality.scores.proxies import proxy_scores
from generation.quality.verdicts import FLASHES_LIMIT

LEAST_STEADINESS = 0.85
"""temporal_flickering of frames with nothing in common is 0.67, of a fast pan over fine detail about 0.9."""

DARK_LEVEL = 12.0
FLAT_LEVELS = 2.0
STILL_LEVELS = 0.15


@dataclass(frozen=True)
class ClipVerdict:
    """Whether a clip may be used, each thing looked at, and its scores for the record."""

    checks: tuple[Check, ...]
    scores: tuple[Score, ...]

    @property
    def ok(self) -> bool:
        return all(check.ok for check in self.checks)

    @property
    def reason(self) -> str:
        return "; ".join(check.reason for check in self.checks if not check.ok)


def judge_clip(frames: Frames, fps: float, models: Path | None = None) -> ClipVerdict:
    """Judge (frames, h, w, 3) RGB. `models` is EVALUATION_MODELS_DIR, or None where no network is at hand."""
    luma = np.asarray(frames.mean(axis=3), np.float32)
    checks = [_dark(luma), _flat(luma)]
    scores: tuple[Score, ...] = proxy_scores(frames, fps)
    if len(frames) > 1:
        flicker = flickering_score(frames)
        scores = (flicker, *scores, *model_scores(frames, models))
        checks += [_flickering(flicker), _still(luma), _flashing(luma, fps)]
    return ClipVerdict(tuple(checks), scores)


def _dark(luma: NDArray[np.float32]) -> Check:
    level = float(np.percentile(luma.mean(axis=(1, 2)), 90))
    return _check("clip_black", level, DARK_LEVEL, "the clip is all but black")


def _flat(luma: NDArray[np.float32]) -> Check:
    spread = float(np.median(luma.std(axis=(1, 2))))
    return _check("clip_flat", spread, FLAT_LEVELS, "the clip shows one flat colour")


def _flickering(score: Score) -> Check:
    return _check(
        score.name, score.value, LEAST_STEADINESS, "the clip flickers: neighbouring frames have little in common"
    )


def _still(luma: NDArray[np.float32]) -> Check:
    """A clip was asked to move; flicker alone would praise one that does not."""
    changed = float(np.mean(np.abs(np.diff(luma, axis=0))))
    return _check("clip_still", changed, STILL_LEVELS, "nothing moves in the clip")


def _flashing(luma: NDArray[np.float32], fps: float) -> Check:
    """An ad that flashes is held back; the clip that makes it flash goes first."""
    counter = FlashCounter()
    for frame in luma:
        counter.see(_cells(frame))
    flashes, at = counter.most_in_a_second(fps)
    return _told("clip_flashing", flashes <= FLASHES_LIMIT, float(flashes), FLASHES_LIMIT, "the clip flashes", at)


def _cells(frame: NDArray[np.float32]) -> NDArray[np.float32]:
    """About 20 × 20 means over the frame, as video levels (16..235)."""
    size = max(min(frame.shape) // 20, 1)
    height, width = (side // size * size for side in frame.shape)
    cells = frame[:height, :width].reshape(height // size, size, width // size, size).mean(axis=(1, 3))
    return np.asarray(16 + cells * 219 / 255, np.float32)


def _check(name: str, measured: float, least: float, reason: str) -> Check:
    return _told(name, measured >= least, round(measured, 4), least, reason)


def _told(name: str, ok: bool, measured: float, limit: float, reason: str, at: int | None = None) -> Check:
    return Check(name, ok, measured, limit, at, "" if ok else reason)
