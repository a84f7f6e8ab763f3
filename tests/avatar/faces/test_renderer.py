"""The host on air: the same inputs give the same pixels, and only what changed is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from avatar.faces.contracts import GESTURES, PREPARE_TICKS, GestureState, MouthState, Pose, Rect
from avatar.faces.overlays import check_label
from avatar.faces.planes import empty_yuv, frame_of
from avatar.faces.renderer import HostRenderer
from avatar.faces.sheet import LayerSheet

TALK = ("sil", "AA", "PP", "E", "NN", "O", "FF", "U", "I", "SS")


def mouth_at(tick: int) -> MouthState:
    stress = tick // 30 * 30
    return MouthState(TALK[tick // 3 % 10], TALK[(tick // 3 + 1) % 10], tick % 3 / 3, "warm", 1.0, stress)


def play(
    sheet: LayerSheet, ticks: range, gesture: GestureState | None = None, seed: int = 5, **kw: object
) -> np.ndarray:
    host = HostRenderer(sheet, **kw)  # type: ignore[arg-type]  # the only keyword is the product
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    for tick in ticks:
        host.draw(host.pose(tick, mouth_at(tick), gesture, seed), yuv)
    return yuv


def changed(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Which luma pixels differ, with those whose chroma does."""
    a, b = frame_of(before), frame_of(after)
    chroma = (a.u != b.u) | (a.v != b.v)
    return (a.y != b.y) | chroma.repeat(2, axis=0).repeat(2, axis=1)


def covered(rects: list[Rect], shape: tuple[int, int]) -> np.ndarray:
    mask = np.zeros(shape, bool)
    for rect in rects:
        assert not mask[rect.y : rect.bottom, rect.x : rect.right].any(), "rectangles share pixels"
        mask[rect.y : rect.bottom, rect.x : rect.right] = True
    return mask


def test_the_same_seed_and_inputs_give_the_same_pixels(sheet):
    gesture = GestureState("count", 30, 45, 3)

    assert np.array_equal(play(sheet, range(60), gesture), play(sheet, range(60), gesture))


def test_another_seed_moves_otherwise(sheet):
    assert not np.array_equal(play(sheet, range(60), seed=5), play(sheet, range(60), seed=6))


def test_rectangles_are_even_and_cover_every_changed_pixel(sheet, bottle):
    host = HostRenderer(sheet, bottle)
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    host.draw(host.rest(), yuv)
    for tick in range(70):
        gesture = GestureState("hold", 30, 45) if tick > 20 else None
        before = yuv.copy()
        rects = host.draw(host.pose(tick, mouth_at(tick), gesture, 5), yuv)

        assert all(not (r.x % 2 or r.y % 2 or r.width % 2 or r.height % 2) for r in rects)
        assert not (changed(before, yuv) & ~covered(rects, frame_of(yuv).y.shape)).any()


def test_a_picture_drawn_bit_by_bit_is_the_picture_drawn_at_once(sheet):
    host = HostRenderer(sheet)
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    poses = [host.pose(tick, mouth_at(tick), GestureState("wave", 20, 40), 5) for tick in range(45)]
    for pose in poses:
        host.draw(pose, yuv)
    at_once = empty_yuv(sheet.layout.width, sheet.layout.height)
    HostRenderer(sheet).draw(poses[-1], at_once)

    assert np.abs(yuv.astype(int) - at_once).max() <= 3


def test_nothing_is_drawn_where_nothing_moves(sheet):
    host = HostRenderer(sheet)
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    host.draw(host.rest(), yuv)

    assert host.draw(host.rest(), yuv) == []


def test_another_buffer_is_drawn_whole(sheet):
    host = HostRenderer(sheet)
    one, other = (empty_yuv(sheet.layout.width, sheet.layout.height) for _ in range(2))
    host.draw(host.rest(), one)
    host.draw(host.rest(), other)

    assert np.array_equal(one, other)


@pytest.mark.parametrize("kind", GESTURES)
def test_no_gesture_touches_the_label(sheet, bottle, kind):
    host = HostRenderer(sheet, bottle)
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    host.draw(host.rest(), yuv)
    box = sheet.layout.label
    plain = frame_of(yuv).y[box.y : box.bottom, box.x : box.right].copy()
    for tick in range(0, 60, 2):
        rects = host.draw(host.pose(tick, MouthState("AA", "AA"), GestureState(kind, 20, 34, 5), 5), yuv)
        assert not any(rect.meets(box) for rect in rects)

    assert np.array_equal(frame_of(yuv).y[box.y : box.bottom, box.x : box.right], plain)
    assert check_label(yuv).ok


