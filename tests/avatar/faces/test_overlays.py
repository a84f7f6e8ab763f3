"""Caption, card and label over the host."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.faces.caption import Caption
from avatar.faces.caption_lines import lines_of, pages_of
from avatar.faces.contracts import CardState, MouthState, OverlayState
from avatar.faces.layout import Layout
from avatar.faces.overlays import Stage, check_label, require_writable
from avatar.faces.planes import empty_yuv, frame_of
from avatar.faces.renderer import HostRenderer
from core.errors import InputError
from generation.lettering import font

WORDS = ("Ice ", "at ", "noon ", "stays ", "ice ", "at ", "midnight.")
CARD = CardState("Tarn bottle, 600 ml", "$34", "$42", "24 h cold", "Shop")


@pytest.fixture
def stage(sheet):
    return Stage(HostRenderer(sheet))


@pytest.fixture
def yuv(sheet):
    return empty_yuv(sheet.layout.width, sheet.layout.height)


def test_the_label_is_read_from_the_picture(stage, yuv):
    stage.draw(stage.host.rest(), OverlayState(), 0, yuv)
    check = check_label(yuv)

    assert check.ok
    assert check.box == stage.host.layout.label


@pytest.mark.parametrize("size", [(720, 1280), (1280, 720), (720, 960), (1080, 1920)])
def test_the_labels_first_line_is_a_twentieth_of_the_shorter_side_in_every_frame(size):
    layout = Layout(*size)
    face = font(round(39 * layout.label_scale))
    _, top, _, bottom = face.getbbox("数字人")

    assert bottom - top >= 0.05 * min(size) - 1
    assert layout.label.right < size[0] * 0.4


def test_a_covered_or_missing_label_is_noticed(stage, yuv):
    stage.draw(stage.host.rest(), OverlayState(), 0, yuv)
    box = stage.host.layout.label
    covered = yuv.copy()
    frame_of(covered).y[box.y : box.y + box.height // 2, box.x : box.right] = 120

    assert not check_label(covered).ok
    assert not check_label(empty_yuv(yuv.shape[1], yuv.shape[0] * 2 // 3)).ok


def test_a_label_in_the_advertisers_words_is_read_from_the_picture_and_is_not_ours(sheet, yuv):
    worded = Stage(HostRenderer(sheet, wording="由 AI 生成 · 澄夜"))
    worded.draw(worded.host.rest(), OverlayState(), 0, yuv)

    assert check_label(yuv, "由 AI 生成 · 澄夜").ok
    assert not check_label(yuv).ok


def test_a_compressed_label_still_counts(stage, yuv):
    stage.draw(stage.host.rest(), OverlayState(), 0, yuv)
    noise = np.random.default_rng(1).normal(0, 3, yuv.shape)

    assert check_label(np.clip(yuv + noise, 0, 255).astype(np.uint8)).ok


def test_the_word_being_said_is_yellow_the_spoken_white_and_the_rest_dimmer():
    caption = Caption(Layout(720, 1280))
    caption.change_to(WORDS, 3)
    sprite = caption.sprites()[0]
    places = {place.word: place for place in caption._places}

    def brightest(word: int) -> tuple[int, int]:
        place = places[word]
        rows, columns = slice(place.top, place.bottom), slice(place.left, place.right)
        blue = sprite.uva[place.top // 2 : place.bottom // 2, place.left // 2 : place.right // 2, 0]
        return int(sprite.luma[rows, columns].max()), int(blue.min())

    spoken, now, to_come = brightest(0), brightest(3), brightest(6)
    assert spoken[0] > 225 > now[0] > to_come[0]
    assert now[1] < 110
    assert len(places) == len(WORDS)


def test_a_word_further_only_two_words_are_drawn_anew(stage, yuv):
    pose = stage.host.rest()
    stage.draw(pose, OverlayState(WORDS, 2, CARD), 0, yuv)
    rects = stage.draw(pose, OverlayState(WORDS, 3, CARD), 1, yuv)

    caption = stage.overlays._caption.sprites()[0].box
    assert rects
    assert sum(r.width * r.height for r in rects) < 0.6 * caption.width * caption.height


def test_overlays_that_leave_give_the_picture_back(stage, yuv):
    pose = stage.host.rest()
    stage.draw(pose, OverlayState(), 0, yuv)
    plain = yuv.copy()
    stage.draw(pose, OverlayState(WORDS, 2, CARD, "Now -20 %", "Shop", True, "Free shipping today"), 1, yuv)
    assert not np.array_equal(plain, yuv)
    stage.draw(pose, OverlayState(), 2, yuv)

    assert np.array_equal(plain, yuv)


def test_moving_under_overlays_never_blends_them_twice(sheet, yuv):
    state = OverlayState(WORDS, 2, CARD, "Now -20 %", "", False, "Free shipping today")
    stage = Stage(HostRenderer(sheet))
    poses = [stage.host.pose(tick, MouthState("AA", "E", 0.5), None, 5) for tick in range(40)]
    for tick, pose in enumerate(poses):
        stage.draw(pose, state, tick, yuv)
    at_once = empty_yuv(sheet.layout.width, sheet.layout.height)
    Stage(HostRenderer(sheet)).draw(poses[-1], state, 39, at_once)

    assert np.abs(yuv.astype(int) - at_once).max() <= 3


def test_a_long_sentence_is_shown_page_by_page():
    words = [f"word{n}{',' if n % 5 == 4 else ''} " for n in range(40)]
    pages = pages_of(words, 300, lambda text: 8.0 * len(text))

    assert [index for page in pages for index in page] == list(range(40))
    assert len(pages) > 2
    assert all(words[page[-1]].strip().endswith(",") for page in pages[:-1])
    for page in pages:
        lines = lines_of([words[index] for index in page], 300, lambda text: 8.0 * len(text))
        assert len(lines) <= 2
        assert all(8.0 * len("".join(line).strip()) <= 300 for line in lines)


def test_what_the_fonts_cannot_write_is_named():
    with pytest.raises(InputError, match="coupon"):
        require_writable(OverlayState(coupon="Deal 🎉"))
