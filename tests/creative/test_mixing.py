import random

from hypothesis import given
from hypothesis import strategies as st

from creative.contracts import CardPlan
from creative.matching import rank
from creative.mixing import Usage, plan_shots, shots_in_slot, split_frames
from tests.creative.making import a_need, an_option

CARD = CardPlan("kinetic", ("text",))


def plan(needs, options, usage=None, always=frozenset(), seed=1):
    ranked = {need.position: rank(need, options, {}) for need in needs}
    by_id = {option.shot_id: option for option in options}
    cards = {need.position: CARD for need in needs}
    return plan_shots(needs, ranked, by_id, cards, always, usage or Usage(), random.Random(seed))


def test_an_ad_never_shows_a_clip_twice():
    needs = [a_need(0, "hook", 96), a_need(1, "proof", 160, pace=1.0), a_need(2, "offer", 96)]

    shots = plan(needs, [an_option(number) for number in range(12)])

    shown = [shot.shot_id for row in shots.values() for shot in row]
    assert len(shown) == len(set(shown))
    assert "" not in shown


def test_two_shots_that_look_alike_are_not_shown_in_one_ad():
    needs = [a_need(0, "hook", 80), a_need(1, "proof", 80)]
    twins = [an_option(1, phash="ff00"), an_option(2, phash="ff00")]

    shots = plan(needs, twins)

    assert [shot.source for shot in shots[1]] == ["card:kinetic"]


def test_every_slot_is_filled_to_the_frame():
    needs = [a_need(0, "hook", 64), a_need(1, "selling_point", 208, pace=0.9), a_need(2, "cta", 96)]

    shots = plan(needs, [an_option(number, end_frame=70) for number in range(9)])

    assert [sum(shot.frames for shot in shots[need.position]) for need in needs] == [64, 208, 96]


def test_a_slot_with_no_clip_left_gets_a_card():
    needs = [a_need(0, "hook", 64), a_need(1, "offer", 64)]

    shots = plan(needs, [an_option(1)])

    assert shots[0][0].shot_id == "shot-01"
    assert shots[1][0].card == CARD


def test_an_end_card_by_design_takes_no_clip():
    shots = plan([a_need(0, "hook"), a_need(1, "cta")], [an_option(1), an_option(2)], always=frozenset({1}))

    assert shots[1][0].source == "card:kinetic"


def test_over_a_batch_the_least_used_clip_goes_first():
    usage, options = Usage(), [an_option(number) for number in range(6)]

    openings = [plan([a_need(0, "hook")], options, usage, seed=number)[0][0].shot_id for number in range(6)]

    assert sorted(openings) == [f"shot-{number:02}" for number in range(6)]


def test_an_ad_goes_through_the_files_before_it_takes_another_shot_of_one():
    long_file = [an_option(number, material_id="long", start_frame=number * 120) for number in range(4)]
    others = [an_option(number, quality=0.7) for number in range(10, 12)]

    shots = plan([a_need(at, role) for at, role in enumerate(("hook", "pain", "proof"))], [*long_file, *others])

    shown = [shot.shot_id for row in shots.values() for shot in row]
    assert {"shot-10", "shot-11"} <= set(shown)


def test_a_slot_its_clip_cannot_fill_gets_another_clip_before_any_card():
    shots = plan([a_need(0, "proof", 96)], [an_option(1, end_frame=80), an_option(2, end_frame=80)])

    assert [shot.card for shot in shots[0]] == [None, None]


def test_the_same_seed_gives_the_same_shots():
    needs = [a_need(0, "hook"), a_need(1, "proof", 160)]
    options = [an_option(number) for number in range(8)]

    assert plan(needs, options, seed=5) == plan(needs, options, seed=5)


def test_a_shot_stays_inside_its_own_frames():
    shots = plan([a_need(0, "hook", 64)], [an_option(1, start_frame=300, end_frame=380)])

    assert 300 <= shots[0][0].source_start_frame <= 380 - 64


def test_a_long_slot_is_cut_even_where_the_reference_is_slow():
    assert [shots_in_slot(frames, 0.0) for frames in (64, 96, 97, 200)] == [1, 1, 2, 3]


def test_a_fast_reference_never_gives_shots_under_a_second():
    assert shots_in_slot(64, 5.0) == 2


@given(st.integers(48, 400), st.lists(st.integers(15, 200), min_size=1, max_size=3))
def test_frames_are_dealt_out_within_what_shots_can_give_and_a_card_is_never_a_blink(frames, usable):
    shares = split_frames(frames, usable)

    left = frames - sum(shares)
    assert all(0 <= share <= limit for share, limit in zip(shares, usable, strict=True))
    assert left == 0 or left >= 42 or sum(shares) == 0
