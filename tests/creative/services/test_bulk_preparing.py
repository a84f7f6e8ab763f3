"""What every batch over the same material would find alike is found once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creative.bulk.contracts import Advice, Capacity
from creative.services.bulk.preparing import _known_capacity, pools_key
from tests.creative.bulk_books import a_bulk_batch, a_slot_plan
from tests.creative.views.books import a_shot, some_books

pytestmark = pytest.mark.django_db


def test_what_the_material_carries_is_known_from_an_earlier_batch_over_the_same_pools():
    books = some_books()
    shot = a_shot(books.advertiser)
    plan = a_slot_plan(shot)
    advice = [{"role": "hook", "more": 5, "ads": 900}]
    figures = {"pools_key": pools_key(plan), "capacity": 310, "clips": 42, "advice": advice}
    earlier = a_bulk_batch(books, shot, (), figures=figures)

    assert _known_capacity(earlier, pools_key(plan)) == Capacity(310, 42, (Advice("hook", 5, 900),))
    assert _known_capacity(earlier, pools_key(replace(plan, tunes=()))) is None
