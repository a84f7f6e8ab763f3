"""A chunk is booked once, whole, by whoever holds it; what stands in its way is said, and nothing waits for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from creative.models import Ad, Batch, BatchChunk
from creative.services.bulk import chunks
from creative.services.bulk.chunks import assemble_chunk, tend_chunks
from generation import api as generation
from generation.models import Segment, SegmentOrder
from tests.creative.bulk_books import PICTURES, a_bulk_batch, order_segments, put_media
from tests.creative.views.books import a_shot, some_books

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    """Six planned ads whose segments are there, and a chunk nobody has taken yet."""
    books = some_books()
    batch = a_bulk_batch(books, a_shot(books.advertiser), ("planned",) * 6, state="running", is_draft=True)
    order_segments(batch)
    put_media(batch)
    BatchChunk.objects.update(state="queued")
    return batch


@pytest.fixture
def sent(monkeypatch):
    messages: list[str] = []
    monkeypatch.setattr(chunks, "send", lambda task, arguments: messages.append(task) or True)
    monkeypatch.setattr(generation, "dispatch_segments", lambda: 0)
    return messages


@pytest.fixture
def no_samples(monkeypatch):
    """The first ad is not decoded: its segments here are no real ads."""
    monkeypatch.setattr(chunks, "_look_at_samples", lambda *_: None)


def states(batch: Batch) -> set[tuple[str, str]]:
    return set(Ad.objects.filter(batch=batch).values_list("state", "held_reason"))


def test_a_chunk_is_booked_whole(running, sent, no_samples, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assemble_chunk(str(running.chunks.get().pk))

    assert states(running) == {("ready", "")}
    running.refresh_from_db()
    assert running.state == "done"


def test_a_segment_that_is_being_rendered_again_is_waited_for(running, sent, no_samples):
    Segment.objects.filter(pk=PICTURES[0][0]).update(state="queued", verdict="")
    SegmentOrder.objects.update(replied_at=timezone.now())

    assemble_chunk(str(running.chunks.get().pk))

    chunk = running.chunks.get()
    assert (chunk.state, chunk.is_ready, SegmentOrder.objects.get().replied_at) == ("queued", False, None)
    assert states(running) == {("planned", "")}


def test_a_damaged_segment_in_a_sample_is_rendered_again(running, sent, monkeypatch):
    def found_damaged(*_):
        raise generation.DamagedSegment(PICTURES[1][0], "its bytes are not those that were stored")

    monkeypatch.setattr(chunks, "_look_at_samples", found_damaged)

    assemble_chunk(str(running.chunks.get().pk))

    assert Segment.objects.get(pk=PICTURES[1][0]).state == "queued"
    assert not running.chunks.get().is_ready
    assert states(running) == {("planned", "")}


def test_what_cannot_be_assembled_fails_with_its_reason_and_the_batch_ends(running, sent, monkeypatch):
    def broken(*_):
        raise RuntimeError("no two frames alike")

    monkeypatch.setattr(chunks, "_judge", broken)

    assemble_chunk(str(running.chunks.get().pk))

    assert states(running) == {("failed", "no two frames alike")}
    running.refresh_from_db()
    assert running.state == "done"


def test_a_disk_that_is_full_leaves_the_chunk_for_another_try(running, sent, no_samples, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chunks, "_judge", full)
    assemble_chunk(str(running.chunks.get().pk))
    assert states(running) == {("planned", "")}

    BatchChunk.objects.update(not_before=timezone.now())
    tend_chunks()

    assert sent == [chunks.ASSEMBLE_TASK]


def test_ads_of_a_chunk_that_nobody_tries_again_have_failed(running, sent):
    BatchChunk.objects.update(state="failed", failure="given up after 60 attempts: its worker fell silent")

    tend_chunks()

    assert states(running) == {("failed", "given up after 60 attempts: its worker fell silent")}
    running.refresh_from_db()
    assert running.state == "done"


def test_a_batch_whose_last_worker_died_before_closing_it_is_closed(running, sent):
    Ad.objects.update(state="ready")

    tend_chunks()

    running.refresh_from_db()
    assert running.state == "done"


@pytest.mark.parametrize("seconds", [-chunks.LOST_SECONDS - 1, 86_400])
def test_a_chunk_whose_message_is_lost_is_sent_again_though_the_clock_was_set_back(running, sent, seconds):
    BatchChunk.objects.update(dispatched_at=timezone.now() + dt.timedelta(seconds=seconds))

    tend_chunks()
    tend_chunks()

    assert sent == [chunks.ASSEMBLE_TASK]
