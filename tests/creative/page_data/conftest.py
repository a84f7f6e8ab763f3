"""An advertiser with a bulk batch of fifty ads in the books, no media behind them."""

from __future__ import annotations

import pytest

from creative.models import Batch
from tests.creative.bulk_books import a_bulk_batch
from tests.creative.views.books import Books, a_shot, some_books


@pytest.fixture
def books(db) -> Books:
    return some_books()


@pytest.fixture
def batch(books) -> Batch:
    states = ["ready"] * 30 + ["held"] * 4 + ["failed"] * 2 + ["planned"] * 14
    return a_bulk_batch(books, a_shot(books.advertiser), states, state="running")
