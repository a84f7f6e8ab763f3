"""A bulk batch under its budget, and what is tried again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from creative.models import Ad, Batch
from creative.services.bulk import control
from generation.models import Segment, SegmentOrder
from tests.creative.bulk_books import a_bulk_batch, order_segments
from tests.creative.views.books import a_shot, some_books


@pytest.fixture
def batch(db, monkeypatch) -> Batch:
    monkeypatch.setattr(control, "send", lambda task, arguments: True)
    books = some_books()
    made = a_bulk_batch(books, a_shot(books.advertiser), ["ready", "held", "planned"], state="running")
    order_segments(made)
    return made


def spend(core_hours: float) -> None:
    Segment.objects.filter(key="a1" * 32).update(cpu_seconds=3600 * core_hours, ended_at=timezone.now())


@pytest.mark.parametrize(("core_hours", "state", "reason"), [(0.9, "running", ""), (1.1, "paused", "budget")])
def test_a_batch_pauses_when_its_budget_is_spent(batch, core_hours, state, reason):
    Batch.objects.update(budget_minor=25)
    spend(core_hours)

    control.keep_to_budgets()

    batch.refresh_from_db()
    assert (batch.state, batch.paused_reason) == (state, reason)


def test_without_a_budget_nothing_pauses(batch):
    spend(100)

    control.keep_to_budgets()

    batch.refresh_from_db()
    assert batch.state == "running"


def test_a_version_in_an_ads_place_is_not_made_again_behind_its_back(batch):
    held = Ad.objects.get(position=1)
    Ad.objects.create(
        advertiser_id=held.advertiser_id, batch=batch, position=1, version=2, replaces=held, state="ready"
    )

    assert control.retry_failed(batch) == 0


def test_trying_again_lets_a_paused_batch_go_on(batch):
    control.pause(batch)

    assert control.retry_failed(batch) == 1
    batch.refresh_from_db()
    assert (batch.state, SegmentOrder.objects.get().is_paused) == ("running", False)
