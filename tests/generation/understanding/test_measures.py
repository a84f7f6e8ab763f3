"""What is measured of a shot."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from generation.contracts import ShotFacts
from generation.understanding.cuts import Interval, differences
from generation.understanding.looks import exposure, has_burnt_text, perceptual_hash, sharpness
from generation.understanding.measures import Pictured, measure_shot, steadiness
from generation.understanding.saliency import is_kept_by_portrait, portrait_share
from tests.generation.understanding.made_scenes import HEIGHT, WIDTH, Frame, series_of, shoot


def measured(frames: list[Frame], folder: Path) -> ShotFacts:
    series = series_of(frames)
    pictured = Pictured(1920, 1104, differences(series), folder, "f" * 64)
    return measure_shot(series, Interval(0, len(frames)), pictured)


def empty(frames: int = 30) -> list[Frame]:
    return [np.full((HEIGHT, WIDTH, 3), 90, np.uint8) for _ in range(frames)]


def light_of(frame: Frame) -> Frame:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def soft(picture: Frame, sigma: float) -> Frame:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def with_disc(x: int, y: int, frames: int = 30) -> list[Frame]:
    made = empty(frames)
    for frame in made:
        cv2.circle(frame, (x, y), 11, (30, 60, 230), -1)
    return made


@pytest.mark.parametrize(("x", "y"), [(40, 46), (120, 30), (80, 70)])
def test_the_subject_is_where_the_eye_goes(x: int, y: int, tmp_path: Path) -> None:
    facts = measured(with_disc(x, y), tmp_path)

    assert abs(facts.subject[0] - x / WIDTH) < 0.12
    assert abs(facts.subject[1] - y / HEIGHT) < 0.12
    assert facts.fits_portrait


def test_two_subjects_far_apart_do_not_fit_a_portrait(tmp_path: Path) -> None:
    frames = [np.maximum(a, b) for a, b in zip(with_disc(22, 46), with_disc(138, 46), strict=True)]

    assert not measured(frames, tmp_path).fits_portrait


def test_everything_fits_when_the_picture_is_upright() -> None:
    assert portrait_share(1080, 1920) == 1.0
    assert is_kept_by_portrait(np.ones((4, 4)), 1.0)
    assert abs(portrait_share(1920, 1080) - 0.3164) < 1e-3


def test_motion_rises_with_the_camera(tmp_path: Path) -> None:
    still, pan, fast = (measured(shoot(3, 40, move), tmp_path).motion for move in ("still", "pan", "fast"))

    assert still < pan < fast < 1.0


def test_a_steady_pan_is_calmer_than_a_shaking_hand() -> None:
    pan, shake = (series_of(shoot(4, 60, move)) for move in ("pan", "shake"))

    assert steadiness(pan, Interval(0, 60)) > steadiness(shake, Interval(0, 60)) + 0.2


def test_a_blurred_picture_is_less_sharp() -> None:
    crisp = light_of(shoot(6, 1)[0])

    assert sharpness(crisp) > sharpness(soft(crisp, 2.5)) * 1.8


@pytest.mark.parametrize(("level", "good"), [(5, False), (120, True), (253, False)])
def test_exposure_knows_darkness_and_glare(level: int, good: bool) -> None:
    assert (exposure(np.full((90, 160), level, np.uint8)) > 0.8) is good


def test_an_empty_picture_is_worth_less_than_one_with_something_in_it(tmp_path: Path) -> None:
    assert measured(empty(), tmp_path).quality < measured(shoot(7, 30, "pan"), tmp_path).quality - 0.15


def test_letters_burnt_in_are_noticed() -> None:
    plain = [
        np.asarray(cv2.resize(light_of(frame), (640, 368)), dtype=np.uint8) for frame in shoot(8, 40, "fast")[::13]
    ]
    lettered = [frame.copy() for frame in plain]
    for frame in lettered:
        cv2.putText(frame, "BUY TWO GET ONE FREE", (60, 320), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 8, cv2.LINE_AA)
        cv2.putText(frame, "BUY TWO GET ONE FREE", (60, 320), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 255, 3, cv2.LINE_AA)

    assert has_burnt_text(lettered)
    assert not has_burnt_text(plain)


def test_like_pictures_have_like_hashes() -> None:
    one, other = shoot(9, 1)[0], shoot(10, 1)[0]
    worse = soft(one, 1.0)

    def apart(a: Frame, b: Frame) -> int:
        return (int(perceptual_hash(a), 16) ^ int(perceptual_hash(b), 16)).bit_count()

    assert len(perceptual_hash(one)) == 16
    assert apart(one, worse) <= 8
    assert apart(one, other) > 16


def test_a_still_shot_has_one_print_and_a_moving_one_several(tmp_path: Path) -> None:
    still, fast = (measured(shoot(11, 40, move), tmp_path) for move in ("still", "fast"))

    assert [len(one) for one in still.pdq] == [896]
    assert [len(one) for one in fast.pdq] == [896, 896, 896]
    assert measured(empty(), tmp_path).pdq == ()


def test_the_thumbnail_is_360_wide(tmp_path: Path) -> None:
    facts = measured(shoot(12, 20), tmp_path)

    assert Path(facts.thumbnail_path) == tmp_path / f"{'f' * 64}-0.jpg"
    assert Image.open(facts.thumbnail_path).size == (360, 207)


def test_every_measure_is_a_share(tmp_path: Path) -> None:
    facts = measured(shoot(13, 30, "shake"), tmp_path)

    for value in (facts.motion, facts.sharpness, facts.brightness, facts.quality, *facts.subject):
        assert 0.0 <= value <= 1.0
        assert isinstance(value, float)
