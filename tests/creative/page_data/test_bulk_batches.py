"""The page of a bulk batch: stages, time left, one page of the contact sheet, why ads are held."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone
from django.utils.translation import override

from creative.models import Ad, Batch, BatchChunk
from creative.page_data.bulk_batches import SHEET_ADS, bulk_figures, held_causes, sheet
from creative.page_data.bulk_side import bulk_side, exact_yuan
from generation.models import Segment
from tests.creative.bulk_books import a_bulk_batch, order_segments
from tests.creative.views.books import a_shot


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def stages(batch: Batch) -> dict[str, tuple[int, int]]:
    return {stage.key: (stage.whole, stage.all) for stage in bulk_figures(batch).stages}


def test_each_stage_tells_how_far_it_is(batch):
    order_segments(batch, done=6)

    assert stages(batch) == {
        "plan": (50, 50),
        "segments": (5, 5),
        "stems": (1, 3),
        "ads": (36, 50),
        "check": (6, 6),
    }


def test_before_it_is_planned_nothing_is_known_but_what_was_asked_for(books):
    batch = a_bulk_batch(books, a_shot(books.advertiser), (), state="queued", requested=1000, figures={})
    figures = bulk_figures(batch)

    assert (figures.wanted, figures.seconds_left, figures.is_short) == (1000, None, False)
    assert figures.stages[0].note == "choosing what goes with what"


def test_time_left_follows_the_pace_of_the_last_minutes(batch):
    order_segments(batch, done=3)
    Batch.objects.update(created_at=timezone.now() - dt.timedelta(seconds=600))
    batch.refresh_from_db()
    Segment.objects.filter(state="done").update(ended_at=timezone.now())
    BatchChunk.objects.update(cpu_seconds=25.0)

    # Two segments are open at three in two minutes; fourteen ads at half a second each.
    assert bulk_figures(batch).seconds_left == pytest.approx(80 + 14 * 0.5, abs=1)


def test_nothing_is_promised_while_nothing_moves_or_the_batch_rests(batch):
    order_segments(batch, done=0)
    assert bulk_figures(batch).seconds_left is None

    Batch.objects.update(state="paused")
    batch.refresh_from_db()
    assert bulk_figures(batch).seconds_left is None


def test_fewer_ads_than_asked_for_are_said(batch):
    Batch.objects.update(requested=1000)
    batch.refresh_from_db()
    figures = bulk_figures(batch)

    assert (figures.is_short, figures.stages[0].note) == (True, "950 fewer than asked for")


def test_a_page_of_the_sheet_shows_its_ads_in_order(batch):
    first, second = sheet(batch, "", 1), sheet(batch, "", 2)

    assert [card.number for card in first.cards] == list(range(1, SHEET_ADS + 1))
    assert [card.number for card in second.cards] == [49, 50]
    assert (second.first, second.last, second.total, second.pages) == (49, 50, 50, 2)
    assert first.cards[1].hook == "还在喝速溶？"
    assert first.cards[0].slots == (("hook", 1.6), ("cta", pytest.approx(1.0667, abs=0.001)))


def test_the_sheet_keeps_its_filter_over_pages(batch):
    held = sheet(batch, "held", 1)

    assert [card.number for card in held.cards] == list(range(31, 37))
    assert held.kept == "&show=held"
    assert sheet(batch, "nonsense", 99).number == 2


def test_the_sheet_shows_the_ads_of_one_cause(batch):
    shown = sheet(batch, "held", 1, why=34)

    assert [card.number for card in shown.cards] == [35, 36]
    assert (shown.reason, shown.kept, shown.total) == ("no picture", "&show=held&why=34", 2)


def test_the_sheet_shows_the_version_that_stands(batch):
    old = Ad.objects.get(batch=batch, position=0)
    Ad.objects.create(
        advertiser_id=old.advertiser_id, batch=batch, position=0, version=2, replaces=old, state="rendering", frames=80
    )

    cards = sheet(batch, "", 1).cards
    assert (cards[0].version, cards[0].state, cards[1].number) == (2, "rendering", 2)


def test_causes_are_counted_the_most_frequent_first(batch):
    causes = held_causes(batch)

    assert [(cause.words, cause.count) for cause in causes] == [
        ("black for 0.90 s (frame 12 of its segment)", 4),
        ("no picture", 2),
    ]
    assert causes[1].first_url == f"/batches/{batch.pk}/?show=held&why=34"


def test_the_side_tells_capacity_cost_and_likeness(batch):
    order_segments(batch)
    Segment.objects.update(ended_at=timezone.now(), cpu_seconds=9.0, size_bytes=1000)
    side = bulk_side(batch, ready=30, planned=50)

    assert (side.carries.ads, side.carries.made, side.carries.more[0].ads, side.carries.whole) == (6, 50, 900, 900)
    assert [twin.number for twin in side.likeness.twins] == [1, 2]
    assert side.likeness.account is None
    assert replace(side.likeness, account=0.9).shown == 0.2
    assert side.cost["cpu_seconds_per_ad"] == pytest.approx(72 / 30)
    assert (side.yuan_per_ad, side.spent_yuan) == ("0.00017", "0.0050")
    assert side.figures["segments_made"] == 5


def test_money_is_written_out():
    assert [exact_yuan(value) for value in (0, 0.0000667, 0.47, 12.4, 1234.5)] == [
        "0",
        "0.000067",
        "0.47",
        "12.40",
        "1,234.50",
    ]


def test_the_page_asks_as_often_for_five_hundred_ads_as_for_fifty(batch, books, django_assert_max_num_queries):
    order_segments(batch)
    rows = [
        Ad(advertiser_id=batch.advertiser_id, batch=batch, position=50 + n, choices=[0, 0], tune=0, state="planned")
        for n in range(450)
    ]
    Ad.objects.bulk_create(rows)
    with django_assert_max_num_queries(36):
        bulk_figures(batch), sheet(batch, "", 5), bulk_side(batch, 30, 500)
