"""Lines end where a reader would pause."""

from hypothesis import example, given
from hypothesis import strategies as st

from core.phrases import CLOSING, OPENING, pieces
from generation.drawing.breaking import break_lines, forced_breaks
from generation.drawing.fonts import font

MEASURE = font(60).getlength


def test_a_line_that_fits_stays_whole():
    assert break_lines("冷萃咖啡液", 600, MEASURE) == ["冷萃咖啡液"]


def test_chinese_breaks_between_words_and_lines_are_balanced():
    assert break_lines("今天下单再送一只随行杯", 500, MEASURE) == ["今天下单再送", "一只随行杯"]


def test_a_break_after_a_comma_is_preferred():
    assert break_lines("一盒 12 杯，到手只要 ¥39.9", 620, MEASURE) == ["一盒 12 杯，", "到手只要 ¥39.9"]


def test_a_protected_phrase_is_never_broken():
    lines = break_lines("澄夜冷萃咖啡今天第二件半价", 420, MEASURE, protected=("澄夜冷萃咖啡",))
    assert "澄夜冷萃咖啡" in lines


def test_english_breaks_at_spaces_only():
    lines = break_lines("Your morning coffee shouldn't take twenty minutes", 500, MEASURE)
    assert " ".join(lines) == "Your morning coffee shouldn't take twenty minutes"


@example("1。（ 111。。")
@given(st.text(alphabet="冷萃咖啡今天下单的了，。！？「」（）12ab ¥.", min_size=1, max_size=40))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one_and_nothing_is_lost(text):
    lines = break_lines(text, 380, MEASURE)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    lone = all(MEASURE(piece.strip()) <= 380 for piece in pieces(text))
    if lone:
        assert all(line[0] not in CLOSING for line in lines[1:])
        assert all(line[-1] not in OPENING for line in lines[:-1])


def test_line_ends_inside_a_phrase_are_counted():
    assert forced_breaks("冷萃研究所 冷萃咖啡液", ["冷萃研究所", "冷萃咖啡液"]) == 0
    assert forced_breaks("冷萃研究所", ["冷萃", "研究所"]) == 1
