"""Where a sentence may be cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avatar.speech.clauses import LONGEST_SECONDS, seconds_of, split_clauses, split_sentences


def clauses(text: str) -> list[str]:
    return [stretch.text for stretch in split_clauses(text, "zh-CN")]


def test_clauses_end_at_commas_and_full_stops():
    assert clauses("今天只要39.9元，第二件半价，点下方链接。") == ["今天只要39.9元，", "第二件半价，", "点下方链接。"]


def test_english_clauses_end_there_too():
    assert clauses("It's only $4.99 today, and the second one is half price.") == [
        "It's only $4.99 today, ",
        "and the second one is half price.",
    ]


@pytest.mark.parametrize(
    "kept",
    ["39.9", "1,280", "$4.99", "20:30", "a.m.", "e.g.", "example.com", "U.S."],
)
def test_numbers_prices_and_abbreviations_stay_whole(kept: str):
    found = clauses(f"We have told you before that {kept} is what we meant here, and nothing else at all.")

    assert sum(kept in clause for clause in found) == 1


def test_a_clause_too_short_for_a_breath_joins_the_next():
    assert clauses("好，我们接着说。") == ["好，我们接着说。"]


def test_a_long_clause_without_a_mark_is_parted_between_words():
    text = "这款冷萃咖啡用的是云南保山的阿拉比卡豆经过十二小时低温慢慢萃取出来的味道非常干净"
    found = clauses(text)

    assert found == ["这款冷萃咖啡用的是", "云南保山的阿拉比卡豆", "经过十二小时低温慢慢", "萃取出来的味道非常干净"]
    assert all(seconds_of(clause) <= LONGEST_SECONDS for clause in found)


def test_a_long_english_clause_does_not_end_in_an_article():
    found = clauses("The whole bottle is made with nothing but the water and the coffee that we get from the hills")

    assert len(found) == 2
    assert found[0].split()[-1] not in {"the", "a", "of", "and", "from", "with"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="好的咖啡39.,，。！ a.m bottle$¥:\n", max_size=60))
def test_clauses_tile_the_text_whatever_it_is(text: str):
    found = split_clauses(text, "zh-CN")

    assert "".join(each.text for each in found) == text
    assert [each.start for each in found[1:]] == [each.end for each in found[:-1]]
    for each in found[:-1]:
        before, after = text[each.end - 1], text[each.end]
        assert not (before.isdigit() and after.isdigit())
        assert not (before in ".," and text[each.end - 2 : each.end - 1].isdigit() and after.isdigit())


def test_sentences_keep_their_marks():
    assert split_sentences("大家好！今天39.9元。第二件半价吗？对") == (
        "大家好！",
        "今天39.9元。",
        "第二件半价吗？",
        "对",
    )
    assert split_sentences("It's $4.99. Ships at 9 a.m. on weekdays. Want one?") == (
        "It's $4.99.",
        "Ships at 9 a.m. on weekdays.",
        "Want one?",
    )
