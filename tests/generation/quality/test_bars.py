import cv2
import numpy as np
import pytest

from generation.quality.bars import find_bars


def _picture() -> np.ndarray:
    return np.random.default_rng(3).integers(60, 220, (256, 144), dtype=np.uint8)


@pytest.mark.parametrize("thick", [8, 40, 90])
def test_black_above_and_below_is_a_letterbox(thick: int) -> None:
    picture = _picture()
    picture[:thick] = picture[-thick:] = 16

    bars = find_bars(picture)

    assert bars is not None
    assert bars.kind == "letterbox"
    assert bars.first == pytest.approx(thick / 256, abs=0.01)


def test_black_left_and_right_is_a_pillarbox() -> None:
    picture = _picture()
    picture[:, :20] = picture[:, -20:] = 16

    bars = find_bars(picture)

    assert bars is not None
    assert (bars.kind, bars.first) == ("pillarbox", pytest.approx(20 / 144, abs=0.01))


def test_a_caption_in_the_bar_does_not_hide_it() -> None:
    picture = _picture()
    picture[:60] = picture[-60:] = 16
    picture[-40:-25, 30:110] = 235

    assert find_bars(picture) is not None


def test_black_on_one_side_only_is_a_dark_place_and_no_bar() -> None:
    picture = _picture()
    picture[:60] = 16

    assert find_bars(picture) is None


def test_a_lit_product_on_black_ground_is_no_letterbox() -> None:
    picture = np.full((256, 144), 16, np.uint8)
    cv2.ellipse(picture, (72, 128), (60, 80), 0, 0, 360, 200, -1)

    assert find_bars(picture) is None


def test_a_picture_that_fills_its_canvas_has_no_bars() -> None:
    assert find_bars(_picture()) is None
