import time
from collections import Counter
from itertools import combinations

import pytest

from creative.bulk.contracts import Mix, Stretch
from creative.bulk.search import search
from creative.bulk.similarity import fingerprint, similarity
from tests.creative.bulk.plans import a_choice, a_plan, plan_of, shared_plan


def worst(plan, mixes):
    return max(similarity(plan, one, other) for one, other in combinations(mixes, 2))


def test_a_thousand_strict_ads_in_three_cpu_seconds():
    plan = plan_of()
    before = time.process_time()

    found = search(plan, 1000, "strict", seed=1)

    assert time.process_time() - before < 3
    assert len(set(found.mixes)) == 1000
    assert not found.is_exhausted
    assert found.worst_pair.similarity < 0.5


def test_no_pair_of_a_strict_batch_reaches_the_limit_by_the_reference():
    for seed in range(3):
        plan = shared_plan(24, (96, 160, 128, 144, 96), 12, seed, looks=20)

        found = search(plan, 60, "strict", seed)

        assert len(found.mixes) > 4
        assert worst(plan, found.mixes) == found.worst_pair.similarity < 0.5


def test_equal_seeds_give_equal_ads_and_other_seeds_others():
    plan = plan_of((8, 8, 8, 8), (96, 128, 128, 96))

    first = search(plan, 40, "strict", seed=7)

    assert first == search(plan, 40, "strict", seed=7)
    assert first.mixes != search(plan, 40, "strict", seed=8).mixes


def test_every_choice_and_tune_is_used_about_as_often_as_the_next():
    found = search(plan_of(), 1000, "strict", seed=3)

    for slot, size in enumerate((20, 20, 20, 20, 20, 10)):
        uses = Counter(mix.choices[slot] for mix in found.mixes)
        assert len(uses) == size
        assert max(uses.values()) <= 1.5 * min(uses.values())
    tunes = Counter(mix.tune for mix in found.mixes)
    assert max(tunes.values()) - min(tunes.values()) <= 2


def test_an_exhausted_search_says_so():
    found = search(plan_of((3, 3, 3), (96, 96, 96)), 100, "strict", seed=1)

    assert found.is_exhausted
    assert 2 <= len(found.mixes) <= 9
    assert worst(plan_of((3, 3, 3), (96, 96, 96)), found.mixes) < 0.5


def test_a_second_batch_repeats_no_ad_and_stays_apart_from_the_first():
    plan = plan_of()
    first = search(plan, 1000, "strict", seed=1)

    second = search(plan, 1000, "strict", seed=2, taken=first.mixes)

    assert len(second.mixes) == 1000
    assert worst(plan, [*first.mixes[:150], *second.mixes[:150]]) < 0.5


def test_a_second_batch_shows_only_what_the_first_had_drawn_while_that_lasts():
    plan = plan_of()
    first = search(plan, 100, "strict", seed=1)
    drawn = [{mix.choices[slot] for mix in first.mixes} for slot in range(6)]

    second = search(plan, 100, "strict", seed=9, taken=first.mixes)

    assert all(mix.choices[slot] in drawn[slot] for mix in second.mixes for slot in range(6))


def test_when_nothing_is_apart_from_the_first_batch_the_second_is_apart_in_itself():
    plan = plan_of((4, 4, 4, 4), (96, 96, 96, 96))
    first = search(plan, 1000, "strict", seed=1)

    second = search(plan, 5, "strict", seed=2, taken=first.mixes)

    assert len(second.mixes) == 5
    assert not {mix.choices for mix in second.mixes} & {mix.choices for mix in first.mixes}
    assert worst(plan, second.mixes) < 0.5


def test_no_shot_comes_twice_in_an_ad_and_no_look_while_others_can_be_had():
    plan = shared_plan(30, (96, 160, 128, 144, 96), 20, 4, looks=26)

    found = search(plan, 15, "strict", seed=1)

    assert len(found.mixes) == 15
    for mix in found.mixes:
        looks = [stretch.look for _, stretch in fingerprint(plan, mix)]
        assert len(looks) == len(set(looks))


def test_under_hook_only_ads_that_open_alike_are_kept_apart():
    plan = plan_of((8, 3, 3, 3), (64, 128, 128, 128))

    found = search(plan, 10_000, "hook", seed=1)

    assert len(found.mixes) > len(search(plan, 10_000, "strict", seed=1).mixes)
    assert found.worst_pair.similarity >= 0.5
    for one, other in combinations(found.mixes, 2):
        if one.choices[0] == other.choices[0]:
            assert similarity(plan, one, other) < 0.5


def test_off_makes_the_count_with_different_pictures_first():
    plan = plan_of((3, 3, 3), (96, 96, 96), tunes=2)

    found = search(plan, 60, "off", seed=1)

    assert len({mix.choices for mix in found.mixes[:27]}) == 27
    assert len(set(found.mixes)) == 54
    assert len(found.mixes) == 60
    assert not found.is_exhausted
    assert found.worst_pair.similarity == 1.0


def test_off_makes_the_count_though_every_mix_was_given_out_before():
    plan = plan_of((2, 2), (96, 96), tunes=1)
    before = search(plan, 4, "off", seed=1).mixes

    again = search(plan, 6, "off", seed=2, taken=before)

    assert len(again.mixes) == 6
    assert set(again.mixes) == set(before)


def test_off_takes_other_words_before_other_tunes():
    shot = Stretch("a", 0, 96, "x")
    lines = [a_choice(shot, line=0), a_choice(shot, line=1)]
    plan = a_plan([lines, [a_choice(Stretch("b", 0, 96, "y"))]], (96, 96), tunes=2)

    mixes = search(plan, 4, "off", seed=1).mixes

    assert len({mix.choices for mix in mixes[:2]}) == 2
    assert len(set(mixes)) == 4


def test_poor_pictures_stay_out_while_good_ones_carry_the_count():
    good = [[a_choice(Stretch(f"{s}-{n}", 0, 96, ""), worth=0.9) for n in range(8)] for s in range(4)]
    poor = [
        [a_choice(Stretch(f"{s}-{n}", 0, 96, ""), worth=0.1, freshness=0.2) for n in range(8, 12)] for s in range(4)
    ]
    plan = a_plan([one + other for one, other in zip(good, poor, strict=True)], (96,) * 4)

    few = search(plan, 20, "strict", seed=1)
    all_of_it = search(plan, 10_000, "strict", seed=1)

    assert all(choice < 8 for mix in few.mixes for choice in mix.choices)
    assert any(choice >= 8 for mix in all_of_it.mixes for choice in mix.choices)


def test_a_plan_without_music_has_no_tune():
    assert search(plan_of((2, 2), (96, 96), tunes=0), 1, "strict", seed=1).mixes[0].tune == -1


def test_a_slot_without_choices_carries_nothing():
    found = search(a_plan([[a_choice(Stretch("a", 0, 96, ""))], []], (96, 96)), 5, "strict", seed=1)

    assert found.mixes == ()
    assert found.is_exhausted


@pytest.mark.parametrize("policy", ["hook", "off"])
def test_ten_thousand_ads_take_a_millisecond_each(policy):
    plan = plan_of((40,) * 8, (128,) * 8)
    before = time.process_time()

    found = search(plan, 10_000, policy, seed=1)

    assert len(set(found.mixes)) == 10_000
    assert time.process_time() - before < 10


def test_a_mix_names_choices_of_the_plan():
    mix = search(plan_of((2, 2), (96, 96)), 1, "strict", seed=1).mixes[0]

    assert isinstance(mix, Mix)
    assert [choice in (0, 1) for choice in mix.choices] == [True, True]
