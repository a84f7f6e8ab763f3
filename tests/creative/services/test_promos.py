"""A passage becomes a script of the advertiser's own words; the film itself is made in tests/real."""

from __future__ import annotations

import pytest

from core.models import Advertiser
from creative.contracts import BriefData, ProductBrief
from creative.promo import plan_promo
from creative.services.briefs import save_brief
from creative.services.promos import PASSAGE, book_passage, with_passage
from creative.services.releasing import release_of

pytestmark = pytest.mark.django_db

NOVEL = "雨夜，她推开了那扇尘封十年的门。那人手里握着的，正是父亲失踪那晚带走的怀表！"


@pytest.fixture
def advertiser() -> Advertiser:
    return Advertiser.objects.create(name="夜读", slug="night-reader")


def brief_with(ending: str) -> BriefData:
    product = ProductBrief("尘封的门", "小说", "education", "", None, cta=ending)
    return BriefData(product, "zh-CN", "kuaishou", 20.0)


def booked(advertiser: Advertiser, ending: str):
    data = brief_with(ending)
    shots = plan_promo(NOVEL, ["1.jpg", "2.jpg"], "zh-CN", seconds=20, ending=ending)
    told = with_passage(data, shots)
    script = book_passage(save_brief(advertiser, told), told, shots)
    return script, release_of(script, [(shot.role, shot.line) for shot in shots])


def test_the_script_is_the_passage_word_by_word_and_its_numbers_are_its_own(advertiser):
    script, blocked = booked(advertiser, "点击看全文")

    lines = list(script.lines.order_by("position"))
    assert "".join(line.text for line in lines) == NOVEL + "点击看全文"
    assert [line.role for line in lines] == ["hook", "selling_point", "cta"]
    assert (script.engine, script.reference) == (PASSAGE, None)
    assert f"{PASSAGE}-1" in lines[0].fact_ids
    assert blocked == ()


def test_a_promise_in_the_last_line_needs_a_fact_like_any(advertiser):
    _, blocked = booked(advertiser, "点击免费看全文")

    assert len(blocked) == 1
    assert "免费" in blocked[0].sentence()