def test_a_hand_in_the_label_s_box_is_cut_away(sheet):
    host = HostRenderer(sheet)
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    pose = host.rest()
    host.draw(pose, yuv)
    hand = host.pose(40, MouthState(), GestureState("welcome", 40, 50), 1).hands[1]
    host.draw(replace(pose, hands=(replace(hand, wrist_x=140, wrist_y=150),)), yuv)

    assert check_label(yuv).ok


def lips_apart(sheet: LayerSheet, viseme: str) -> float:
    """Luma of the darkest and the mean of the mouth's middle: an open mouth has a dark or toothed hole."""
    sprite = sheet.sprites[f"mouth.{viseme}.warm"]
    closed = sheet.sprites["mouth.sil.warm"]
    return float(np.abs(sprite.luma.astype(int) - closed.luma).mean())


def test_pressed_lips_are_closed_and_vowels_open(sheet):
    assert lips_apart(sheet, "PP") < 0.5 * lips_apart(sheet, "I")
    assert lips_apart(sheet, "FF") < lips_apart(sheet, "E") < lips_apart(sheet, "AA")


def test_a_closed_shape_is_reached_whole():
    from avatar.faces.motion import mouth_weights

    assert mouth_weights(MouthState("AA", "PP", 1.0), {"calm": 0.0, "warm": 1.0, "delight": 0.0}) == (
        ("PP", "warm", 16),
    )


def test_between_two_shapes_one_mouth_is_seen():
    """AA to PP passes a mouth half open, never two mouths over each other."""
    from avatar.faces.motion import mouth_weights

    warm = {"warm": 1.0, "calm": 0.0, "delight": 0.0}
    course = [mouth_weights(MouthState("AA", "PP", mix / 8), warm) for mix in range(9)]

    assert all(len(mouths) == 1 for mouths in course)
    assert [mouths[0][0] for mouths in course][::4] == ["AA", "AA-half", "PP"]


def test_soft_vowels_open_less():
    from avatar.faces.motion import mouth_weights

    soft = mouth_weights(MouthState("AA", "AA", 0.0, "warm", 0.3), {"warm": 1.0, "calm": 0.0, "delight": 0.0})

    assert soft == (("AA-half", "warm", 16),)


@pytest.mark.parametrize("kind", GESTURES)
def test_the_stroke_lands_on_its_tick(sheet, bottle, kind):
    """The hand is away before the preparation, on its way during it, and at its place on the word's own tick."""
    host = HostRenderer(sheet, bottle)
    gesture = GestureState(kind, 40, 60, 2)
    poses: dict[int, Pose] = {t: host.pose(t, MouthState(), gesture, 5) for t in range(20, 90)}

    assert poses[40 - PREPARE_TICKS].hands == ()
    way = [poses[t].hands[0].wrist_y for t in range(40 - PREPARE_TICKS + 1, 41)]
    assert way == sorted(way, reverse=True)
    assert abs(poses[39].hands[0].wrist_y - poses[40].hands[0].wrist_y) < 12
    assert poses[60].hands
    assert poses[75].hands == ()


def test_a_cut_off_gesture_leaves_from_where_it_is(sheet):
    host = HostRenderer(sheet)
    gesture = GestureState("wave", 40, 200)
    for tick in range(35, 60):
        up = host.pose(tick, MouthState(), gesture, 5).hands[0]
    heights = [hand.wrist_y for t in range(60, 75) for hand in host.pose(t, MouthState(), None, 5).hands]

    assert abs(heights[0] - up.wrist_y) < 12
    assert heights == sorted(heights)
    assert host.pose(75, MouthState(), None, 5).hands == ()


def test_what_a_hand_holds_up_is_not_on_the_desk_as_well(sheet, bottle):
    host = HostRenderer(sheet, bottle)
    poses = [host.pose(tick, MouthState(), GestureState("hold", 40, 60), 5) for tick in range(90)]

    assert [pose.gone for pose in poses[:33]] == [0] * 33
    assert {pose.gone for pose in poses[41:60]} == {4}
    assert [pose.gone for pose in poses[75:]] == [0] * 15
    assert [poses[tick].gone for tick in range(33, 41)] == sorted(poses[tick].gone for tick in range(33, 41))


def test_another_product_is_drawn_whole_and_the_first_comes_back_as_it_was(sheet, bottle):
    host = HostRenderer(sheet, bottle, further=(None,))
    yuv = empty_yuv(sheet.layout.width, sheet.layout.height)
    host.draw(host.rest(), yuv)
    first = yuv.copy()
    host.show(1)
    host.draw(host.rest(), yuv)
    without = yuv.copy()
    host.show(0)
    host.draw(host.rest(), yuv)

    assert np.array_equal(yuv, first)
    assert not np.array_equal(without, first)
