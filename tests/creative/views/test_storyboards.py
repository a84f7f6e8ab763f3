"""The storyboard's own changes: another stretch of a clip, a card for a slot, and the way back."""

from __future__ import annotations

import re

import pytest

from core.contracts import load
from creative.contracts import AdPlan
from creative.models import Ad, Batch, BatchEvent
from tests.creative.views.books import a_script, a_shot, an_ad


@pytest.fixture
def draft(page, books, tmp_path) -> Ad:
    shot = a_shot(books.advertiser, folder=tmp_path)
    a_script(books)
    return an_ad(books, shot, tmp_path, is_draft=True)


def newest() -> Ad:
    return Ad.objects.order_by("-version").first()


def sources(ad: Ad, slot: int = 0) -> list[tuple[str, int]]:
    return [(shot.source, shot.source_start_frame) for shot in load(AdPlan, ad.plan).slots[slot].shots]


def test_a_clip_longer_than_its_slot_can_be_trimmed_within_its_shot(page, books, draft):
    html = page.get(f"/briefs/{books.brief.id}/storyboard").content.decode()

    assert f'hx-post="/briefs/drafts/{draft.id}/slots/0/trim"' in html
    assert 'min="0" max="40" value="0"' in html

    answer = page.post(f"/briefs/drafts/{draft.id}/slots/0/trim", {"clip": "0", "start": "36"}).content.decode()

    assert sources(newest()) == [("pour.mp4", 36)]
    assert "第 1 槽的镜头 1 现在从 0:01.2 开始" in answer
    assert f"/briefs/drafts/{newest().id}/undo" in answer


def test_a_stretch_outside_the_shot_is_refused_in_place(page, draft):
    answer = page.post(f"/briefs/drafts/{draft.id}/slots/0/trim", {"clip": "0", "start": "41"}).content.decode()

    assert "pour.mp4 可以从第 0 到 40 帧开始，不能从 41 开始" in answer
    assert newest() == draft


def test_a_voice_that_may_not_speak_is_said_in_place(page, draft, settings, tmp_path):
    settings.MODELS_DIR = tmp_path / "models"
    settings.VOICE_MODEL_DIR = settings.MODELS_DIR / "vits-zh-aishell3"
    settings.VOICE_MODEL_DIR.mkdir(parents=True)

    line = {"text": "眼皮先打架。"}
    answer = page.post(f"/briefs/drafts/{draft.id}/slots/0/say", line).content.decode()

    assert "MODEL_AGREEMENTS" in answer
    assert newest() == draft


def test_a_slot_takes_a_card_and_goes_back_to_its_footage(page, books, draft):
    answer = page.post(f"/briefs/drafts/{draft.id}/slots/0/card", {"card": "kinetic"}).content.decode()
    carded = newest()

    assert sources(carded) == [("card:kinetic", 0)]
    assert "第 1 槽现在是卡片" in answer
    assert f'hx-post="/briefs/drafts/{carded.id}/slots/0/footage"' in answer

    page.post(f"/briefs/drafts/{carded.id}/slots/0/footage")

    assert sources(newest()) == [("pour.mp4", 0)]


def test_only_cards_the_slot_does_not_have_are_offered(page, books, draft):
    html = page.get(f"/briefs/{books.brief.id}/storyboard?slot=1").content.decode()

    assert "用尾卡" not in html
    assert 'name="card" value="kinetic"' in html


def test_the_order_asks_for_a_hook_of_its_own_for_each_ad_unless_somebody_takes_the_tick_away(page, books, draft):
    html = page.get(f"/briefs/{books.brief.id}/storyboard").content.decode()
    script = draft.script
    form = {"scripts": [str(script.id)], "count": "3", "canvas": "1080x1920"}

    assert 'name="own_hooks" value="yes" checked' in html
    for ticked in ({"own_hooks": "yes"}, {}):
        page.post(f"/briefs/{books.brief.id}/order", form | ticked)

    told = [event.detail for event in BatchEvent.objects.filter(what="ordered").order_by("id")]
    assert told == [{"count": 3, "has_own_hooks": True}, {"count": 3}]


def test_another_advertisers_ad_cannot_be_changed(page, draft):
    from tests.creative.views.books import some_books

    other = some_books("other")
    a_script(other)
    theirs = an_ad(other, a_shot(other.advertiser), is_draft=True)

    for change in ("trim", "card", "footage"):
        assert page.post(f"/briefs/drafts/{theirs.id}/slots/0/{change}").status_code == 404


@pytest.mark.parametrize("count", ["3", "200"])
@pytest.mark.parametrize(("chosen", "kept"), [("whip", "whip"), ("fade", "fade"), ("spin", "cut"), ("", "cut")])
def test_a_person_chooses_how_slots_follow_each_other(page, books, draft, count, chosen, kept):
    form = {"scripts": [str(draft.script.id)], "count": count, "canvas": "1080x1920", "transition": chosen}
    page.post(f"/briefs/{books.brief.id}/order", form)

    assert Batch.objects.filter(is_draft=False).get().transition == kept


def test_every_way_from_slot_to_slot_is_shown_with_a_picture_and_a_word(page, books, draft):
    html = page.get(f"/briefs/{books.brief.id}/storyboard").content.decode()

    offered = re.findall(r'name="transition" value="(\w+)"', html)
    assert offered == ["cut", "flash", "whip", "dip", "wipe", "fade", "slide"]
    assert 'name="transition" value="cut" checked' in html
    for word in ("硬切", "闪白", "甩镜", "品牌色", "划过", "叠化", "推移"):
        assert f"<b>{word}</b>" in html
