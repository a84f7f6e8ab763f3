"""What the carried fonts can write, and what is said about the rest."""

import pytest

from core.errors import InputError
from generation.drawing import fonts
from scripts.make_fonts import gb2312_characters


def test_every_character_of_gb_2312_has_a_glyph_in_both_weights():
    for weight in ("regular", "bold"):
        assert not [chr(c) for c in gb2312_characters() if c not in fonts.covered(weight)]


def test_common_signs_and_latin_letters_have_glyphs():
    assert fonts.missing_characters("¥39.9 €5 £3 $12.90 50% “好” ‘x’ 「夜」 → ✓ ★ café Ünü naïve") == ()


def test_a_character_without_a_glyph_is_named_with_the_way_out():
    with pytest.raises(InputError, match=r"caption: the font has no glyph for 鱻 \(U\+9C7B\); write it differently"):
        fonts.require_glyphs("caption", "好吃的鱻鱻")


def test_emoji_are_refused_by_name_with_the_way_out():
    with pytest.raises(InputError, match=r"U\+1F600.*remove the emoji"):
        fonts.require_glyphs("caption", "好喝 😀")


def test_the_fonts_stay_within_eight_megabytes_with_their_licence():
    assert sum(path.stat().st_size for path in fonts.FILES.values()) < 8_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
