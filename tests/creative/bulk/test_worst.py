import pytest

from creative.bulk import worst
from creative.bulk.contracts import Mix
from creative.bulk.search import search
from creative.bulk.tables import picture_table
from creative.bulk.worst import worst_pair
from tests.creative.bulk.plans import plan_of


def test_the_worst_pair_is_named_by_its_places():
    plan = plan_of((3, 3, 3), (96, 96, 96))
    mixes = [Mix((0, 0, 0)), Mix((1, 1, 1)), Mix((1, 2, 1))]

    pair = worst_pair(plan, picture_table(plan), mixes)

    assert (pair.first, pair.second) == (1, 2)
    assert pair.similarity == pytest.approx((96 + 180 + 96) / (288 + 180))


def test_a_single_ad_has_no_pair():
    plan = plan_of((3,), (96,))

    assert worst_pair(plan, picture_table(plan), [Mix((0,))]) is None


@pytest.mark.parametrize("policy", ["off", "strict"])
def test_agreement_in_whole_slots_finds_the_pair_that_all_pairs_give(policy, monkeypatch):
    plan = plan_of((9, 8, 8, 8, 7), (96, 128, 112, 128, 96))
    mixes = search(plan, 300, policy, seed=2).mixes
    table = picture_table(plan)
    exact = worst_pair(plan, table, mixes)

    monkeypatch.setattr(worst, "ALL_PAIRS", 10)

    assert worst_pair(plan, table, mixes).similarity == exact.similarity
