"""A presenter is seen where an order asked for one, with the line they spoke, and as long as they agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.contracts import dump, load
from core.errors import InputError
from core.models import Advertiser
from creative.contracts import AdPlan, PlannedShot
from creative.generating.gaps import is_presented
from creative.models import Ad, Batch, BatchEvent, Material, Shot
from creative.selectors import GENERATED, batch_shots, made_shots, pins_of, shots_of, usable_shots
from creative.services.briefs import save_brief
from creative.services.changes import change_line, use_card, use_footage
from creative.services.held import WITHDRAWN
from creative.services.materials import tag_shot
from creative.services.presenters import withdraw_presenters
from creative.services.remakes import make_all_again
from generation.contracts import MediaSource, Understanding
from tests.creative.making import a_brief
from tests.creative.services.test_remakes import a_slot_plan, reprice
from tests.creative.test_storyboard import a_plan, a_slot

pytestmark = pytest.mark.django_db

SPOKEN = "今天 39.9 元，第二件半价。"


@pytest.fixture
def brief():
    return save_brief(Advertiser.objects.create(slug="night", name="澄夜"), a_brief())


def a_clip(brief, name: str = "presenter/ann-1.mp4", consent: str = "c-1") -> Shot:
    """What a head said in 240 frames, as an order books it: hidden, with its pin."""
    source = MediaSource(name, f"/m/{name}", name, "video", 1080, 1920, 240)
    material = Material.objects.create(
        advertiser=brief.advertiser,
        name=name,
        media="video",
        folder="f",
        origin=Material.Origin.PRESENTER,
        state=Material.State.READY,
        made_with={"consents": [consent], "pin": {"voice": "a", "frames": 240}},
        understanding=dump(Understanding(source, "video", 8.0, False, ())),
    )
    return Shot.objects.create(
        advertiser=brief.advertiser, material=material, start_frame=0, end_frame=240, is_hidden=True
    )


def an_order(brief, *clips: Shot, **more) -> Batch:
    batch = Batch.objects.create(
        advertiser=brief.advertiser, brief=brief, requested=1, folder="f", state=Batch.State.DONE, **more
    )
    told = {"clips": [{"material": str(clip.material_id)} for clip in clips], "left_out": []}
    if clips:
        BatchEvent.objects.create(batch=batch, what=GENERATED, detail=told)
    return batch


def an_ad(batch: Batch, clip: Shot, **more) -> Ad:
    shot = PlannedShot(clip.material.name, 240, 0, str(clip.pk), why=("presenter",))
    slot = replace(a_slot("offer", SPOKEN, 240, shots=(shot,)), fact_ids=("price",))
    ad = Ad.objects.create(
        advertiser=batch.advertiser, batch=batch, position=0, plan=dump(a_plan(slot)), state=Ad.State.READY, **more
    )
    ad.shots.create(shot=clip, slot_position=0, source=clip.material.name, start_frame=0, end_frame=240)
    return ad


def slot_of(ad: Ad):
    return load(AdPlan, ad.plan).slots[0]


def test_only_the_order_that_asked_for_a_presenter_shows_one(brief):
    clip = a_clip(brief)
    asked, plain = an_order(brief, clip), an_order(brief)

    assert (made_shots(asked), made_shots(plain)) == ([clip], [])
    assert list(pins_of(asked).presented) == [("a", 240)]
    assert pins_of(plain).presented == {}


def test_what_a_model_made_for_one_order_is_no_footage_of_another(brief):
    clip = a_clip(brief)
    Material.objects.update(origin=Material.Origin.GENERATED)
    Shot.objects.update(is_hidden=False)

    assert usable_shots(brief.advertiser, "f") == []
    assert usable_shots(brief.advertiser) == []
    assert batch_shots(an_order(brief, clip)) == [clip]
    assert batch_shots(an_order(brief)) == []


def test_the_books_of_an_older_batch_name_its_clips(brief):
    clip = a_clip(brief)
    batch = an_order(brief)
    told = {"clips": [{"name": clip.material.name, "pin": {"voice": "a", "frames": 240}}], "left_out": []}
    BatchEvent.objects.create(batch=batch, what=GENERATED, detail=told)

    assert made_shots(batch) == [clip]


def test_a_presenters_clip_stays_set_aside(brief):
    clip = a_clip(brief)

    tag_shot(clip, ["ann"], "hook", is_hidden=False)

    clip.refresh_from_db()
    assert clip.is_hidden


def test_another_line_is_shown_by_its_words_where_no_footage_is_left(brief):
    ad = an_ad(an_order(brief, clip := a_clip(brief)), clip)

    again = change_line(ad, 0, "第二件半价，今天 39.9 元。")

    [shot] = slot_of(again).shots
    assert (shot.source, shot.frames) == ("card:kinetic", slot_of(again).frames)
    assert not is_presented(slot_of(again))


def test_a_card_in_a_presenters_place_gives_way_to_the_presenter_again(brief):
    ad = an_ad(an_order(brief, clip := a_clip(brief)), clip)

    again = use_footage(use_card(ad, 0, "kinetic"), 0)

    assert is_presented(slot_of(again))


def test_a_new_price_in_a_presenters_line_is_read_not_seen_spoken(brief):
    ad = an_ad(an_order(brief, clip := a_clip(brief)), clip)

    make_all_again(reprice(brief, "¥35.9").pk)

    again = slot_of(Ad.objects.get(replaces=ad))
    assert again.line == "今天 35.9 元，第二件半价。"
    assert [shot.source for shot in again.shots] == ["card:kinetic"]


def test_a_bulk_batch_made_again_still_knows_its_presenters(brief):
    plan = a_slot_plan()
    seen = replace(plan.slots[1].choices[0], shots=(PlannedShot("c", 160, why=("presenter",)),))
    slots = (plan.slots[0], replace(plan.slots[1], choices=(seen, plan.slots[1].choices[1])))
    batch = an_order(
        brief, clip := a_clip(brief), is_bulk=True, policy="off", slot_plan=dump(replace(plan, slots=slots))
    )
    Ad.objects.create(advertiser=brief.advertiser, batch=batch, position=0, choices=[0, 0], state=Ad.State.READY)

    make_all_again(reprice(brief, "¥35.9").pk)

    again = Batch.objects.exclude(pk=batch.pk).get()
    assert made_shots(again) == [clip]
    said = again.slot_plan["slots"][1]["choices"][0]
    assert said["shots"][0]["card"]["texts"] == ["今天 35.9 元", "第二件半价"]
    assert said["stretches"] == [{"source": "card:kinetic", "first_frame": 0, "frames": 160, "look": ""}]


def test_no_ad_goes_out_with_somebody_who_took_their_consent_back(brief):
    batch = an_order(brief, clip := a_clip(brief))
    first = an_ad(batch, clip)
    ad = an_ad(batch, clip, version=2, replaces=first)
    other = an_ad(an_order(brief, stays := a_clip(brief, "presenter/ben-1.mp4", "c-2")), stays)

    assert withdraw_presenters(brief.advertiser, "c-1") == 1

    for each in (first, ad, other):
        each.refresh_from_db()
    assert (first.state, ad.state, ad.held_reason, other.state) == ("held", "held", WITHDRAWN, "ready")
    assert made_shots(batch) == []
    with pytest.raises(InputError, match=r"presenter/ann-1\.mp4: is shown no more: shows a person who"):
        shots_of(batch, [load(AdPlan, ad.plan)])


def test_an_ad_that_was_to_be_like_the_persons_draft_is_held_too(brief):
    an_order(brief, clip := a_clip(brief))
    like_it = an_ad(an_order(brief), clip)

    assert withdraw_presenters(brief.advertiser, "c-1") == 1

    like_it.refresh_from_db()
    assert like_it.held_reason == WITHDRAWN


def test_a_bulk_batch_stops_and_its_ads_with_the_person_are_held(brief):
    plan, clip = a_slot_plan(), a_clip(brief)
    seen = replace(plan.slots[0].choices[0], shots=(PlannedShot("a", 64, 0, str(clip.pk), why=("presenter",)),))
    slots = (replace(plan.slots[0], choices=(seen, plan.slots[0].choices[1])), plan.slots[1])
    batch = an_order(brief, clip, is_bulk=True, policy="off", slot_plan=dump(replace(plan, slots=slots)))
    Batch.objects.update(state=Batch.State.RUNNING)
    for position, choices in enumerate(([0, 0], [1, 0])):
        Ad.objects.create(
            advertiser=brief.advertiser, batch=batch, position=position, choices=choices, state=Ad.State.READY
        )

    assert withdraw_presenters(brief.advertiser, "c-1") == 1

    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert [ad.state for ad in batch.ads.order_by("position")] == ["held", "ready"]
