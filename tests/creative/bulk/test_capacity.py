import time

import pytest

from creative.bulk.capacity import capacity, distinct_ads, with_more
from creative.bulk.contracts import Stretch
from creative.bulk.search import search
from tests.creative.bulk.plans import a_choice, a_plan, plan_of, shared_plan

OWN_POOLS = (
    ((5, 5, 5, 5), (96, 128, 128, 96)),
    ((4, 5, 6, 5, 4, 3), (96, 128, 112, 128, 96, 96)),
    ((9, 7, 6, 6, 6, 5), (80, 80, 80, 80, 80, 80)),
    ((13, 7, 6, 6, 6, 5), (96, 112, 112, 112, 112, 112)),
    ((8, 8, 8, 8, 8, 8), (144, 160, 160, 160, 128, 144)),
    ((9, 5, 5, 5, 5, 5, 5, 4), (96, 112, 112, 112, 112, 112, 112, 112)),
    ((3, 12, 12, 12, 3), (64, 160, 160, 160, 96)),
    ((30, 4, 4, 4), (128, 128, 128, 96)),
    ((12, 10, 10, 10, 9), (112, 160, 160, 128, 112)),
    ((11, 7, 7, 7, 7, 7), (96, 112, 112, 112, 112, 112)),
)
SHARED_POOLS = (
    (14, (96, 128, 96, 128), 8, 1, 0),
    (20, (96, 160, 128, 96), 10, 2, 0),
    (24, (96, 160, 128, 144, 96), 12, 3, 20),
    (30, (96, 160, 128, 144, 96), 20, 4, 26),
    (30, (96, 112, 112, 112, 112, 96), 12, 5, 0),
    (36, (64, 128, 128, 128, 128), 12, 6, 30),
    (40, (144, 160, 160, 160, 128, 144), 10, 7, 0),
    (42, (96, 96, 96, 96, 96, 96), 10, 8, 36),
    (50, (96, 112, 128, 112, 128, 96, 80), 10, 9, 44),
    (60, (80, 96, 96, 96, 96, 96, 96), 9, 10, 50),
    (60, (128, 160, 160, 128), 15, 11, 0),
    (80, (96, 96, 96, 96, 96, 96), 12, 12, 70),
)


def holds(plan):
    """Whether the estimate is within a fifth of what a search with another seed finds (or one ad, where few are)."""
    carried = distinct_ads(plan)
    found = len(search(plan, 20_000, "strict", seed=11).mixes)
    return abs(carried - found) <= max(1, 0.2 * found)


@pytest.mark.parametrize(("sizes", "frames"), OWN_POOLS)
def test_capacity_is_what_a_search_finds_where_each_clip_has_one_slot(sizes, frames):
    assert holds(plan_of(sizes, frames))


@pytest.mark.parametrize("pools", SHARED_POOLS, ids=lambda pools: f"{pools[0]}-clips-{pools[3]}")
def test_capacity_is_what_a_search_finds_where_clips_overlap_and_look_alike(pools):
    clips, frames, per_slot, seed, looks = pools

    assert holds(shared_plan(clips, frames, per_slot, seed, looks))


def test_capacity_of_the_bench_pool_costs_a_few_cpu_seconds():
    plan = plan_of()
    before = time.process_time()

    carried = capacity(plan)

    assert time.process_time() - before < 4
    assert 3200 <= carried.ads <= 4000
    assert carried.clips == 110


def test_a_large_pool_is_counted_by_its_code():
    assert capacity(plan_of((16,) * 8, (112,) * 8)).ads == 16**4


def test_advice_names_the_role_that_brings_most_first_and_keeps_its_word():
    plan = plan_of((6, 16, 16, 16), (128, 128, 128, 128))

    carried = capacity(plan)

    best = carried.advice[0]
    found = len(search(with_more(plan, best.role, best.more), 20_000, "strict", seed=5).mixes)
    assert best.role == "hook"
    assert best.ads > 1.5 * carried.ads
    assert abs(best.ads - found) <= 0.2 * found


def test_new_shots_of_a_role_are_dealt_to_its_slots():
    plan = plan_of((2,) * 7, (96,) * 7)

    larger = with_more(plan, "hook", 5)

    assert [len(slot.choices) for slot in larger.slots] == [5, 2, 2, 2, 2, 2, 4]


def test_one_clip_carries_one_ad():
    carried = capacity(a_plan([[a_choice(Stretch("a", 0, 96, "x"))]], (96,)))

    assert (carried.ads, carried.clips) == (1, 1)


def test_an_empty_pool_carries_nothing():
    assert capacity(a_plan([[a_choice(Stretch("a", 0, 96, "x"))], []], (96, 96))).ads == 0
