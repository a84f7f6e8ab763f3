"""Words, concepts and the lexical vector."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.test import override_settings

from core.search import concepts
from core.search.diversity import pick_diverse
from core.search.embedding import EndpointEmbedder, cosine, embedder, to_size
from core.search.full_text import any_of, asked_terms, indexed_terms, indexed_text, tsquery_text
from core.search.lexical import LexicalEmbedder, lexical_vector
from core.search.words import all_words, words
from creative.contracts import CATEGORIES


def alike(one: str, other: str) -> float:
    return cosine(lexical_vector(one), lexical_vector(other))


def test_chinese_is_cut_into_words_and_the_words_inside_them():
    assert words("上班族的冷萃咖啡") == ["上班", "上班族", "冷萃", "咖啡"]


def test_english_is_lowered_and_plurals_are_one_word_with_their_singular():
    assert words("The Cups & boxes, berries; it's glass") == ["cup", "box", "berry", "glass"]


def test_full_width_letters_and_numbers_are_the_plain_ones():
    assert words("ＡＢＣ　３９．９") == ["abc", "39.9"]


def test_words_of_a_text_of_any_size_or_kind_are_had():
    assert words("") == []
    assert words("😀\x00\n") == []
    assert len(all_words("咖啡" * 50_000)) == 10_000


def test_the_cutters_cache_lies_in_the_platforms_own_folder():
    words("热身")

    assert (Path(settings.ADLOOM_HOME) / "cache" / "jieba.cache").is_file()


def test_a_longer_phrase_hides_the_words_inside_it():
    assert concepts.named_in(all_words("a coffee shop")).concepts == ("cafe",)
    assert concepts.named_in(all_words("coffee")).concepts == ("coffee",)


def test_the_lexicon_has_a_group_for_every_category():
    assert set(CATEGORIES) < set(concepts.lexicon().group_of.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("咖啡", "coffee"),
        ("倒咖啡的特写", "pouring espresso close-up"),
        ("跑鞋", "sneakers"),
        ("办公室犯困", "sleepy at work"),
    ],
)
def test_the_two_languages_meet_in_the_vector(one: str, other: str):
    assert alike(one, other) > 0.6


def test_unlike_things_are_far_apart():
    assert abs(alike("咖啡", "跑鞋")) < 0.15
    assert alike("绿茶", "coffee") < alike("拿铁", "coffee")


def test_names_nobody_knows_count_in_full():
    assert alike("澄夜冷萃", "澄夜") > alike("冷萃", "澄夜")


def test_the_vector_has_unit_length_and_never_changes():
    vector = lexical_vector("冷萃咖啡 cold brew")

    assert vector.shape == (384,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1)
    assert {int(place) for place in np.argsort(-np.abs(vector))[:2]} == {181, 237}
    assert not np.any(lexical_vector("，。"))


def test_an_asked_word_is_its_concept_and_an_unknown_word_itself():
    assert asked_terms("澄夜的咖啡") == ["c0coffee", "澄夜"]
    assert indexed_terms("咖啡 coffee") == ["咖啡", "coffee", "c0coffee"]


def test_nothing_in_a_term_is_an_operator():
    assert tsquery_text(["a'b", "x | !y", "39.9", "back\\slash"]) == "'ab' | 'x | !y' | '39p9' | 'backslash'"
    assert "'" not in indexed_text("it's 39.9 o'clock")
    assert any_of("的 ，！") is None


class Client:
    model = "bge"

    def vectors(self, texts):
        return [[3.0, 4.0] + [0.0] * 1022 for _ in texts]


def test_an_endpoints_vectors_are_brought_to_our_size_and_named_by_their_model():
    using = EndpointEmbedder(Client())

    (vector,) = using.embed(["咖啡"])
    assert using.space == "endpoint:bge"
    assert vector.shape == (384,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1)


def test_projecting_keeps_cosines():
    rng = np.random.default_rng(1)
    pairs = [(rng.normal(size=1024), rng.normal(size=1024)) for _ in range(20)]
    for one, other in pairs:
        other = one + other * 0.5
        true = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
        assert cosine(to_size(one), to_size(other)) == pytest.approx(true, abs=0.12)


def test_a_vector_of_our_size_is_only_brought_to_unit_length():
    assert to_size([2.0] + [0.0] * 383)[0] == 1.0


def test_without_an_endpoint_the_lexical_vector_serves():
    assert isinstance(embedder(), LexicalEmbedder)


@override_settings(EMBEDDINGS_BASE_URL="http://127.0.0.1:1/v1", EMBEDDINGS_MODEL="bge-m3")
def test_a_configured_endpoint_serves():
    assert embedder().space == "endpoint:bge-m3"


def test_what_is_picked_differs_and_the_best_comes_first():
    items = [(0.9, 0), (0.89, 0), (0.5, 1), (0.4, 2), (0.1, 3)]

    chosen = pick_diverse(items, lambda item: item[0], lambda a, b: 1.0 if a[1] == b[1] else 0.0, 3, 0.6)
    assert chosen == [(0.9, 0), (0.5, 1), (0.4, 2)]
