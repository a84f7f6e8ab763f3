"""Brand colours: what type on them reaches, what cards take instead, and a still to look at."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core.errors import InputError
from generation.brand_looks import card_still, colour_hints
from generation.contracts import Brand, CardClip


def test_colours_that_carry_type_are_used_as_they_are():
    hints = colour_hints(Brand("澄夜", "#005C50", "#14191C", "#E9A91F"))

    assert (hints.primary.text, hints.primary.reads) == ("#FFFFFF", True)
    assert hints.secondary.reads
    assert hints.accent.text == "#101416"


def test_a_colour_that_type_cannot_read_on_is_moved_and_says_how_far_it_came():
    hint = colour_hints(Brand("澄夜", "#7F8C8D", "#14191C", "#E9A91F")).primary

    assert hint.contrast < 6.2
    assert not hint.reads
    assert hint.used != "#7F8C8D"


def test_type_too_pale_for_paper_is_darkened():
    hint = colour_hints(Brand("澄夜", "#00776A", "#F2C94C", "#E9A91F")).secondary

    assert (hint.contrast < 2, hint.reads) == (True, False)


def test_an_accent_near_the_primary_does_not_stand_out():
    assert colour_hints(Brand("澄夜", "#00776A", "#14191C", "#007A6E")).accent_on_primary < 3


@pytest.mark.parametrize("bad", ["", "red", "#12", "#GGGGGG"])
def test_what_is_no_colour_is_named(bad):
    with pytest.raises(InputError) as refused:
        colour_hints(Brand("澄夜", accent=bad))

    assert refused.value.thing == "color_accent"


def test_a_still_shows_the_card_in_the_brands_colours():
    card = CardClip(0, 80, "price", ("澄夜冷萃", "第二件半价"), "¥39.9", 1)

    green, red = (card_still(card, Brand("澄夜", primary=colour), "zh-CN") for colour in ("#00776A", "#B3261E"))

    assert Image.open(io.BytesIO(green)).size == (540, 960)
    assert green != red
