"""What comes after the model: frames between frames, larger frames, files."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from generation.engines.clips.base import MadeClip
from generation.engines.clips.interpolation import interpolate_frames
from generation.engines.clips.pictures import fitted, frame_of, layout_frames, open_picture, read_clip
from generation.engines.clips.upscaling import upscale_frames
from generation.engines.clips.writing import write_clip


def square_at(left: int) -> np.ndarray:
    """A soft square on a structured ground, 64 x 48."""
    rows, columns = np.mgrid[:48, :64]
    ground = 60 + 20 * np.sin(columns / 3) * np.cos(rows / 4)
    spot = 150 * np.exp(-(((columns - left) ** 2 + (rows - 24) ** 2) / 60))
    return np.repeat((ground + spot).clip(0, 255)[..., None], 3, axis=2).astype(np.uint8)


def test_a_frame_between_two_moves_instead_of_fading():
    frames = np.stack([square_at(24), square_at(32)])

    made = interpolate_frames(frames, 4)

    assert made.shape == (5, 48, 64, 3)
    assert np.array_equal(made[0], frames[0])
    assert np.array_equal(made[4], frames[1])
    fade = np.abs(((frames[0].astype(float) + frames[1]) / 2) - square_at(28)).mean()
    assert np.abs(made[2].astype(float) - square_at(28)).mean() < 0.6 * fade


def test_frames_too_small_for_flow_are_still_the_right_number():
    assert interpolate_frames(np.zeros((3, 8, 8, 3), np.uint8), 2).shape == (5, 8, 8, 3)


def test_upscaling_multiplies_both_sides():
    assert upscale_frames(np.zeros((2, 8, 16, 3), np.uint8), 2).shape == (2, 16, 32, 3)


def test_a_clip_comes_back_from_its_file_nearly_as_it_was(tmp_path):
    frames = np.stack([square_at(left) for left in range(20, 29)])

    write_clip(MadeClip(frames, 16), tmp_path / "clip.mp4")
    read = read_clip("extend", str(tmp_path / "clip.mp4"), 64, 48, 16)

    assert read.shape == frames.shape
    assert np.abs(read.astype(int) - frames.astype(int)).mean() < 2
    assert list(tmp_path.iterdir()) == [tmp_path / "clip.mp4"]


def test_one_frame_is_a_picture_to_the_last_bit(tmp_path):
    frame = square_at(30)[None]

    write_clip(MadeClip(frame, 16), tmp_path / "picture.png")

    assert np.array_equal(frame_of("image", str(tmp_path / "picture.png"), 64, 48), frame)
    with pytest.raises(InputError, match=r"written as \.png"):
        write_clip(MadeClip(frame, 16), tmp_path / "picture.mp4")


def test_a_drawing_stands_and_a_clip_of_drawings_holds_its_last(tmp_path):
    frames = np.stack([square_at(left) for left in (20, 28, 36)])
    write_clip(MadeClip(frames[:1], 16), tmp_path / "drawing.png")
    write_clip(MadeClip(frames, 16), tmp_path / "drawings.mp4")

    still = layout_frames("sketch", str(tmp_path / "drawing.png"), 64, 48, 16, 5)
    moving = layout_frames("sketch", str(tmp_path / "drawings.mp4"), 64, 48, 16, 5)

    assert np.array_equal(still, np.repeat(frames[:1], 5, axis=0))
    assert len(moving) == 5
    assert np.array_equal(moving[4], moving[2])


@pytest.mark.parametrize("name", ["absent.png", "broken.png"])
def test_a_picture_that_cannot_be_read_is_refused_by_its_field(tmp_path, name):
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)

    with pytest.raises(InputError, match=name) as refused:
        open_picture("last_image", str(tmp_path / name))

    assert refused.value.thing == "last_image"


def test_a_clip_that_cannot_be_read_is_refused_by_its_field(tmp_path):
    (tmp_path / "broken.mp4").write_bytes(b"no film")

    for name in ("absent.mp4", "broken.mp4"):
        with pytest.raises(InputError, match=name) as refused:
            read_clip("extend", str(tmp_path / name), 64, 48, 16)
        assert refused.value.thing == "extend"


def test_pictures_cover_and_are_cut_never_stretched():
    from PIL import Image

    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("black", (0, 0, 50, 100))

    assert np.asarray(fitted(picture, 100, 100)).min() == 255
