"""What is found in the pixels of a shot, on pictures of our own whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.describing.boxes import find_persons, find_product, find_subtitles

Look = NDArray[np.uint8]


def texture(seed: int, width: int, height: int) -> Look:
    """Soft blobs with corners in them, unlike those of any other seed."""
    chance = np.random.default_rng(seed)
    picture = cv2.resize(chance.integers(60, 200, (8, 8, 3), dtype=np.uint8), (width, height))
    for _ in range(40):
        x, y = int(chance.integers(0, width)), int(chance.integers(0, height))
        colour = [int(each) for each in chance.integers(0, 255, 3)]
        cv2.rectangle(picture, (x, y), (x + int(chance.integers(6, 30)), y + int(chance.integers(6, 30))), colour, -1)
    return np.asarray(picture, np.uint8)


def test_the_advertisers_product_is_found_where_it_stands() -> None:
    product = texture(1, 200, 240)
    scene = texture(2, 720, 960)
    scene[400:520, 300:400] = cv2.resize(product, (100, 120), interpolation=cv2.INTER_AREA)

    box = find_product(scene, product)

    assert box is not None
    assert abs(box.left - 300 / 720) < 0.03
    assert abs(box.top - 400 / 960) < 0.03
    assert box.width <= 100 / 720 + 0.02


def test_another_product_is_not_found() -> None:
    assert find_product(texture(2, 720, 960), texture(1, 200, 240)) is None


def test_a_plain_picture_has_no_product_to_look_for() -> None:
    assert find_product(np.full((200, 200, 3), 90, np.uint8), np.full((50, 50, 3), 90, np.uint8)) is None


def test_burnt_in_lines_have_a_box_of_their_own() -> None:
    looks = []
    for step in range(5):
        look = np.roll(texture(3, 540, 960), 25 * step, axis=1).copy()
        look = cv2.GaussianBlur(look, (0, 0), 6)
        cv2.putText(look, "FREE SHIPPING TODAY", (60, 800), cv2.FONT_HERSHEY_DUPLEX, 1.2, (255, 255, 255), 3)
        looks.append(np.asarray(look, np.uint8))

    boxes = find_subtitles(looks)

    assert len(boxes) == 1
    assert 0.78 < boxes[0].top < 0.84
    assert boxes[0].width > 0.6


def test_a_moving_picture_without_lettering_has_no_burnt_in_lines() -> None:
    looks = [np.roll(texture(3, 540, 960), 25 * step, axis=1) for step in range(5)]

    assert find_subtitles([np.asarray(cv2.GaussianBlur(look, (0, 0), 6), np.uint8) for look in looks]) == ()


def test_nobody_is_seen_where_nobody_is() -> None:
    street = cv2.GaussianBlur(texture(4, 360, 640), (0, 0), 3)

    assert find_persons([np.asarray(street, np.uint8)]) == ()
