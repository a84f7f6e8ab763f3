from itertools import combinations

import pytest

from core.errors import InputError
from creative.bulk.search import search
from creative.planning import Spoken
from tests.creative.bulk.slot_plans import a_spoken, built, clips, half_minute, sizes
from tests.creative.making import an_option


def choices_of(plan):
    return [(slot, choice) for slot in plan.slots for choice in slot.choices]


def shots_by_slot(plan):
    return [{shot.shot_id for choice in slot.choices for shot in choice.shots if shot.shot_id} for slot in plan.slots]


def unique_lengths(plan):
    return sum(len(slot.choices) * slot.frames for slot in plan.slots) / plan.frames


def test_every_slot_is_on_the_grid_and_every_choice_fills_its_slot():
    for slot, choice in choices_of(half_minute()):
        assert slot.frames % 16 == 0
        assert sum(shot.frames for shot in choice.shots) == slot.frames
        assert sum(stretch.frames for stretch in choice.stretches) == slot.frames


def test_a_clip_belongs_to_one_slot_only():
    assert not any(one & other for one, other in combinations(shots_by_slot(half_minute()), 2))


def test_the_opening_counts_threefold_and_gets_more_clips():
    assert sizes(half_minute(42)) == [9, 5, 5, 5, 5, 5, 5, 4]
    assert sizes(built(42)) == [13, 7, 6, 6, 6, 5]


def test_a_thousand_ads_of_rich_material_need_fifteen_ad_lengths_of_picture():
    plan = half_minute(300)

    assert sizes(plan) == [34, 13, 13, 13, 12, 12, 12, 11]
    assert round(unique_lengths(plan), 1) == 14.7


def test_a_thousand_short_ads_stay_below_thirty_ad_lengths():
    assert unique_lengths(built(300)) < 30


def test_the_pools_carry_the_ads_they_were_made_for():
    assert len(search(half_minute(100), 1000, "strict", 1).mixes) == 1000
    assert len(search(built(300), 1000, "strict", 1).mixes) == 1000


def test_a_second_thousand_asks_for_no_picture_more():
    assert half_minute(300, 2000) == half_minute(300, 1000)


@pytest.mark.parametrize("options", [1, 6, 25, 300])
def test_a_smaller_batchs_pools_begin_a_larger_ones(options):
    small, large = built(options, 100), built(options, 100_000)

    for short, long in zip(small.slots, large.slots, strict=True):
        assert long.choices[: len(short.choices)] == short.choices


def test_pools_can_be_held_short():
    held, full = half_minute(100, most_choices=4), half_minute(100)

    assert sizes(held) == [4] * 8
    assert all(slot.choices == longer.choices[:4] for slot, longer in zip(held.slots, full.slots, strict=True))


def test_the_order_clips_come_in_changes_nothing():
    assert built(clips(25)) == built(clips(25)[::-1])


def test_clips_go_where_they_fit_best():
    options = [an_option(n, role="pain" if n < 4 else "proof" if n < 8 else "") for n in range(16)]
    by_slot = shots_by_slot(built(options))

    assert {f"shot-{n:02}" for n in range(2)} <= by_slot[1] <= {f"shot-{n:02}" for n in range(4)}
    assert by_slot[3] <= {f"shot-{n:02}" for n in range(4, 8)}


def test_the_opening_takes_the_hook_lines_of_all_scripts_each_with_clips_of_its_own():
    hooks = ["一", "二", "三", "二"]
    plan = built(42, scripts=[a_spoken(hook) for hook in hooks])
    opening = plan.slots[0]

    assert [line.text for line in opening.lines] == ["一", "二", "三"]
    assert [choice.line for choice in opening.choices[:6]] == [0, 1, 2, 0, 1, 2]
    assert all(len(slot.lines) == 1 for slot in plan.slots[1:])


def test_no_more_than_six_lines_open():
    assert len(built(42, scripts=[a_spoken(f"开场{n}") for n in range(9)]).slots[0].lines) == 6


