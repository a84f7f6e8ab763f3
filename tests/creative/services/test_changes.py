from dataclasses import replace

import pytest

from core.contracts import dump, load
from core.errors import InputError
from core.models import Advertiser
from creative.contracts import AdPlan, CardPlan, PlannedShot
from creative.models import Ad, Batch, Material, Shot
from creative.services.briefs import save_brief
from creative.services.changes import change_line, swap_clip, trim_clip, trim_window, use_card, use_footage
from creative.services.storyboards import undo_change
from generation.contracts import MediaSource, Understanding
from tests.creative.making import a_brief
from tests.creative.test_storyboard import a_plan, a_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def advertiser():
    return Advertiser.objects.create(slug="night", name="澄夜")


def some_shots(advertiser, name, *spans):
    """The shots of one file, back to back where the spans are."""
    source = MediaSource("abc", f"/m/{name}", name, "video", 1080, 1920, spans[-1][1])
    material = Material.objects.create(
        advertiser=advertiser,
        name=name,
        media="video",
        state=Material.State.READY,
        understanding=dump(Understanding(source, "video", 9.0, False, ())),
    )
    return [
        Shot.objects.create(advertiser=advertiser, material=material, start_frame=start, end_frame=end)
        for start, end in spans
    ]


def an_ad(advertiser, *slots, degraded=("clips:by-words",)):
    brief = save_brief(advertiser, a_brief())
    batch = Batch.objects.create(advertiser=advertiser, brief=brief, requested=1, state=Batch.State.DONE)
    plan = replace(a_plan(*slots), degraded=degraded)
    return Ad.objects.create(advertiser=advertiser, batch=batch, position=0, plan=dump(plan), state=Ad.State.READY)


def filled_with(shot, frames=80, role="hook", line="下午三点又犯困？"):
    planned = PlannedShot(shot.material.name, frames, shot.start_frame, str(shot.id))
    return a_slot(role, line, frames, shots=(planned,))


def shots_of(ad, slot=0):
    return [(shot.source, shot.source_start_frame, shot.frames) for shot in load(AdPlan, ad.plan).slots[slot].shots]


def test_a_swapped_clip_starts_at_the_frame_asked_for(advertiser):
    [old] = some_shots(advertiser, "old.mp4", (0, 90))
    [new] = some_shots(advertiser, "new.mp4", (0, 200))

    again = swap_clip(an_ad(advertiser, filled_with(old)), 0, new, 57)

    assert shots_of(again) == [("new.mp4", 57, 80)]
    assert (again.version, again.state) == (2, "rendering")


def test_a_clip_too_short_runs_into_the_files_next_shot(advertiser):
    [old] = some_shots(advertiser, "old.mp4", (0, 90))
    first, _ = some_shots(advertiser, "new.mp4", (0, 100), (100, 200))

    again = swap_clip(an_ad(advertiser, filled_with(old)), 0, first, 50)

    assert shots_of(again) == [("new.mp4", 50, 50), ("new.mp4", 100, 30)]


def test_a_frame_at_the_very_end_of_a_file_is_refused_with_the_way_out(advertiser):
    [old] = some_shots(advertiser, "old.mp4", (0, 90))
    [new] = some_shots(advertiser, "new.mp4", (0, 200))

    with pytest.raises(InputError, match="start earlier"):
        swap_clip(an_ad(advertiser, filled_with(old)), 0, new, 190)


def test_no_clip_is_shown_twice_in_an_ad(advertiser):
    old, other = some_shots(advertiser, "old.mp4", (0, 90), (90, 180))
    ad = an_ad(advertiser, filled_with(old), filled_with(other, role="pain", line="眼皮先打架。"))

    with pytest.raises(InputError, match="stands in slot 1 already"):
        swap_clip(ad, 0, other, 90)


def test_a_hidden_shot_is_refused(advertiser):
    [old] = some_shots(advertiser, "old.mp4", (0, 90))
    [hidden] = some_shots(advertiser, "hidden.mp4", (0, 90))
    hidden.is_hidden = True

    with pytest.raises(InputError, match="hidden"):
        swap_clip(an_ad(advertiser, filled_with(old)), 0, hidden)


def test_a_clip_in_a_cards_place_ends_the_degradation(advertiser):
    [new] = some_shots(advertiser, "new.mp4", (0, 200))
    card = PlannedShot("card:kinetic", 80, card=CardPlan("kinetic", ("下午三点",)))
    ad = an_ad(advertiser, a_slot(shots=(card,)), degraded=("voice:espeak", "clip:card"))

    again = swap_clip(ad, 0, new, 0)

    assert load(AdPlan, again.plan).degraded == ("voice:espeak", "clips:by-words")


def test_a_line_no_fact_supports_is_refused_by_its_words(advertiser):
    [old] = some_shots(advertiser, "old.mp4", (0, 90))

    with pytest.raises(InputError, match=r"9\.9"):
        change_line(an_ad(advertiser, filled_with(old)), 0, "今天只要 9.9 元")


