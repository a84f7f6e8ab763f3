"""The label is recognised by its shape, in faces that are not ours too, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from generation.contracts import Canvas, LabelClip, SafeArea
from generation.drawing.labels import label_lane
from generation.quality.visible_label import LabelWatch, VisibleLabel, corner_size

SHAPES = [Canvas(1080, 1920), Canvas(1080, 1080), Canvas(1920, 1080), Canvas(540, 960), Canvas(360, 640)]
OTHER_FACES = [
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
]


def _ground(canvas: Canvas, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(20, 235, (canvas.height // 40, canvas.width // 40), dtype=np.uint8))
    return np.asarray(coarse.resize((canvas.width, canvas.height), Image.Resampling.BICUBIC))


def _look(canvas: Canvas, picture: np.ndarray, shown: int = 80, frames: int = 90) -> VisibleLabel | None:
    width, height = corner_size(canvas.width, canvas.height)
    watch = LabelWatch(width, height, min(canvas.width, canvas.height))
    empty = _ground(canvas)
    sampled = [frame for frame in range(frames) if frame < 76 or frame % 15 == 0]
    for frame in sampled:
        source = picture if frame < shown else empty
        watch.see(np.ascontiguousarray(source[:height, :width]).tobytes())
    return watch.finish(frames)


def _labelled(canvas: Canvas, text: str) -> np.ndarray:
    picture = _ground(canvas).astype(np.float32)
    safe = SafeArea(canvas.width // 12, canvas.height // 10, canvas.width, canvas.height)
    state = label_lane(LabelClip(0, 60, text), canvas, safe).states[0]
    assert state.image is not None
    height, width = state.image.shape[:2]
    place = (slice(state.top, state.top + height), slice(state.left, state.left + width))
    alpha = state.image[:, :, 3] / 255
    picture[place] = picture[place] * (1 - alpha) + state.image[:, :, 0] * alpha
    return (16 + picture * 219 / 255).astype(np.uint8)


@pytest.mark.parametrize("canvas", SHAPES, ids=lambda canvas: f"{canvas.width}x{canvas.height}")
@pytest.mark.parametrize("text", ["AI生成", "AI-generated"])
def test_our_own_label_is_found_on_every_shape_and_its_glyphs_measure_five_percent(canvas: Canvas, text: str) -> None:
    found = _look(canvas, _labelled(canvas, text))

    assert found is not None
    assert found.words == text
    assert found.to_frame >= 76
    assert found.glyph_px >= min(canvas.width, canvas.height) * 0.05
    assert found.contrast >= 4.5


@pytest.mark.parametrize("shown", [12, 30, 59])
def test_the_frame_the_label_leaves_at_is_exact_within_the_first_two_seconds(shown: int) -> None:
    canvas = Canvas(360, 640)

    found = _look(canvas, _labelled(canvas, "AI生成"), shown=shown)

    assert found is not None
    assert found.to_frame == shown


@pytest.mark.parametrize("face", [face for face in OTHER_FACES if face.exists()], ids=lambda face: face.stem)
def test_a_label_in_another_face_is_found(face: Path) -> None:
    canvas = Canvas(1080, 1920)
    image = Image.fromarray(_ground(canvas))
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 200, 420, 330), fill=25)
    pen.text((80, 210), "AI生成", fill=235, font=ImageFont.truetype(str(face), 84))

    found = _look(canvas, np.asarray(image))

    assert found is not None
    assert found.words.replace(" ", "") == "AI生成"


@pytest.mark.parametrize("text", ["限时优惠", "新品上市", "冷萃咖啡", "NEW IN", "Best price", "AI芯片", "天生完成"])
def test_other_words_on_the_same_plate_are_no_label(text: str) -> None:
    canvas = Canvas(1080, 1920)

    assert _look(canvas, _labelled(canvas, text)) is None


def test_a_picture_without_text_has_no_label() -> None:
    canvas = Canvas(1080, 1920)

    assert [_look(canvas, _ground(canvas, seed)) for seed in range(4)] == [None] * 4
