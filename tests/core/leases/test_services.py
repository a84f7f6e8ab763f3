"""A piece of work is done once, whoever dies on the way."""

from __future__ import annotations

import datetime as dt

import pytest

from core.clock import ManualClock
from core.errors import LeaseLost
from core.leases.services import (
    Lease,
    claim,
    complete,
    fail,
    find_forgotten,
    mark_dispatched,
    renew,
    requeue_expired,
    retry_later,
)
from core.models import Advertiser
from generation.models import RenderJob

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def job() -> RenderJob:
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    return RenderJob.objects.create(advertiser=advertiser, kind=RenderJob.Kind.AD, request={})


def take(job: RenderJob, worker: str, clock: ManualClock) -> Lease | None:
    return claim(RenderJob, job.pk, worker=worker, lease_seconds=60, clock=clock)


def held(job: RenderJob, worker: str, clock: ManualClock) -> Lease:
    lease = take(job, worker, clock)
    assert lease is not None
    return lease


def test_the_first_to_claim_gets_the_work_and_the_second_nothing(job, clock):
    lease = held(job, "anna", clock)

    assert lease.epoch == 1
    assert take(job, "ben", clock) is None
    job.refresh_from_db()
    assert (job.state, job.worker, job.lease_until) == ("running", "anna", clock.now() + dt.timedelta(seconds=60))


def test_a_lease_that_is_renewed_outlives_its_length(job, clock):
    lease = held(job, "anna", clock)
    clock.advance(40)
    assert renew(lease, clock=clock)
    clock.advance(40)

    assert take(job, "ben", clock) is None
    assert requeue_expired(RenderJob, clock=clock) == []


def test_a_silent_workers_work_goes_to_the_next_and_its_late_result_is_void(job, clock):
    lost = held(job, "anna", clock)
    clock.advance(61)

    taken = held(job, "ben", clock)

    assert taken.epoch == 2
    assert not renew(lost, clock=clock)
    with pytest.raises(LeaseLost):
        complete(lost, result={"by": "anna"})
    complete(taken, result={"by": "ben"})
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", {"by": "ben"}, 1)


def test_expired_work_returns_to_the_queue_once(job, clock):
    lost = held(job, "anna", clock)
    clock.advance(61)

    assert requeue_expired(RenderJob, clock=clock) == [job.pk]
    assert requeue_expired(RenderJob, clock=clock) == []
    with pytest.raises(LeaseLost):
        complete(lost)
    assert held(job, "ben", clock).epoch == 3


def test_done_work_is_never_claimed_again(job, clock):
    complete(held(job, "anna", clock), result={})
    clock.advance(3600)

    assert take(job, "ben", clock) is None
    assert requeue_expired(RenderJob, clock=clock) == []


def test_work_that_loses_every_worker_is_given_up_with_the_reason(job, clock):
    for _ in range(RenderJob.max_attempts):
        held(job, "anna", clock)
        clock.advance(61)
        requeue_expired(RenderJob, clock=clock)

    job.refresh_from_db()
    assert job.state == "failed"
    assert job.failure == "given up after 5 attempts: its worker fell silent"
    assert take(job, "ben", clock) is None


def test_a_failed_job_keeps_its_reason_and_is_over(job, clock):
    fail(held(job, "anna", clock), "not a video", error_code="input")

    job.refresh_from_db()
    assert (job.state, job.failure, job.error_code) == ("failed", "not a video", "input")
    assert take(job, "ben", clock) is None


def test_a_retry_waits_out_its_pause_and_is_then_found(job, clock):
    mark_dispatched(RenderJob, job.pk, clock=clock)
    assert retry_later(held(job, "anna", clock), "disk full", 30, clock=clock)

    assert take(job, "ben", clock) is None
    assert find_forgotten(RenderJob, clock=clock) == []
    clock.advance(30)
    assert find_forgotten(RenderJob, clock=clock) == [job.pk]
    assert held(job, "ben", clock).epoch == 2


def test_the_last_retry_allowed_ends_the_work(job, clock):
    for attempt in range(RenderJob.max_attempts):
        lease = held(job, "anna", clock)
        goes_on = retry_later(lease, "disk full", 0, clock=clock)
        assert goes_on == (attempt < RenderJob.max_attempts - 1)

    job.refresh_from_db()
    assert (job.state, job.failure) == ("failed", "given up after 5 attempts: disk full")


def test_work_that_was_handed_on_untried_keeps_its_attempts(job, clock):
    for _ in range(RenderJob.max_attempts + 1):
        assert retry_later(held(job, "anna", clock), "not here", 0, is_counted=False, clock=clock)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.failure) == ("queued", 0, "not here")


def test_work_whose_message_was_lost_is_found_but_not_twice_in_a_row(job, clock):
    mark_dispatched(RenderJob, job.pk, clock=clock)
    clock.advance(10)
    assert find_forgotten(RenderJob, older_than_seconds=15, clock=clock) == []
    clock.advance(10)

    assert find_forgotten(RenderJob, older_than_seconds=15, clock=clock) == [job.pk]
    assert find_forgotten(RenderJob, older_than_seconds=15, clock=clock) == []


@pytest.fixture
def set_back(clock: ManualClock) -> ManualClock:
    """What the clock says after somebody set it back by a day."""
    return ManualClock(clock.now() - dt.timedelta(days=1))


def test_work_of_a_dead_worker_is_taken_up_though_the_clock_was_set_back(job, clock, set_back):
    held(job, "anna", clock)

    assert requeue_expired(RenderJob, clock=set_back) == [job.pk]
    assert held(job, "ben", set_back).epoch == 3


def test_a_worker_that_still_lives_keeps_its_work_when_the_clock_is_set_back(job, clock, set_back):
    lease = held(job, "anna", clock)

    assert renew(lease, clock=set_back)

    assert requeue_expired(RenderJob, clock=set_back) == []
    assert take(job, "ben", set_back) is None


def test_a_pause_ends_though_the_clock_was_set_back(job, clock, set_back):
    retry_later(held(job, "anna", clock), "the disk is full", 2.0, clock=clock)

    assert take(job, "ben", clock) is None
    assert take(job, "ben", set_back) is not None


def test_a_message_noted_before_the_clock_was_set_back_counts_as_lost(job, clock, set_back):
    mark_dispatched(RenderJob, job.pk, clock=clock)

    assert find_forgotten(RenderJob, clock=clock) == []
    assert find_forgotten(RenderJob, clock=set_back) == [job.pk]