def test_a_slot_is_as_long_as_its_longest_line():
    plan = built(scripts=[a_spoken("短", hook_seconds=1.5), a_spoken("长一点", hook_seconds=2.7)])

    assert plan.slots[0].frames == 96


def test_a_hook_line_that_makes_every_ad_too_long_is_left_out():
    plan = built(scripts=[a_spoken("短"), a_spoken("一直说个没完", hook_seconds=6.5)])

    assert [line.text for line in plan.slots[0].lines] == ["短"]


def test_the_closing_shows_footage_first_and_keeps_the_end_card():
    closing = half_minute().slots[-1].choices

    assert [choice.shots[0].source.startswith("card:") for choice in closing] == [False, True, False, False]
    assert closing[1].stretches[0].source == "card:end"
    assert closing[1].stretches[0].look == ""


def test_a_closing_has_at_most_ten_choices_of_footage():
    assert sizes(half_minute(600, 100_000))[-1] == 11


def test_stretches_name_the_file_the_frames_and_the_look():
    slot = built(25, looks={"shot-03": "alike"}).slots[0]
    found = {choice.shots[0].shot_id: choice.stretches[0] for choice in slot.choices}
    looks = {stretch.look for stretch in found.values()}

    assert all(found[shot_id].source == f"sha-material-{shot_id[-2:]}" for shot_id in found)
    assert all(stretch.first_frame >= 2 and stretch.frames == 80 for stretch in found.values())
    assert looks == {"alike" if shot_id == "shot-03" else shot_id for shot_id in found}


def test_clips_that_look_alike_stand_in_one_slot_and_never_side_by_side():
    looks = {f"shot-{n:02}": "twins" for n in range(4)}
    plan = built(clips(40, end_frame=50), looks=looks)
    homes = [at for at, shots in enumerate(shots_by_slot(plan)) if shots & looks.keys()]

    assert len(homes) == 1
    for _, choice in choices_of(plan):
        assert [stretch.look for stretch in choice.stretches].count("twins") <= 1


def test_of_clips_that_look_alike_a_pool_takes_one_while_others_are_left():
    looks = {f"shot-{n:02}": "twins" for n in range(8)}
    pools = [[choice.stretches[0].look for choice in slot.choices] for slot in built(42, looks=looks).slots]

    assert max(pool.count("twins") for pool in pools) == 1


def test_a_slot_too_long_for_one_picture_holds_several_shots():
    plan = built(clips(60, end_frame=400), scripts=[a_spoken(seconds=5.0)], seconds=30)
    body = plan.slots[1]

    assert body.frames == 160
    assert {len(choice.shots) for choice in body.choices} == {2}
    assert {shot.frames for choice in body.choices for shot in choice.shots} == {80}


def test_a_slot_with_plenty_of_clips_is_cut_at_the_references_pace():
    few, plenty = half_minute(300).slots[1], half_minute(900).slots[1]

    assert {len(choice.shots) for choice in few.choices} == {1}
    assert {len(choice.shots) for choice in plenty.choices} == {2}


def test_short_clips_are_put_together_and_no_choice_shows_one_twice():
    plan = built(clips(40, end_frame=50))

    for slot, choice in choices_of(plan):
        shown = [shot.shot_id for shot in choice.shots if shot.shot_id]
        assert len(set(shown)) == len(shown)
        assert len(shown) == 2 or slot.role == "cta"


def test_windows_of_one_clip_never_meet_where_it_is_long_enough():
    plan = built(clips(6, end_frame=600), wanted=5000)
    windows = {}
    for _, choice in choices_of(plan):
        for shot in choice.shots:
            windows.setdefault(shot.shot_id, []).append(
                (shot.source_start_frame, shot.source_start_frame + shot.frames)
            )
    windows.pop("")

    assert sum(map(len, windows.values())) > 12
    for taken in windows.values():
        assert not any(one[0] < other[1] and other[0] < one[1] for one, other in combinations(sorted(taken), 2))


