"""Hybrid search over rows in PostgreSQL."""

from __future__ import annotations

import pytest

from core.models import Advertiser
from core.search.embedding import embedder
from core.search.full_text import tsvector
from core.search.hybrid import find
from creative.models import Material, Shot

pytestmark = pytest.mark.django_db


def footage(slug: str, *texts: str) -> tuple[Advertiser, dict[str, Shot]]:
    advertiser = Advertiser.objects.create(slug=slug, name=slug)
    material = Material.objects.create(advertiser=advertiser, name="m.mp4", state="ready")
    shots = [
        Shot(
            advertiser=advertiser,
            material=material,
            start_frame=place * 30,
            end_frame=place * 30 + 30,
            search_text=text,
        )
        for place, text in enumerate(texts)
    ]
    for shot in shots:
        shot.tsv, shot.vec = tsvector(shot.search_text), embedder().embed([shot.search_text])[0]
    Shot.objects.bulk_create(shots)
    return advertiser, {shot.search_text: shot for shot in shots}


def found(advertiser: Advertiser, text: str, limit: int = 3) -> list[str]:
    hits = find(Shot.objects.for_advertiser(advertiser), text, limit)
    names = dict(Shot.objects.values_list("pk", "search_text"))
    return [names[hit.key] for hit in hits]


def test_a_shot_is_found_in_the_other_language():
    advertiser, _ = footage("a", "办公室 倒咖啡", "office chair", "海边 跑步", "tea cup")

    assert found(advertiser, "pouring coffee at the office")[0] == "办公室 倒咖啡"


def test_a_name_the_lexicon_does_not_know_is_found_by_its_words():
    advertiser, _ = footage("a", "澄夜 瓶身", "瓶身 特写", "咖啡 特写")

    assert found(advertiser, "澄夜")[0] == "澄夜 瓶身"


def test_only_the_rows_handed_in_are_searched():
    ours, _ = footage("ours", "海边 跑步")
    footage("theirs", *[f"倒咖啡 {number}" for number in range(60)])

    assert found(ours, "倒咖啡") == ["海边 跑步"]


def test_a_row_without_a_vector_is_still_found_by_its_words():
    advertiser, shots = footage("a", "咖啡 特写", "跑鞋")
    Shot.objects.filter(pk=shots["咖啡 特写"].pk).update(vec=None)

    assert "咖啡 特写" in found(advertiser, "咖啡")


@pytest.mark.parametrize("text", ["", "的", "'; DROP TABLE x; --", "a & b | !c :*", "\\", "\x00咖啡", "39.9元"])
def test_odd_questions_are_answered_and_break_nothing(text: str):
    advertiser, _ = footage("a", "咖啡 特写")

    assert len(found(advertiser, text)) <= 1


def test_scores_lie_between_nothing_and_one_and_fall():
    advertiser, _ = footage("a", "倒咖啡", "咖啡", "茶", "跑鞋 海边")
    hits = find(Shot.objects.for_advertiser(advertiser), "倒咖啡")

    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1.0, abs=0.01)
    assert min(scores) >= -0.2
