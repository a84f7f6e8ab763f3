"""Which shots count as one picture."""

from __future__ import annotations

import cv2
import numpy as np

from bench.pictures import picture
from generation.understanding.likeness import print_of
from generation.understanding.look_groups import ShotHashes, look_groups
from generation.understanding.looks import grey, perceptual_hash
from tests.generation.understanding.made_scenes import Frame


def scene(number: int) -> Frame:
    return np.asarray(picture(number, 320, 180), dtype=np.uint8)


def look(name: str, *frames: Frame) -> ShotHashes:
    return name, perceptual_hash(frames[0]), [print_of(grey(frame)) for frame in frames]


def bare(name: str, phash: int) -> ShotHashes:
    return name, f"{phash:016x}", []


def cropped(frame: Frame, left: float, top: float) -> Frame:
    """Nine tenths of the picture, the spare tenth shared out."""
    height, width = frame.shape[:2]
    y, x = round(height * 0.1 * top), round(width * 0.1 * left)
    return frame[y : y + round(height * 0.9), x : x + round(width * 0.9)]


def again(frame: Frame) -> Frame:
    """Saved badly at another size."""
    small = cv2.resize(frame, (240, 136), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 25])[1], 1), dtype=np.uint8)


def test_a_shot_like_no_other_stands_for_itself() -> None:
    shots = [look(str(number), scene(number)) for number in range(30)]

    assert look_groups(shots) == {str(number): str(number) for number in range(30)}


def test_copies_of_a_shot_are_one_look() -> None:
    own = scene(41)
    copies = [again(own), np.flip(own, axis=1), cropped(own, 0.5, 0.5), cropped(own, 0.2, 0.9), np.flip(again(own), 1)]
    shots = [look("own", own), *(look(f"copy {place}", np.ascontiguousarray(c)) for place, c in enumerate(copies))]

    groups = look_groups([*shots, look("other", scene(42))])

    assert {groups[name] for name, _, _ in shots} == {groups["own"]}
    assert groups["other"] == "other"


def test_shots_that_share_a_border_only_stay_apart() -> None:
    first = look("first", scene(1), scene(2), scene(3))
    second = look("second", scene(3), scene(4), scene(5))
    beginning = look("beginning", scene(1), scene(2))

    assert look_groups([first, second, beginning]) == {"first": "first", "second": "second", "beginning": "first"}


def test_a_chain_of_look_alikes_is_not_one_group() -> None:
    chain = [bare(str(link), (1 << 6 * link) - 1) for link in range(9)]

    groups = look_groups(chain)

    assert len(set(groups.values())) == 3
    for name, stands in groups.items():
        assert abs(int(name) - int(stands)) <= 1


def test_the_order_of_shots_decides_only_among_equals() -> None:
    shots = [bare("a", 0xFFFF), bare("b", 0xFFFF0000), bare("c", 0xFFFE)]

    assert look_groups(shots) == {"a": "a", "b": "b", "c": "a"}
    assert look_groups(shots[::-1]) == {"a": "c", "b": "b", "c": "c"}


def test_shots_known_by_their_phash_alone_are_grouped_by_it_mirrored_too() -> None:
    mirror = 0x0123456789ABCDEF ^ 0x5555555555555555

    groups = look_groups([bare("a", 0x0123456789ABCDEF), bare("b", mirror), bare("c", 0), ("d", "", [])])

    assert groups == {"a": "a", "b": "a", "c": "c", "d": "d"}


def test_no_shots_have_no_groups() -> None:
    assert look_groups([]) == {}
