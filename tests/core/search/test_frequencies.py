"""The compact table answers as the dict it was made of, and tells texts apart that Python keeps as the same bytes."""

from __future__ import annotations

import jieba
import pytest

from core.search.frequencies import Frequencies


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    return tokenizer.FREQ


def test_every_word_has_its_count(counts):
    table = Frequencies(counts)

    assert len(counts) > 400_000
    assert all(table.get(word) == count and table[word] == count for word, count in counts.items())


def test_two_letters_are_not_the_character_that_is_kept_as_the_same_bytes():
    table = Frequencies({"偉": 7})

    assert hash("IP") == hash("偉")
    assert "偉" in table
    assert "IP" not in table
    assert table.get("IP", 1) == 1


def test_a_word_put_in_later_counts():
    table = Frequencies({"咖啡": 3})

    table["冷萃"] = 5
    table["咖啡"] = 4

    assert (table["冷萃"], table["咖啡"], table.get("茶")) == (5, 4, None)
    with pytest.raises(KeyError):
        table["茶"]