def test_a_window_lies_within_its_shot_clear_of_the_cuts():
    plan = built(clips(42, start_frame=300, end_frame=440))
    shots = [shot for _, choice in choices_of(plan) for shot in choice.shots if shot.shot_id]

    assert all(shot.source_start_frame >= 302 and shot.source_start_frame + shot.frames <= 438 for shot in shots)


def test_a_picture_lasts_as_long_as_its_slot():
    plan = half_minute(clips(12, is_picture=True, end_frame=0), wanted=1)

    assert {len(choice.shots) for _, choice in choices_of(plan)} == {1}
    assert {shot.source_start_frame for _, choice in choices_of(plan) for shot in choice.shots} == {0}


def test_of_six_clips_two_open_and_an_end_card_closes():
    plan = built(6, wanted=1)

    assert sizes(plan) == [2, 1, 1, 1, 1, 1]
    assert plan.degraded == ("clips:by-words",)
    assert plan.slots[-1].choices[0].shots[0].source == "card:end"


def test_six_clips_stand_in_for_each_other_where_more_ads_are_asked_for_than_they_carry():
    plan = built(6, wanted=1000)

    assert sizes(plan) == [4, 4, 4, 4, 4, 4]
    assert len(search(plan, 1000, "off", 1).mixes) == 1000


def test_one_clip_opens_the_ad_and_cards_do_the_rest():
    plan = built(1, wanted=1)

    assert [slot.choices[0].shots[0].source for slot in plan.slots] == [
        "clip-00.mp4",
        "card:kinetic",
        "card:fact",
        "card:kinetic",
        "card:price",
        "card:end",
    ]
    assert plan.degraded == ("clips:by-words", "clip:card")


def test_without_clips_every_slot_is_one_card():
    plan = built(0)

    assert sizes(plan) == [1] * 6
    assert plan.degraded == ("clip:card",)


def test_without_clips_each_hook_line_has_its_card():
    opening = built(0, scripts=[a_spoken("一"), a_spoken("二")]).slots[0]

    assert [choice.line for choice in opening.choices] == [0, 1]


def test_a_clip_too_short_or_too_dark_is_in_no_pool():
    plan = built([*clips(10), an_option(90, end_frame=10), an_option(91, quality=0.05)])

    assert not {"shot-90", "shot-91"} & set().union(*shots_by_slot(plan))


def test_better_clips_come_first_and_are_worth_more():
    options = [an_option(n, quality=0.3 + n * 0.02) for n in range(30)]
    for slot in built(options).slots[:-1]:
        worths = [choice.worth for choice in slot.choices]
        assert worths == sorted(worths, reverse=True)


def test_a_clip_often_used_is_less_fresh():
    options = [an_option(n, times_used=3 * (n % 2)) for n in range(30)]
    freshness = {
        choice.shots[0].shot_id: choice.freshness for _, choice in choices_of(built(options)) if choice.shots[0].shot_id
    }

    assert freshness["shot-02"] == 1.0
    assert freshness["shot-03"] == 0.25


def test_each_line_keeps_its_take_its_facts_and_what_it_lights_up():
    offer = built().slots[4].lines[0]

    assert offer.text == "现在只要39块9，第二件半价。"
    assert offer.voice.path == "/voice/现在只要39块9，第二件半价。.wav"
    assert offer.fact_ids == ("price", "offer")
    assert offer.card.card == "price"


def test_what_script_and_voice_lack_is_said_once():
    plan = built(scripts=[a_spoken("一", degraded=("voice:espeak",)), a_spoken("二", degraded=("voice:espeak",))])

    assert plan.degraded == ("voice:espeak", "clips:by-words")


def test_edges_are_cut_as_asked():
    assert built(transition="flash").transition == "flash"


def test_a_script_without_lines_is_refused():
    with pytest.raises(InputError, match="holds no line"):
        built(scripts=[Spoken((), (), ())])
