"""A crop has the canvas' shape, stays inside the source, and moves smoothly."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generation.contracts import PORTRAIT, Canvas, Framing
from generation.engines.framing import Window, crop_window, even_crop, is_moving, whole_size
from generation.engines.moving import _over_fill, _warp

SHARES = st.floats(0, 1)


@given(st.integers(64, 4096), st.integers(64, 4096), SHARES, SHARES, st.floats(1, 3), SHARES)
def test_a_crop_keeps_the_canvas_shape_inside_the_source(width, height, x, y, zoom, share):
    framing = Framing(centre_x=x, centre_y=y, to_x=1 - x, to_y=1 - y, zoom=zoom, to_zoom=1.0)
    window = crop_window(width, height, PORTRAIT, framing, share)
    assert abs(window.width / window.height - 1080 / 1920) < 1e-6
    assert window.left >= 0
    assert window.top >= 0
    assert window.left + window.width <= width + 1e-6
    assert window.top + window.height <= height + 1e-6


@given(st.integers(64, 4096), st.integers(64, 4096), SHARES)
def test_a_still_crop_lies_on_even_pixels_inside_the_source(width, height, x):
    left, top, wide, high = even_crop(crop_window(width, height, PORTRAIT, Framing(centre_x=x)), width, height)
    assert {left % 2, top % 2, wide % 2, high % 2} == {0}
    assert left + wide <= width
    assert top + high <= height


def test_a_landscape_source_is_cropped_to_its_middle_by_default():
    assert crop_window(1920, 1080, PORTRAIT, Framing()) == Window(656.25, 0, 607.5, 1080)


def test_a_framing_moves_only_when_it_has_somewhere_else_to_go():
    assert not is_moving(Framing())
    assert not is_moving(Framing(centre_x=0.4, to_x=0.4))
    assert is_moving(Framing(centre_x=0.4, to_x=0.5))


def test_shown_whole_is_never_stretched():
    assert whole_size(1920, 1080, PORTRAIT) == (1080, 608)
    assert whole_size(1000, 3000, Canvas(1080, 1080)) == (360, 1080)


def test_a_crop_drifts_by_fractions_of_a_pixel():
    ramp = np.tile(np.arange(0, 200, 2, np.uint8), (40, 1))
    still, moved = (_warp(ramp, Window(x, 0, 50, 40), 50, 40).astype(int) for x in (10, 10.5))
    assert (moved - still)[:, 2:-2].mean() == 1.0


def test_a_plane_over_its_fill_is_in_the_middle_and_grows_evenly():
    plane = np.full((90, 160), 200, np.uint8)
    shown, grown = _over_fill(plane, 80, 44, Canvas(80, 160), 25), _over_fill(plane, 88, 49.0, Canvas(80, 160), 25)

    assert (shown[59:101, 1:-1] == 200).all()
    assert (shown[:56] == 175).all()
    assert (shown[104:] == 175).all()
    assert [int((picture[:, 40] == 200).sum()) for picture in (shown, grown)] == [44, 49]
