"""A bulk batch under its budget, and what is tried again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from core.errors import InputError
from creative.models import Ad, Batch
from creative.services.bulk import control
from creative.services.bulk.job import take_up
from creative.services.bulk.report import stopped_words
from creative.services.main_job import Wish
from generation.models import Segment, SegmentOrder
from tests.creative.bulk_books import a_bulk_batch, order_segments
from tests.creative.making import a_brief
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


def stop_at(batch: Batch, fen: int) -> None:
    Batch.objects.update(budget_minor=fen, state="running")
    spend(1.1)
    control.keep_to_budgets()
    batch.refresh_from_db()


def test_a_batch_its_budget_stopped_wants_another_one(batch):
    stop_at(batch, 25)

    for budget, words in ((None, "about ¥"), (26, "is spent already")):
        with pytest.raises(InputError, match=words):
            control.resume(batch, budget)

    control.resume(batch, control.budget_to_finish(batch))
    batch.refresh_from_db()
    assert (batch.state, batch.paused_reason) == ("running", "")
    assert batch.budget_minor > 27


def test_what_finishes_a_batch_is_the_old_budget_and_the_rest(batch):
    """27.5 fen went into 8 of 8 segments: only one ad of three is left, and assembling cost nothing so far."""
    stop_at(batch, 25)
    assert control.budget_to_finish(batch) == 28 + 1

    Segment.objects.filter(kind="picture", key__startswith="b").update(state="queued")
    assert control.budget_to_finish(batch) == 28 + 19


def test_a_batch_somebody_paused_goes_on_within_its_budget(batch):
    Batch.objects.update(budget_minor=500)
    batch.refresh_from_db()
    control.pause(batch)
    batch.refresh_from_db()

    control.resume(batch)

    batch.refresh_from_db()
    assert (batch.state, batch.budget_minor) == ("running", 500)


@pytest.mark.parametrize(("budget", "state"), [(None, "paused"), (10_000, "running")])
def test_a_command_takes_a_stopped_batch_up_with_a_larger_budget_only(batch, budget, state):
    stop_at(batch, 25)
    wish = Wish(a_brief(), Path(), Path(), 100, budget_minor=budget)

    if budget is None:
        with pytest.raises(InputError, match="is spent; about ¥"):
            take_up(batch, wish)
    else:
        take_up(batch, wish)

    assert Batch.objects.get().state == state


def test_the_report_of_a_stopped_batch_says_so(batch):
    assert stopped_words(batch) == ""
    stop_at(batch, 25)
    assert stopped_words(batch) == "the budget of ¥0.25 is spent; a larger one (--budget) lets it go on"