def test_a_line_another_slot_says_already_is_refused(advertiser):
    [old, other] = some_shots(advertiser, "old.mp4", (0, 90), (90, 180))
    ad = an_ad(advertiser, filled_with(old), filled_with(other, role="pain", line="眼皮先打架。"))

    with pytest.raises(InputError, match="twice"):
        change_line(ad, 0, "眼皮先打架。")


def test_a_trimmed_clip_shows_another_stretch_of_its_shot_for_as_long(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (30, 200))

    again = trim_clip(an_ad(advertiser, filled_with(clip)), 0, 0, 95)

    assert shots_of(again) == [("pour.mp4", 95, 80)]


@pytest.mark.parametrize("frame", [29, 121])
def test_a_stretch_that_would_leave_its_shot_is_refused_with_the_frames_it_may_start_at(advertiser, frame):
    [clip] = some_shots(advertiser, "pour.mp4", (30, 200))

    with pytest.raises(InputError, match=r"frame 30 to 120, not"):
        trim_clip(an_ad(advertiser, filled_with(clip)), 0, 0, frame)


def test_a_clip_that_is_shown_whole_has_nothing_to_trim(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 80))

    with pytest.raises(InputError, match="no other stretch"):
        trim_clip(an_ad(advertiser, filled_with(clip)), 0, 0, 0)


def test_a_picture_has_no_stretches(advertiser):
    [still] = some_shots(advertiser, "can.png", (0, 0))
    Material.objects.update(media="picture")

    assert trim_window(PlannedShot("can.png", 80, 0, str(still.id))) is None


def test_the_card_of_a_slot_is_the_one_its_role_asks_for(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 200))

    again = use_card(an_ad(advertiser, filled_with(clip, role="offer", line="¥39.9，第二件半价。")), 0)

    assert shots_of(again) == [("card:price", 0, 80)]
    assert again.degraded == ["clip:card"]


def test_the_words_themselves_can_be_the_card(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 200))

    again = use_card(an_ad(advertiser, filled_with(clip, role="offer", line="¥39.9，第二件半价。")), 0, "kinetic")

    assert load(AdPlan, again.plan).slots[0].shots[0].card == CardPlan("kinetic", ("¥39.9，第二件半价",))


def test_a_card_no_line_of_the_slot_asks_for_is_refused(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 200))

    with pytest.raises(InputError, match="'end' is not one of price, kinetic"):
        use_card(an_ad(advertiser, filled_with(clip, role="offer")), 0, "end")


def test_back_to_footage_brings_the_stretch_that_stood_there(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 200))
    trimmed = trim_clip(an_ad(advertiser, filled_with(clip)), 0, 0, 57)

    again = use_footage(use_card(trimmed, 0), 0)

    assert shots_of(again) == [("pour.mp4", 57, 80)]
    assert again.degraded == ["clips:by-words"]


def test_footage_that_stands_elsewhere_by_now_is_not_shown_twice(advertiser):
    [first] = some_shots(advertiser, "first.mp4", (0, 200))
    [second] = some_shots(advertiser, "second.mp4", (0, 200))
    [third] = some_shots(advertiser, "third.mp4", (0, 200))
    Shot.objects.update(quality=0.8)
    ad = use_card(an_ad(advertiser, filled_with(first), filled_with(second, role="pain")), 0)

    again = use_footage(swap_clip(ad, 1, first), 0)

    shown = {source for source, _, _ in shots_of(again)}
    assert shown
    assert shown <= {second.material.name, third.material.name}


def test_a_slot_goes_back_to_footage_only_where_some_is_left(advertiser):
    card = PlannedShot("card:kinetic", 80, card=CardPlan("kinetic", ("困了",)))

    with pytest.raises(InputError, match="no clip is left"):
        use_footage(an_ad(advertiser, a_slot("hook", "困了？", 80, shots=(card,))), 0)


def test_a_card_never_flashes_up_beside_a_clip_that_is_a_little_short(advertiser):
    card = PlannedShot("card:kinetic", 80, card=CardPlan("kinetic", ("困了",)))
    [short] = some_shots(advertiser, "short.mp4", (0, 60))

    with pytest.raises(InputError, match="20 frames too short"):
        swap_clip(an_ad(advertiser, a_slot("hook", "困了？", 80, shots=(card,))), 0, short)


def test_every_change_is_taken_back_one_by_one(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 200))
    ad = an_ad(advertiser, filled_with(clip))
    carded = use_card(trim_clip(ad, 0, 0, 57), 0)
    Ad.objects.update(state=Ad.State.READY)
    carded = Ad.objects.get(pk=carded.pk)

    once = undo_change(carded)
    twice = undo_change(once)

    assert shots_of(once) == [("pour.mp4", 57, 80)]
    assert shots_of(twice) == shots_of(ad)
    assert twice.replaces is None


def test_a_version_that_was_never_finished_is_ordered_again_when_it_is_put_back(advertiser):
    [clip] = some_shots(advertiser, "pour.mp4", (0, 200))
    trimmed = trim_clip(an_ad(advertiser, filled_with(clip)), 0, 0, 57)

    again = undo_change(use_card(trimmed, 0))

    assert (again.state, again.job_id is None) == ("rendering", False)
    assert shots_of(again) == [("pour.mp4", 57, 80)]
