"""PDQ by its published algorithm."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from bench.pictures import picture
from generation.understanding.looks import grey
from generation.understanding.pdq import pdq_hash, pdq_of

Bytes = NDArray[np.uint8]


def waves(width: int, height: int) -> Bytes:
    """A picture anyone can draw again: three cosines of whole-number frequencies."""
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height)
    light = 128 + 40 * np.cos(np.pi * 3 * x) * np.cos(np.pi * 2 * y) + 30 * np.cos(np.pi * (7 * x + 4 * y)) + 25 * x * y
    return light.astype(np.uint8)


def apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (64, 64, "54b7113bd66e416b5117057fb9d7043b39a1057f601a116f085aaad51295ffd5"),
        (160, 90, "a9c8017faae0157b004c146ba384117fed1f046f52d0006bebd4ff95baacff95"),
        (333, 517, "988a043fa26c513bc85e057f231d547f5451517f100a453f2fc0ffd50554ffd5"),
        (640, 360, "4cc0407f2463117f2539057f2100507fbc9c057f0894557fabd0ff95aaacff95"),
    ],
)
def test_the_hash_is_that_of_the_reference_implementation(width: int, height: int, expected: str) -> None:
    made = pdq_of(waves(width, height))

    assert apart(made.hash, expected) <= 2
    assert made.quality == 100


def test_the_mirror_image_has_the_hash_said_of_it() -> None:
    light = grey(picture(3, 320, 192))

    assert apart(pdq_of(light).mirrored, pdq_of(np.ascontiguousarray(light[:, ::-1])).hash) <= 4


def test_the_hash_alone_is_the_same_hash() -> None:
    light = grey(picture(4, 256, 256))

    assert apart(pdq_hash(light.astype(np.float32)), pdq_of(light).hash) <= 2


def test_a_picture_scaled_and_compressed_keeps_its_hash_and_others_have_another() -> None:
    own, other = picture(5, 640, 360), picture(6, 640, 360)
    small = cv2.resize(own, (320, 180), interpolation=cv2.INTER_AREA)
    saved = np.asarray(cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 30])[1], 1), dtype=np.uint8)

    assert apart(pdq_of(grey(own)).hash, pdq_of(grey(saved)).hash) <= 31
    assert apart(pdq_of(grey(own)).hash, pdq_of(grey(other)).hash) >= 90


def test_a_plain_picture_has_no_quality() -> None:
    assert pdq_of(np.full((90, 160), 40, np.uint8)).quality == 0
    assert pdq_of(grey(picture(7, 640, 360))).quality > 60


def test_what_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="160 x 4 is too small"):
        pdq_of(np.zeros((4, 160), np.uint8))
