"""What an order would come to: how alike the account gets, and what stays out so that it stops at its limit."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from creative.bulk.account import AccountEstimate, room_beside
from creative.bulk.contracts import ACCOUNT_LIMIT, Found, Mix
from creative.models import Ad, Shot
from creative.services.bulk import outlook
from creative.services.bulk.outlook import AccountOutlook, account_outlook, pair_share
from tests.creative.bulk.slot_plans import half_minute
from tests.creative.bulk_books import a_bulk_batch, a_slot_plan
from tests.creative.views.books import Books, a_shot, some_books

NEW, OLD = Mix((2, 1), 0), Mix((0, 0), 0)


@pytest.fixture
def books(db) -> Books:
    return some_books()


@pytest.fixture
def shot(books) -> Shot:
    return a_shot(books.advertiser)


def outlook_of(shot, mixes, made, policy="strict") -> AccountOutlook:
    found = Found(tuple(mixes), None, False)
    return account_outlook(shot.advertiser, a_slot_plan(shot), found, policy, made, timezone.now())


def delivered(books, shot, count: int, days: float = 1.0) -> None:
    batch = a_bulk_batch(books, shot, ["ready"] * count)
    Ad.objects.filter(batch=batch).update(choices=[0, 0], delivered_at=timezone.now() - dt.timedelta(days=days))


def test_nothing_went_out_so_nothing_is_alike(shot):
    assert outlook_of(shot, [NEW], 100) == AccountOutlook(0.0, 0.0, 0, 0)


def test_ads_like_those_that_went_out_stay_out_beyond_a_tenth(books, shot):
    delivered(books, shot, 1)

    found = outlook_of(shot, [OLD], 100)

    assert (found.before, found.made, found.left_out) == (0.0, 1, 100)


def test_with_the_count_whatever_the_likeness_nothing_stays_out(books, shot):
    delivered(books, shot, 1)

    found = outlook_of(shot, [OLD], 99, policy="off")

    assert (found.left_out, round(found.after, 2)) == (0, 0.99)


def test_what_went_out_half_a_year_ago_is_forgotten(books, shot):
    delivered(books, shot, 1, days=190)

    assert outlook_of(shot, [OLD], 1) == AccountOutlook(0.0, 0.0, 0, 0)


def test_a_long_history_is_judged_by_its_newest_ads(books, shot, monkeypatch):
    monkeypatch.setattr(outlook, "COMPARED_ADS", 2)
    delivered(books, shot, 10)

    found = outlook_of(shot, [], 0, "off")

    assert (found.made, found.before) == (10, 0.5)


@pytest.mark.parametrize(("made", "alike", "originals"), [(100, 0, 0), (1000, 50, 500), (10, 2, 0), (0, 0, 90)])
def test_the_room_beside_what_was_counted_stays_just_under_the_limit(made, alike, originals):
    counted = AccountEstimate(alike / made if made else 0.0, made, made - alike)

    room = room_beside(counted, originals)

    def similarity(more: int) -> float:
        return (alike + more) / (made + originals + more)

    assert room == 0 or similarity(room) < ACCOUNT_LIMIT
    assert similarity(room + 1) >= ACCOUNT_LIMIT


def test_pairs_are_counted_beside_the_picture_of_all_choices():
    plan = half_minute()
    whole = sum(slot.frames * len(slot.choices) for slot in plan.slots)

    assert pair_share(plan, 10) == pytest.approx(320 / whole)
