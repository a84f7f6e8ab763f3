"""Stand-ins rank clips the way a person would, on clips whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np

from generation.quality.scores.contracts import Frames
from generation.quality.scores.proxies import proxy_scores


def pan(pixels_a_frame: int, frames: int = 16, blur: int = 0) -> Frames:
    """A window that moves over a wide picture of soft blobs."""
    noise = np.random.default_rng(5).integers(0, 256, (24, 120, 3), dtype=np.uint8)
    wide = cv2.resize(noise, (960, 192), interpolation=cv2.INTER_CUBIC)
    if blur:
        wide = cv2.GaussianBlur(wide, (0, 0), blur)
    shown = [wide[:, frame * pixels_a_frame : frame * pixels_a_frame + 256] for frame in range(frames)]
    return np.ascontiguousarray(np.stack(shown), dtype=np.uint8)


def values(frames: Frames, fps: float = 8) -> dict[str, float]:
    scores = proxy_scores(frames, fps)
    assert {score.tier for score in scores} == {"proxy"}
    return {score.name: score.value for score in scores}


def test_a_fast_pan_moves_and_a_slow_one_does_not() -> None:
    assert values(pan(12))["dynamic_degree_proxy"] == 1.0
    assert values(pan(1))["dynamic_degree_proxy"] == 0.0


def test_a_clip_with_frames_out_of_order_is_less_smooth() -> None:
    even = pan(6)
    torn = even[[0, 9, 2, 13, 4, 1, 6, 15, 8, 3, 10, 5, 12, 7, 14, 11]]

    assert values(even)["motion_smoothness_proxy"] > 0.97
    assert values(torn)["motion_smoothness_proxy"] < values(even)["motion_smoothness_proxy"] - 0.03


def test_a_blurred_clip_is_less_sharp() -> None:
    sharp, soft = values(pan(4))["imaging_quality_proxy"], values(pan(4, blur=6))["imaging_quality_proxy"]

    assert sharp > 2 * soft


def test_a_change_of_scene_is_less_of_one_background() -> None:
    scene = pan(2)
    broken = scene.copy()
    broken[8:] = 255 - broken[8:] // 3

    assert values(broken)["background_consistency_proxy"] < values(scene)["background_consistency_proxy"] - 0.2


def test_one_picture_is_only_sharp_or_not() -> None:
    assert list(values(pan(1, frames=1))) == ["imaging_quality_proxy"]
