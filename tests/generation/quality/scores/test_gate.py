"""A generated clip goes into no ad black, flat, flickering or frozen."""

from __future__ import annotations

import numpy as np
import pytest

from generation.quality.scores.contracts import Frames
from generation.quality.scores.gate import judge_clip
from tests.generation.quality.scores.test_proxies import pan


def noise() -> Frames:
    return np.random.default_rng(3).integers(0, 256, (6, 64, 64, 3), dtype=np.uint8)


@pytest.mark.parametrize(
    ("frames", "failed"),
    [
        (pan(4, blur=5), []),
        (pan(4, blur=5)[:1], []),
        (np.zeros((6, 64, 64, 3), np.uint8), ["clip_black", "clip_flat", "clip_still"]),
        (np.full((6, 64, 64, 3), 120, np.uint8), ["clip_flat", "clip_still"]),
        (noise(), ["temporal_flickering"]),
        (np.repeat(pan(4, blur=5)[:1], 6, axis=0), ["clip_still"]),
    ],
    ids=["a pan", "one picture", "black", "one colour", "noise", "frozen"],
)
def test_a_clip_is_judged_by_what_it_shows(frames: Frames, failed: list[str]) -> None:
    verdict = judge_clip(frames, fps=8)

    assert [check.name for check in verdict.checks if not check.ok] == failed
    assert verdict.ok == (not failed)


def test_a_refusal_says_what_is_wrong_in_words() -> None:
    assert judge_clip(noise(), fps=8).reason == "the clip flickers: neighbouring frames have little in common"


def test_a_clip_that_lights_up_four_times_a_second_is_refused_for_that_alone() -> None:
    dim = pan(0, frames=32, blur=5) // 3
    is_bright = np.arange(32) % 8 < 4
    frames = np.where(is_bright[:, None, None, None], dim + 60, dim).astype(np.uint8)

    verdict = judge_clip(frames, fps=30)

    assert [check.name for check in verdict.checks if not check.ok] == ["clip_flashing"]
    assert verdict.reason == "the clip flashes"
