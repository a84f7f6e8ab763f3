import random

import pytest

from creative.bulk.contracts import Mix
from creative.bulk.plans import ad_plan, choice_plan
from creative.storyboard import Look, ShotSource, build_timeline, to_srt
from generation.contracts import PORTRAIT, Brand, Framing, MediaSource, SafeArea
from generation.segments.specs import segment_key, segment_specs
from tests.creative.bulk.slot_plans import a_spoken, built, half_minute

LOOK = Look(PORTRAIT, SafeArea(60, 200, 1020, 1500), Brand("澄夜冷萃"), "AI生成", "¥39.9", "第二件半价")


def a_source(shot_id, name):
    return ShotSource(MediaSource(shot_id, f"/clips/{name}", name, "video", 1080, 1920, 140), Framing())


def timeline_of(plan):
    shots = {shot.shot_id: shot.source for slot in plan.slots for shot in slot.shots if shot.shot_id}
    return build_timeline(plan, {shot_id: a_source(shot_id, name) for shot_id, name in shots.items()}, LOOK)


def sources_of(plan):
    """The pixels of all shots of a slot plan."""
    shots = [shot for slot in plan.slots for choice in slot.choices for shot in choice.shots if shot.shot_id]
    return {shot.shot_id: a_source(shot.shot_id, shot.source) for shot in shots}


def keys_of(plan):
    return [segment_key(spec, {}) for spec in segment_specs(timeline_of(plan))]


def a_mix(plan, number):
    rng = random.Random(number)
    return Mix(tuple(rng.randrange(len(slot.choices)) for slot in plan.slots), rng.randrange(2))


def test_an_ad_shows_each_slots_choice_under_its_line():
    plan = half_minute()
    ad = ad_plan(plan, Mix((2, 0, 1, 3, 0, 1, 2, 0), 1), "1080x1920", 1)

    assert [slot.shots for slot in ad.slots] == [
        pool.choices[number].shots for pool, number in zip(plan.slots, (2, 0, 1, 3, 0, 1, 2, 0), strict=True)
    ]
    assert ad.slots[6].line == "现在只要39块9，第二件半价。"
    assert ad.slots[6].fact_ids == ("price", "offer")
    assert (ad.music_name, ad.music_path, ad.canvas, ad.frames) == ("drive", "/music/drive.ogg", "1080x1920", 880)


def test_an_ad_speaks_the_hook_line_of_its_choice():
    plan = built(42, scripts=[a_spoken("一"), a_spoken("二")])

    assert [ad_plan(plan, Mix((n, 0, 0, 0, 0, 0)), "1080x1920", 1).slots[0].line for n in (0, 1)] == ["一", "二"]


def test_an_ad_without_a_tune_has_no_music():
    assert ad_plan(half_minute(), Mix((0,) * 8), "1080x1920", 1).music_path == ""


@pytest.mark.parametrize("number", range(12))
def test_a_choice_is_the_same_segment_whatever_stands_beside_it(number):
    plan = built(42, scripts=[a_spoken("一"), a_spoken("二二二二", hook_seconds=1.6)])
    mix = a_mix(plan, number)

    alone = [keys_of(choice_plan(plan, slot, choice, "1080x1920", 1))[slot] for slot, choice in enumerate(mix.choices)]

    assert keys_of(ad_plan(plan, mix, "1080x1920", 1)) == alone


@pytest.mark.parametrize("number", range(4))
def test_so_is_a_card_where_there_is_no_footage(number):
    plan = built(2, wanted=1000)
    mix = a_mix(plan, number)

    alone = [keys_of(choice_plan(plan, slot, choice, "1080x1920", 1))[slot] for slot, choice in enumerate(mix.choices)]

    assert keys_of(ad_plan(plan, mix, "1080x1920", 1)) == alone


def test_two_choices_of_a_slot_are_two_segments():
    plan = half_minute()
    keys = {keys_of(choice_plan(plan, 0, number, "1080x1920", 1))[0] for number in range(9)}

    assert len(keys) == 9


def test_the_price_sticker_stands_in_the_slot_that_says_the_price():
    plan = half_minute()
    timeline = timeline_of(ad_plan(plan, Mix((0,) * 8), "1080x1920", 1))

    assert [(clip.start_frame, clip.end_frame) for clip in timeline.track("sticker")] == [(664, 768)]
    assert [(slot.role, slot.start_frame) for slot in timeline.slots if slot.role == "offer"] == [("offer", 656)]


def test_captions_and_voice_stay_within_their_slot():
    timeline = timeline_of(ad_plan(half_minute(), Mix((0,) * 8), "1080x1920", 1))

    for name in ("caption", "voice", "sticker"):
        for clip in timeline.track(name):
            assert any(s.start_frame <= clip.start_frame and clip.end_frame <= s.end_frame for s in timeline.slots)


def test_an_ad_says_what_stood_in_for_something_better_in_it():
    plan = built(1, wanted=1000, scripts=[a_spoken(degraded=("voice:espeak",))])

    with_clip = ad_plan(plan, Mix((0,) * 6), "1080x1920", 1)
    cards = [next(n for n, c in enumerate(slot.choices) if not c.shots[0].shot_id) for slot in plan.slots]
    without = ad_plan(plan, Mix(tuple(cards)), "1080x1920", 1)

    assert with_clip.degraded == ("voice:espeak", "clips:by-words", "clip:card")
    assert without.degraded == ("voice:espeak", "clip:card")


def test_an_end_card_by_design_is_no_stand_in():
    plan = half_minute()
    ad = ad_plan(plan, Mix((0, 0, 0, 0, 0, 0, 0, 1)), "1080x1920", 1)

    assert ad.slots[-1].shots[0].source == "card:end"
    assert ad.degraded == ("clips:by-words",)


def test_the_transition_of_the_plan_is_that_of_its_ads():
    assert ad_plan(built(transition="dip"), Mix((0,) * 6), "1080x1920", 1).transition == "dip"


def test_captions_come_out_as_for_any_ad():
    srt = to_srt(timeline_of(ad_plan(built(), Mix((0,) * 6), "1080x1920", 1)))

    assert srt.splitlines()[:3] == ["1", "00:00:00,000 --> 00:00:02,667", "下午三点又犯困？"]
