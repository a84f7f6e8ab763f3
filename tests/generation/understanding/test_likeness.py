"""Prints: what is kept of a picture to know it again."""

from __future__ import annotations

import numpy as np
import pytest

from bench.pictures import picture
from generation.understanding.likeness import (
    HASHES,
    PRINT_LENGTH,
    is_near,
    mirrored,
    mirrored_phash,
    print_of,
    score,
    unlike_prints,
    words_of,
)
from generation.understanding.looks import grey, perceptual_hash
from generation.understanding.pdq import pdq_of


def test_a_print_is_the_whole_and_thirteen_crops() -> None:
    light = grey(picture(1, 256, 256))
    made = print_of(light)

    assert len(made) == PRINT_LENGTH == 64 * 14
    assert made[:64] == pdq_of(light).hash
    assert words_of([made, made]).shape == (2, HASHES, 4)


def test_a_plain_picture_has_no_print() -> None:
    assert print_of(np.full((90, 160), 16, np.uint8)) == ""
    assert unlike_prints([np.full((90, 160), 16, np.uint8)] * 3) == ()


def test_size_hardly_matters() -> None:
    big, small = (print_of(grey(picture(2, *size))) for size in ((640, 360), (160, 90)))

    assert score(words_of([big])[0, 0], words_of([small])[0, :1])[0] <= 30


def test_coarse_bits_count_three_times() -> None:
    one = np.zeros(4, np.uint64)
    others = np.asarray([[7, 0, 0, 0], [0, 7, 0, 0], [0, 1, 2, 4], [2**64 - 1] * 4], dtype=np.uint64)

    assert score(one, others).tolist() == [9, 3, 3, 384]


def test_the_coarse_word_is_what_a_phash_is() -> None:
    """Cosine terms 1 to 8 both ways: moving the light of the whole picture leaves it as it is."""
    light = grey(picture(3, 256, 256))
    finer = light.astype(np.int16) + (np.indices(light.shape).sum(axis=0) // 9 % 2 * 60 - 30)

    plain, noisy = words_of([print_of(light), print_of(np.clip(finer, 0, 255).astype(np.uint8))])[:, 0]

    assert np.bitwise_count(plain[0] ^ noisy[0]) <= 8
    assert np.bitwise_count(plain[1:] ^ noisy[1:]).sum() > np.bitwise_count(plain[0] ^ noisy[0])


def test_turned_bits_are_the_hash_of_the_mirror_image() -> None:
    frame = picture(4, 256, 256)
    turned = np.ascontiguousarray(frame[:, ::-1])
    own, other = words_of([print_of(grey(frame)), print_of(grey(turned))])
    bits = int(perceptual_hash(frame), 16)

    assert score(mirrored(own)[0], other[:1])[0] <= 60
    assert (mirrored_phash(bits) ^ int(perceptual_hash(turned), 16)).bit_count() <= 6


def test_only_frames_unlike_those_before_are_kept() -> None:
    same, other = (grey(picture(number, 160, 90)) for number in (5, 6))

    assert unlike_prints([same, same, same, same, same]) == (print_of(same),)
    assert unlike_prints([other, other, same, same, other]) == (print_of(same), print_of(other))
    assert is_near(print_of(same), print_of(same))
    assert not is_near(print_of(same), print_of(other))


def test_what_is_no_print_is_refused() -> None:
    with pytest.raises(ValueError, match="896 hex digits"):
        words_of(["ff00"])
