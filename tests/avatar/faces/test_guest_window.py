"""The window of a viewer on air: beside the host, never over label or caption, the same sprite while nothing moves."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.faces.caption import FOOT, TOP
from avatar.faces.contracts import GuestView
from avatar.faces.guest_window import GuestWindow, window_box, writable
from avatar.faces.layout import Layout


@pytest.mark.parametrize("size", [(720, 1280), (180, 320), (1080, 1920), (1280, 720)])
def test_the_window_lies_in_the_frame_and_over_neither_label_nor_caption(size):
    layout = Layout(*size)
    box = window_box(layout)

    assert box.x >= 0
    assert box.right <= size[0]
    assert not box.meets(layout.label)
    assert box.bottom < layout.place(0, TOP)[1] < layout.place(0, FOOT)[1]
    assert (box.x % 2, box.y % 2, box.width % 2, box.height % 2) == (0, 0, 0, 0)


def picture(layout: Layout, luma: int) -> np.ndarray:
    box = window_box(layout)
    yuv = np.full((box.height * 3 // 2, box.width), 128, np.uint8)
    yuv[: box.height] = luma
    return yuv


def test_a_guests_picture_has_round_corners_and_a_name_below():
    layout = Layout(720, 1280)
    sprite = GuestWindow(layout).sprite(GuestView("小满", picture(layout, 200), True))

    assert sprite.box == window_box(layout)
    assert sprite.alpha[0, 0] == 0
    assert sprite.alpha[sprite.height // 2, sprite.width // 2] == 255
    assert sprite.luma[sprite.height // 2, sprite.width // 2] == pytest.approx(200, abs=1)
    foot = sprite.luma[-30:-10, 40:-40]
    assert foot.min() < 90 < foot.max()


def test_the_sprite_changes_when_the_picture_does():
    layout = Layout(360, 640)
    window = GuestWindow(layout)
    view = GuestView("Lin", picture(layout, 90), True)
    first = window.sprite(view)

    assert window.sprite(GuestView("Lin", view.picture, False)) is first
    assert window.sprite(view) is not first
    assert window.sprite(None) is None


def test_a_voice_alone_is_an_initial_on_a_disc():
    sprite = GuestWindow(Layout(720, 1280)).sprite(GuestView("满满", None, True))

    assert sprite.alpha[sprite.height // 2, sprite.width // 2] == 255
    assert sprite.luma.max() > 120


def test_a_name_no_font_draws_is_shown_without_what_is_missing():
    assert writable("Lin\U0001f9ff") == "Lin"
    assert writable("\U0001f9ff") == "·"
