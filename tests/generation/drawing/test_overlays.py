"""Captions, label and stickers: where they lie, when, and how well they read."""

import itertools

import numpy as np
import pytest

from generation.contracts import (
    LANDSCAPE,
    PORTRAIT,
    SQUARE,
    Brand,
    Canvas,
    CaptionClip,
    LabelClip,
    SafeArea,
    StickerClip,
    Word,
)
from generation.drawing import colours
from generation.drawing.captions import POP, caption_lane, look_of
from generation.drawing.labels import label_lane
from generation.drawing.overlays import Lane, OverlayState, lane_of
from generation.drawing.stickers import is_price, sticker_lane

SAFE = SafeArea(60, 150, 960, 1500)
BRAND = Brand("澄夜")
WIDE = SafeArea(96, 54, 1824, 1026)


def caption(text, **more):
    return caption_lane(CaptionClip(0, 60, text, **more), look_of(PORTRAIT, SAFE, BRAND))


@pytest.mark.parametrize(
    "text", ["冷", "一盒 12 杯，到手只要 ¥39.9", "The quick brown fox jumps over the lazy dog " * 2]
)
def test_a_caption_lies_inside_the_safe_area_with_contrast(text):
    for box in caption(text.strip()).boxes:
        assert SAFE.left <= box.left < box.right <= SAFE.right
        assert SAFE.top <= box.top < box.bottom <= SAFE.bottom
        assert colours.contrast(colours.parse(box.colour), colours.parse(box.edge)) >= 4.5


def test_the_accent_is_lightened_until_it_reads_on_the_outline():
    look = look_of(PORTRAIT, SAFE, Brand("x", accent="#20124D"))
    assert colours.contrast(look.accent, (12, 15, 17)) >= 4.5


def test_a_box_is_where_the_ink_is():
    lane = caption("冷萃咖啡液")
    state = next(s for s in lane.states if s.start_frame == len(POP))
    ys, xs = np.nonzero(state.image[..., 3] == 255)
    box = lane.boxes[-1]
    assert abs(state.left + xs.min() - box.left) <= 2
    assert abs(state.top + ys.max() + 1 - box.bottom) <= 2


def test_words_light_up_one_after_another_where_times_are_known():
    words = tuple(Word(c, 10 * i, 10 * i + 10) for i, c in enumerate("冷萃咖啡"))
    lane = caption("冷萃咖啡", words=words)
    assert [s.start_frame for s in lane.states if s.image is not None] == [0, 1, 2, 3, 10, 20, 30]
    first, last = lane.states[3].image, lane.states[6].image
    accent = np.array(look_of(PORTRAIT, SAFE, BRAND).accent)
    lit = [np.nonzero((image[..., :3] == accent).all(axis=2))[1].mean() for image in (first, last)]
    assert lit[0] < first.shape[1] * 0.35
    assert lit[1] > first.shape[1] * 0.65


@pytest.mark.parametrize(("canvas", "safe"), [(PORTRAIT, SAFE), (SQUARE, WIDE), (LANDSCAPE, WIDE)])
@pytest.mark.parametrize("text", ["AI 生成", "AI-generated"])
def test_the_labels_glyphs_measure_at_least_five_per_cent_of_the_short_side(canvas, safe, text):
    (box,) = label_lane(LabelClip(0, 60, text), canvas, safe).boxes
    assert box.glyph_px >= 54
    assert (box.left, box.top) >= (safe.left, safe.top)
    assert colours.contrast(colours.parse(box.colour), colours.parse(box.edge)) >= 4.5


def test_label_glyphs_are_as_high_as_the_box_says():
    lane = label_lane(LabelClip(0, 60, "AI"), PORTRAIT, SAFE)
    image = lane.states[0].image
    white = (image[..., :3] > 240).all(axis=2) & (image[..., 3] > 240)
    rows = np.nonzero(white.any(axis=1))[0]
    assert rows.max() - rows.min() + 1 >= 54


def test_a_draft_label_is_measured_on_its_own_canvas():
    (box,) = label_lane(LabelClip(0, 60, "AI 生成"), Canvas(540, 960), SafeArea(30, 75, 480, 750)).boxes
    assert 27 <= box.glyph_px <= 29


@pytest.mark.parametrize("text", ["¥39.9", "$12.90", "39.9元", "5 折", "50%"])
def test_amounts_become_a_burst(text):
    assert is_price(text)


@pytest.mark.parametrize("text", ["第二件半价", "Buy one, get one free"])
def test_offers_become_a_ribbon(text):
    assert not is_price(text)


@pytest.mark.parametrize("text", ["¥39.9", "第二件半价", "$1,299.00"])
def test_a_sticker_pops_in_stands_and_leaves_inside_the_safe_area(text):
    lane = sticker_lane(StickerClip(10, 100, text, "到手价"), PORTRAIT, SAFE, BRAND, 290)
    left, top, right, bottom = lane.rect
    assert left >= SAFE.left
    assert right <= SAFE.right + 1
    assert top >= SAFE.top
    assert bottom <= SAFE.bottom + 1
    assert [b.is_moving for b in lane.boxes] == [True, False, True]
    assert lane.states[0].start_frame == 10
    assert lane.states[-1] == OverlayState(100, None)


def test_a_sticker_never_stands_still_for_two_seconds():
    lane = sticker_lane(StickerClip(0, 300, "¥39.9"), PORTRAIT, SAFE, BRAND, 290)
    starts = [state.start_frame for state in lane.states]
    assert max(b - a for a, b in itertools.pairwise(starts)) < 60


def test_lanes_follow_each_other_and_are_cut_to_the_stretch():
    image = np.zeros((4, 4, 4), np.uint8)
    early = Lane((OverlayState(-20, image), OverlayState(-10, image), OverlayState(12, None)), ())
    late = Lane((OverlayState(12, image), OverlayState(90, None)), ())
    lane = lane_of([early, late], 40)
    assert [(s.start_frame, s.image is not None) for s in lane.states] == [(0, True), (12, True)]
