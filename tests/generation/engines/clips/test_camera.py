"""Camera moves: what people write, what prompts say, what the path does."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from generation.engines.clips.camera import PRESETS, CameraMove, camera_words, parse_camera, with_camera
from generation.engines.clips.camera_control import moved_drawing, path_matrix


def test_moves_have_a_sign_and_a_strength():
    assert parse_camera("pan:+2,zoom:-1") == (CameraMove("pan", 2.0), CameraMove("zoom", -1.0))
    assert parse_camera(" roll:0.5 ") == (CameraMove("roll", 0.5),)
    assert parse_camera("") == ()


def test_a_preset_is_its_moves_and_combines_with_others():
    assert parse_camera("push-in, pan:1") == (CameraMove("dolly", 2), CameraMove("pan", 1.0))
    assert all(parse_camera(name) == moves for name, moves in PRESETS.items())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fly:1", "camera_move"),
        ("pan", "camera_move"),
        ("pan:fast", "camera_move"),
        ("pan:5.5", "camera_strength"),
        ("pan:1,pan:2", "camera_twice"),
        ("push-in,dolly:1", "camera_twice"),
        ("pan:1,,zoom:1", "camera_move"),
    ],
)
def test_what_is_no_move_is_refused(text, code):
    with pytest.raises(InputError) as refused:
        parse_camera(text)

    assert (refused.value.thing, refused.value.code) == ("camera", code)


def test_a_prompt_says_its_moves_in_its_own_language():
    moves = parse_camera("dolly:1,pan:-4")

    assert with_camera("一只红色的杯子。", moves) == "一只红色的杯子，镜头极缓慢地向前推进，镜头快速地向左摇"
    assert (
        with_camera("A red cup.", moves) == "A red cup, the camera very slowly pushes in, the camera quickly pans left"
    )
    assert with_camera("A red cup.", ()) == "A red cup."
    assert camera_words(parse_camera("still"), "杯子") == "固定机位"


def test_the_picture_goes_left_when_the_camera_pans_right():
    middle = np.array([50, 25, 1.0])

    right = path_matrix(parse_camera("pan:2"), 1.0, 100, 50) @ middle
    half_way = path_matrix(parse_camera("pan:2"), 0.5, 100, 50) @ middle
    closer = path_matrix(parse_camera("zoom:3"), 1.0, 100, 50)

    assert right.tolist() == pytest.approx([40, 25, 1])
    assert half_way.tolist() == pytest.approx([45, 25, 1])
    assert closer[0, 0] == pytest.approx(1.1**3)
    assert (closer @ middle).tolist() == pytest.approx(middle.tolist())


def test_the_control_video_begins_with_the_outlines_as_they_are():
    first = np.full((32, 48, 3), 255, np.uint8)
    first[8:24, 16:32] = 0

    drawing = moved_drawing(first, parse_camera("truck:4"), 5)

    assert drawing.shape == (5, 32, 48, 3)
    lines = [np.argwhere(frame[..., 0] < 128)[:, 1].mean() for frame in drawing]
    assert lines == sorted(lines, reverse=True)
    assert lines[0] - lines[-1] == pytest.approx(0.05 * 48 * 4, abs=1.5)
