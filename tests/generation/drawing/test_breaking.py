"""Lines and phrases end where a reader would pause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.drawing.breaking import CLOSING, OPENING, break_lines, forced_breaks, pieces, split_phrases
from generation.drawing.fonts import font

MEASURE = font(60).getlength


def test_a_line_that_fits_stays_whole():
    assert break_lines("冷萃咖啡液", 600, MEASURE) == ["冷萃咖啡液"]


def test_chinese_breaks_between_words_and_lines_are_balanced():
    assert break_lines("今天下单再送一只随行杯", 500, MEASURE) == ["今天下单再送", "一只随行杯"]


def test_a_break_after_a_comma_is_preferred():
    assert break_lines("一盒 12 杯，到手只要 ¥39.9", 620, MEASURE) == ["一盒 12 杯，", "到手只要 ¥39.9"]


def test_prices_numbers_with_their_units_and_latin_words_stay_whole():
    for whole in ("¥39.9", "12 小时", "20分钟", "shouldn't", "AI", "100%"):
        assert f"{whole}，" in pieces(f"每天喝{whole}，真的")


def test_a_protected_phrase_is_never_broken():
    lines = break_lines("澄夜冷萃咖啡今天第二件半价", 420, MEASURE, protected=("澄夜冷萃咖啡",))
    assert "澄夜冷萃咖啡" in lines


def test_english_breaks_at_spaces_only():
    lines = break_lines("Your morning coffee shouldn't take twenty minutes", 500, MEASURE)
    assert " ".join(lines) == "Your morning coffee shouldn't take twenty minutes"


@given(st.text(alphabet="冷萃咖啡今天下单的了，。！？「」（）12ab ¥.", min_size=1, max_size=40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one_and_nothing_is_lost(text):
    lines = break_lines(text, 380, MEASURE)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    lone = all(MEASURE(piece.strip()) <= 380 for piece in pieces(text))
    if lone:
        assert all(line[0] not in CLOSING for line in lines[1:])
        assert all(line[-1] not in OPENING for line in lines[:-1])


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        (
            "早上八点,地铁口的队伍排到马路上,一杯咖啡要等二十分钟。",
            ("早上八点", "地铁口的队伍排到马路上", "一杯咖啡要等二十分钟"),
        ),
        ("冷萃咖啡液，三秒冲开，一杯只要¥3.3!", ("冷萃咖啡液", "三秒冲开", "一杯只要¥3.3!")),
        (
            "Pour, add water, done in 3 seconds. Only $12.90 today!",
            ("Pour, add water", "done in 3 seconds", "Only $12.90 today!"),
        ),
    ],
)
def test_a_spoken_line_is_cut_into_caption_phrases(line, phrases):
    assert split_phrases(line) == phrases


def test_line_ends_inside_a_phrase_are_counted():
    assert forced_breaks("冷萃研究所 冷萃咖啡液", ["冷萃研究所", "冷萃咖啡液"]) == 0
    assert forced_breaks("冷萃研究所", ["冷萃", "研究所"]) == 1
