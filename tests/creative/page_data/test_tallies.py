"""Ads counted by the database, a version that was replaced not among them."""

from __future__ import annotations

import uuid

from creative.models import Ad
from creative.page_data.tallies import Tally, newest_of, tallies


def a_later_version(ad: Ad, state: str) -> Ad:
    return Ad.objects.create(
        advertiser_id=ad.advertiser_id, batch=ad.batch, position=ad.position, version=2, replaces=ad, state=state
    )


def test_ads_are_counted_by_what_became_of_them(batch):
    tally = tallies([batch.pk])[batch.pk]

    assert (tally.ready, tally.held, tally.open, tally.all, tally.over) == (30, 6, 14, 50, 36)
    assert round(tally.seconds, 2) == 2.67


def test_a_batch_without_ads_has_none_of_anything(db):
    number = uuid.uuid4()

    assert tallies([number]) == {number: Tally()}


def test_a_replaced_version_does_not_count(batch):
    held = Ad.objects.filter(batch=batch, state="held").first()
    a_later_version(held, "ready")

    tally = tallies([batch.pk])[batch.pk]

    assert (tally.ready, tally.held, tally.all) == (31, 5, 50)


def test_of_several_versions_the_newest_is_shown(batch):
    first = Ad.objects.filter(batch=batch).first()
    later = a_later_version(first, "rendering")

    assert newest_of(Ad.objects.filter(batch=batch, position__lte=1).order_by("position", "version")) == [
        later,
        Ad.objects.get(batch=batch, position=1),
    ]


def test_counting_takes_as_many_queries_for_ten_batches_as_for_one(batch, books, django_assert_num_queries):
    with django_assert_num_queries(2):
        tallies([batch.pk, *(uuid.uuid4() for _ in range(9))])
