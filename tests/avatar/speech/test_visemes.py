"""Mouth shapes from sounds."""

from __future__ import annotations

import pytest

from avatar.contracts import VisemeKey
from avatar.speech.visemes import SHORTEST_KEY, Sound, openness_at, shapes_of, viseme_keys


@pytest.mark.parametrize(
    ("mnemonic", "shapes"),
    [
        ("p", ["PP"]),
        ("ph", ["PP"]),
        ("m", ["PP"]),
        ("f", ["FF"]),
        ("th", ["DD"]),
        ("n", ["NN"]),
        ("x", ["KK"]),
        ("tS;", ["CH"]),
        ("ts.h", ["CH"]),
        ("ts", ["SS"]),
        ("ai", ["AA", "I"]),
        ("Au", ["AA", "O"]),
        ("ou", ["O", "U"]),
        ("ei", ["E", "I"]),
        ("y", ["U", "I"]),
        ("iAu", ["I", "AA", "O"]),
        ("ong", ["O", "NN"]),
        ("T", ["TH"]),
        ("v", ["FF"]),
        ("oU", ["O", "U"]),
        ("3:", ["RR"]),
        ("'a", ["AA"]),
        ("_:", ["sil"]),
        ("(en)", []),
    ],
)
def test_a_sound_has_its_shapes(mnemonic: str, shapes: list[str]):
    assert [viseme for viseme, _ in shapes_of(mnemonic)] == shapes


def test_a_diphthong_takes_two_shapes_sixty_to_forty():
    keys = viseme_keys([Sound("ai", 0, 10_000)], 12_000)

    assert keys == (VisemeKey("AA", 0), VisemeKey("I", 6_000), VisemeKey("sil", 10_000))


def test_a_trembling_shape_is_left_out():
    keys = viseme_keys([Sound("a", 0, 6_000), Sound("t", 6_000, 6_900), Sound("i", 6_900, 12_000)], 14_000)

    assert [key.viseme for key in keys] == ["AA", "I", "sil"]


def test_closed_lips_are_never_left_out():
    keys = viseme_keys([Sound("a", 0, 6_000), Sound("m", 6_000, 6_500), Sound("a", 6_500, 12_000)], 14_000)

    assert [key.viseme for key in keys] == ["AA", "PP", "AA", "sil"]
    assert keys[2].start - keys[1].start == SHORTEST_KEY


def test_the_mouth_rests_before_between_and_after():
    keys = viseme_keys([Sound("a", 3_000, 8_000), Sound("_:", 8_000, 12_000), Sound("o", 12_000, 18_000)], 24_000)

    assert keys == (
        VisemeKey("sil", 0),
        VisemeKey("AA", 3_000),
        VisemeKey("sil", 8_000),
        VisemeKey("O", 12_000),
        VisemeKey("sil", 18_000),
    )


def test_openness_holds_until_the_next_key():
    keys = (VisemeKey("sil", 0), VisemeKey("AA", 100), VisemeKey("PP", 200))

    assert openness_at(keys, [0, 99, 100, 199, 200, 5_000]) == [0.0, 0.0, 0.95, 0.95, 0.0, 0.0]
