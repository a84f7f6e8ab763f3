"""The advertiser's own words find their category; the last word decides."""

from __future__ import annotations

import pytest

from creative.brief.categories import category_words, guess_category
from creative.contracts import CATEGORIES


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("冷萃咖啡", "drinks"),
        ("咖啡机", "electronics"),
        ("手工牛肉面", "food"),
        ("防晒霜", "beauty"),
        ("防晒衣", "fashion"),
        ("行车记录仪", "auto"),
        ("儿童安全座椅", "auto"),
        ("瑜伽垫", "fitness"),
        ("少儿编程课", "education"),
        ("亲子民宿", "travel"),
        ("不粘锅", "home"),
        ("coffee maker", "electronics"),
        ("cold brew for runners", "drinks"),
        ("yoga mat", "fitness"),
        ("dog food", "food"),
        ("running shoes", "fashion"),
        ("car seat", "auto"),
        ("hotel in the hills", "travel"),
    ],
)
def test_a_product_finds_its_category(text: str, category: str) -> None:
    assert guess_category(text).key == category
    assert guess_category(text).is_known


def test_every_category_knows_many_words_of_both_languages() -> None:
    for category in CATEGORIES:
        words = category_words(category)
        assert len([word for word in words if not word.isascii()]) >= 40
        assert len([word for word in words if word.isascii()]) >= 40


def test_an_unknown_word_gets_the_everyday_category_and_says_so() -> None:
    assert (guess_category("玄之又玄").key, guess_category("玄之又玄").is_known) == ("home", False)
