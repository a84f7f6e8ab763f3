from itertools import product

import pytest

from creative.bulk.growing import alike_shares, chance_alike, pool_sizes, slot_weights, step_for
from tests.creative.bulk.slot_plans import built, half_minute


def test_the_chance_that_two_ads_are_alike_is_that_of_all_pairs_counted():
    weights, choices = [5, 3, 2], [2, 3, 4]
    mixes = list(product(*(range(count) for count in choices)))
    alike = sum(
        sum(weight for weight, one, other in zip(weights, first, second, strict=True) if one == other) * 2 >= 10
        for first, second in product(mixes, mixes)
    )

    assert chance_alike(weights, [1 / count for count in choices]) == pytest.approx(alike / len(mixes) ** 2)


def test_slots_in_the_first_three_seconds_weigh_three():
    assert slot_weights([64, 80, 96]) == [192, 132, 96]


def test_a_pool_of_distinct_pictures_is_alike_by_chance_only():
    pool = built(42).slots[0].choices

    assert alike_shares(pool)[1:5] == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])


def test_a_picture_that_looks_like_another_adds_nothing():
    first = built(42).slots[0].choices[0]

    assert alike_shares([first, first]) == [1, 1, 1]


def test_batches_of_a_thousand_and_of_two_thousand_are_made_from_the_same_pools():
    assert [step_for(wanted) for wanted in (100, 500, 1000, 2000, 2001)] == [125, 500, 2000, 2000, 8000]


def test_pools_grow_until_two_ads_are_hardly_ever_alike():
    plan = half_minute(600, 100_000)
    pools, frames = [slot.choices for slot in plan.slots], [slot.frames for slot in plan.slots]
    weights = slot_weights(frames)

    few, many = pool_sizes(pools, frames, 500), pool_sizes(pools, frames, 2000)

    assert 1 / 800 < chance_alike(weights, [1 / size for size in few]) <= 1 / 500
    assert 1 / 3000 < chance_alike(weights, [1 / size for size in many]) <= 1 / 2000
    assert all(one <= other for one, other in zip(few, many, strict=True))


def test_no_slot_hangs_on_a_single_choice_where_it_has_two():
    pools = [slot.choices for slot in half_minute(42, 100).slots]

    assert all(
        size >= min(2, len(pool)) for size, pool in zip(pool_sizes(pools, [96] * len(pools), 1), pools, strict=True)
    )
