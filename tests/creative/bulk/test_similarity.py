from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creative.bulk.contracts import Mix, Stretch
from creative.bulk.similarity import (
    fingerprint,
    picture_share,
    similarity,
    similarity_of,
    structure_share,
    weighted,
)
from creative.bulk.tables import fewest_of_a_conflict, picture_table
from tests.creative.bulk.plans import a_choice, a_plan, plan_of, shared_plan


def test_a_shared_body_alone_makes_two_ads_half_alike():
    plan = plan_of((2, 1, 2), (176, 544, 176))

    assert similarity(plan, Mix((0, 0, 0)), Mix((1, 0, 1))) == pytest.approx(544 / 1076)


def test_frames_of_the_first_three_seconds_weigh_three():
    assert weighted(0, 144) == 90 * 3 + 54
    assert weighted(60, 60) == 30 * 3 + 30
    assert weighted(90, 10) == 10


def test_ads_of_one_slot_plan_are_never_less_alike_than_their_structure_makes_them():
    assert similarity(plan_of((2, 2), (96, 96)), Mix((0, 0)), Mix((1, 1))) == 0.4


def test_structure_is_the_share_of_slots_that_stand_in_the_same_place():
    one = (("hook", 96), ("proof", 128), ("cta", 96))

    assert structure_share(one, one) == 1.0
    assert structure_share(one, (("hook", 96), ("proof", 112), ("cta", 96))) == pytest.approx(2 / 3)
    assert structure_share(one, (*one, ("offer", 64))) == 0.75
    assert similarity_of((), one, (), one[:1]) == pytest.approx(0.4 / 3)


def test_only_the_frames_that_both_show_count():
    one = ((0, Stretch("a", 0, 100, "x")), (100, Stretch("b", 0, 100, "y")))
    other = ((0, Stretch("c", 0, 100, "z")), (100, Stretch("a", 60, 100, "w")))

    assert picture_share(one, other) == pytest.approx((30 * 3 + 10) / (90 * 3 + 110))


def test_the_direction_that_gives_more_counts():
    hook = ((0, Stretch("a", 0, 90, "")), (90, Stretch("b", 0, 110, "")))
    end = ((0, Stretch("c", 0, 110, "")), (110, Stretch("a", 0, 90, "")))

    assert picture_share(hook, end) == picture_share(end, hook) == pytest.approx(270 / 380)


def test_shots_that_look_alike_count_though_no_frame_is_equal():
    one = ((0, Stretch("a", 0, 90, "kitchen")), (90, Stretch("b", 0, 90, "")))
    other = ((0, Stretch("c", 0, 90, "kitchen")), (90, Stretch("d", 0, 90, "")))

    assert picture_share(one, other) == pytest.approx(270 / 360)


def test_cards_of_one_kind_are_equal_whatever_they_say():
    one = ((0, Stretch("a", 0, 90, "")), (90, Stretch("card:price", 0, 60, "")))
    other = ((0, Stretch("b", 0, 60, "")), (60, Stretch("card:price", 500, 90, "")))

    assert picture_share(one, other) == pytest.approx(max(60 / 330, (30 * 3 + 60) / 330))


stretches = st.builds(
    Stretch,
    source=st.sampled_from(["a", "b", "c", "card:end"]),
    first_frame=st.integers(0, 60),
    frames=st.integers(1, 70),
    look=st.sampled_from(["", "x", "y", "z"]),
)


def frame_by_frame(first, second):
    """The definition, one frame after the other."""

    def marks(ad):
        for start, one in ad:
            is_card = one.source.startswith("card:")
            for n in range(one.frames):
                frame = one.source if is_card else (one.source, one.first_frame + n)
                yield 3 if start + n < 90 else 1, frame, one.source if is_card else one.look

    def share(of, within, part):
        there = {mark[part] for mark in marks(within)} - {""}
        return sum(m[0] for m in marks(of) if m[part] in there) / sum(m[0] for m in marks(of))

    return max(share(a, b, part) for a, b in ((first, second), (second, first)) for part in (1, 2))


def laid_out(parts):
    starts = np.cumsum([0, *(one.frames for one in parts)]).tolist()
    return tuple(zip(starts, parts, strict=False))


@given(st.lists(stretches, min_size=1, max_size=4), st.lists(stretches, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_reference_is_its_definition_frame_by_frame(first, second):
    one, other = laid_out(first), laid_out(second)

    assert picture_share(one, other) == pytest.approx(frame_by_frame(one, other))


def table_share(table, one, other):
    return table.layers[:, one[:, None], other[None, :]].sum(axis=(1, 2), dtype=int).max() / table.total


@pytest.mark.parametrize("seed", range(6))
def test_the_tables_are_never_below_the_truth_and_exact_where_no_shot_comes_twice(seed):
    plan = shared_plan(14, (96, 160, 128, 176), 8, seed, looks=12 if seed % 2 else 0)
    table = picture_table(plan)
    rng = np.random.default_rng(seed)
    mixes = [Mix(tuple(int(rng.integers(0, 8)) for _ in plan.slots)) for _ in range(60)]
    rows = [table.columns_of(mix.choices) for mix in mixes]
    is_plain = [int(table.looks_alike[np.ix_(row, row)].sum()) == len(row) for row in rows]
    is_plain = [plain and not twice(plan, mix) for plain, mix in zip(is_plain, mixes, strict=True)]

    for one, other in combinations(range(len(mixes)), 2):
        truth = picture_share(fingerprint(plan, mixes[one]), fingerprint(plan, mixes[other]))
        told = table_share(table, rows[one], rows[other])
        assert told >= truth - 1e-9
        if is_plain[one] and is_plain[other]:
            assert told == pytest.approx(truth)


def twice(plan, mix):
    looks = [stretch.look for _, stretch in fingerprint(plan, mix)]
    return len(set(looks)) < len(looks)


def test_choices_that_show_the_same_are_one_picture():
    shot = Stretch("a", 0, 96, "x")
    plan = a_plan([[a_choice(shot, line=0), a_choice(shot, line=1)], [a_choice(Stretch("b", 0, 96, "y"))]], (96, 96))

    table = picture_table(plan)

    assert table.choices == ((0, 1), (0,))


def test_no_more_ads_than_differ_in_every_heavy_set_of_slots():
    table = picture_table(plan_of())

    assert fewest_of_a_conflict(table, table.reaching(0.5)) == 20 * 20 * 10
