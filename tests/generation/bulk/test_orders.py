"""Who waits for which segments, and whose turn it is."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from core.models import Advertiser
from generation.bulk import orders
from generation.bulk.orders import answer_ready, dispatch, group_progress, order_pieces, verdicts_of, want_again
from generation.bulk.pieces import Piece
from generation.models import Segment, SegmentOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def advertiser():
    return Advertiser.objects.create(slug="aa", name="A")


@pytest.fixture
def sent(monkeypatch):
    """Messages that would go to workers."""
    messages: list[tuple[str, list]] = []
    monkeypatch.setattr(orders, "send", lambda task, arguments: messages.append((task, list(arguments))) or True)
    monkeypatch.setattr(orders, "most_in_flight", lambda: 4)
    return messages


def pictures(prefix: str, count: int) -> list[Piece]:
    return [Piece(f"{prefix}{number:03}".ljust(64, "0"), "picture", 64, {}) for number in range(count)]


def order(advertiser, pieces, group=None):
    number = uuid.uuid4()
    keys = [piece.key for piece in pieces]
    return order_pieces(advertiser, group or number, number, keys, pieces, "creative.take_segments")


def keys_of(messages) -> list[str]:
    return [key for task, (keys,) in messages if task == orders.MAKE_TASK for key in keys]


def finish(key: str, verdict: str = "ok") -> None:
    Segment.objects.filter(pk=key).update(state="done", verdict=verdict, ended_at=timezone.now())


def test_a_segment_two_orders_want_is_one_row(advertiser):
    first, second = order(advertiser, pictures("a", 3)), order(advertiser, pictures("a", 3))

    assert Segment.objects.count() == 3
    assert first.wishes.count() == second.wishes.count() == 3


def test_an_order_heard_twice_is_booked_once(advertiser):
    number, pieces = uuid.uuid4(), pictures("a", 2)
    for _ in range(2):
        order_pieces(advertiser, number, number, [piece.key for piece in pieces], pieces, "creative.take_segments")

    assert SegmentOrder.objects.count() == 1
    assert SegmentOrder.objects.get().wishes.count() == 2


def test_only_as_many_messages_are_out_as_workers_begin_soon(advertiser, sent):
    order(advertiser, pictures("a", 10))

    assert dispatch() == 4
    assert dispatch() == 0
    assert keys_of(sent) == [piece.key for piece in pictures("a", 4)]


def test_ten_ads_do_not_wait_behind_a_hundred_thousand(advertiser, sent):
    order(advertiser, pictures("a", 50))
    small = Advertiser.objects.create(slug="bb", name="B")
    order(small, pictures("b", 2))

    dispatch()

    assert keys_of(sent) == [
        pictures("a", 1)[0].key,
        pictures("b", 1)[0].key,
        pictures("a", 2)[1].key,
        pictures("b", 2)[1].key,
    ]


def test_stems_go_in_armfuls(advertiser, sent):
    stems = [Piece(f"s{number:03}".ljust(64, "0"), "sound", 64, {}) for number in range(30)]
    order(advertiser, [*pictures("a", 1), *stems])

    dispatch()

    assert [len(keys) for _, (keys,) in sent] == [1, orders.STEMS_A_MESSAGE, 30 - orders.STEMS_A_MESSAGE]


def test_a_message_that_got_lost_is_sent_again(advertiser, sent):
    order(advertiser, pictures("a", 1))
    dispatch()
    Segment.objects.update(dispatched_at=timezone.now() - dt.timedelta(seconds=orders.SENT_SECONDS + 1))

    assert dispatch() == 1


def test_a_paused_order_gets_no_workers_until_it_goes_on(advertiser, sent):
    group = uuid.uuid4()
    order(advertiser, pictures("a", 1), group)
    orders.pause_group(group, True)
    assert dispatch() == 0

    orders.pause_group(group, False)

    assert dispatch() == 1


def test_an_order_is_answered_when_nothing_is_open_and_again_until_it_is_heard(advertiser, sent):
    one = order(advertiser, pictures("a", 2))
    finish(pictures("a", 1)[0].key)
    answer_ready()
    assert sent == []

    finish(pictures("a", 2)[1].key)
    answer_ready()
    answer_ready()
    orders.mark_answered(one.id)
    answer_ready()

    assert sent == [("creative.take_segments", [str(one.id)])] * 2


def test_what_was_damaged_is_wanted_again(advertiser):
    order(advertiser, pictures("a", 1))
    key = pictures("a", 1)[0].key
    finish(key)

    want_again([key])

    assert verdicts_of([key]) == {key: ("open", "")}


def test_verdicts_tell_the_refused_from_the_failed(advertiser):
    order(advertiser, pictures("a", 3))
    good, dark, broken = (piece.key for piece in pictures("a", 3))
    finish(good)
    finish(dark, "black for 0.8 s at frame 12")
    Segment.objects.filter(pk=broken).update(state="failed", failure="the source is gone")

    assert verdicts_of([good, dark, broken]) == {
        good: ("ok", ""),
        dark: ("refused", "black for 0.8 s at frame 12"),
        broken: ("failed", "the source is gone"),
    }


def test_progress_counts_a_shared_segment_once(advertiser):
    group = uuid.uuid4()
    order(advertiser, pictures("a", 2), group)
    order(advertiser, pictures("a", 3), group)
    finish(pictures("a", 1)[0].key)

    progress = group_progress(group)

    assert (progress.pictures_done, progress.pictures_total) == (1, 3)


def test_a_new_order_gives_what_failed_another_chance(advertiser):
    order(advertiser, pictures("a", 1))
    Segment.objects.update(state="failed", failure="the disk is full", attempts=5)

    order(advertiser, pictures("a", 1))

    assert Segment.objects.get().state == "queued"


def test_after_the_clock_was_set_back_nothing_waits_for_the_time_to_come_round_again(advertiser, sent):
    order(advertiser, pictures("a", 2))
    tomorrow = timezone.now() + dt.timedelta(days=1)
    sent_key, held_key = (piece.key for piece in pictures("a", 2))
    Segment.objects.filter(pk=sent_key).update(dispatched_at=tomorrow)
    Segment.objects.filter(pk=held_key).update(not_before=tomorrow)

    dispatch()

    assert keys_of(sent) == [sent_key, held_key]


@pytest.mark.parametrize(("is_idle", "again"), [(True, 2), (False, 0)])
def test_what_no_queue_holds_and_nobody_claimed_went_down_with_a_worker(advertiser, sent, monkeypatch, is_idle, again):
    order(advertiser, pictures("a", 2))
    dispatch()
    sent.clear()
    Segment.objects.update(dispatched_at=timezone.now() - dt.timedelta(seconds=orders.UNHEARD_SECONDS + 1))
    monkeypatch.setattr(orders, "is_idle", lambda queue: is_idle)

    orders.tend()

    assert len(keys_of(sent)) == again
