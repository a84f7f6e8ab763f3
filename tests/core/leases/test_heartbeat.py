"""The heartbeat knows when the work is no longer ours, and forgives a database that is away for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.db import connection

from core.clock import ManualClock
from core.errors import LeaseLost
from core.leases.heartbeat import Heartbeat, keep_alive, keep_all_alive
from core.leases.services import claim, complete
from core.models import Advertiser
from generation.models import RenderJob


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def lease(clock):
    advertiser = Advertiser.objects.create(slug="tea", name="Tea")
    job = RenderJob.objects.create(advertiser=advertiser, kind=RenderJob.Kind.AD, request={})
    return claim(RenderJob, job.pk, worker="anna", lease_seconds=60, clock=clock)


@pytest.mark.django_db
def test_a_beat_pushes_the_expiry_out(lease, clock):
    clock.advance(20)

    Heartbeat(lease, clock).beat()

    job = RenderJob.objects.get()
    assert (job.heartbeat_at, (job.lease_until - clock.now()).total_seconds()) == (clock.now(), 60.0)


@pytest.mark.django_db
def test_work_that_was_cancelled_is_lost_at_the_next_beat(lease, clock):
    heartbeat = Heartbeat(lease, clock)
    heartbeat.beat()
    heartbeat.check()
    RenderJob.objects.update(epoch=7)

    heartbeat.beat()

    with pytest.raises(LeaseLost):
        heartbeat.check()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_forgiven_until_the_lease_has_run_out(lease, clock):
    heartbeat = Heartbeat(lease, clock)
    away = {**connection.settings_dict, "HOST": "/nowhere"}
    home, connection.settings_dict = connection.settings_dict, away
    try:
        connection.close()
        clock.advance(59)
        heartbeat.beat()
        assert not heartbeat.is_lost
        clock.advance(2)
        heartbeat.beat()
        assert heartbeat.is_lost
    finally:
        connection.settings_dict = home


@pytest.mark.django_db(transaction=True)
def test_the_thread_ends_with_the_block(lease, clock):
    with keep_alive(lease, clock) as heartbeat:
        heartbeat.check()

    assert not heartbeat.is_lost


@pytest.mark.django_db(transaction=True)
def test_one_thread_keeps_many_leases_and_leaves_those_alone_that_are_over(lease):
    advertiser = Advertiser.objects.get()
    over, going = (
        RenderJob.objects.create(advertiser=advertiser, kind=RenderJob.Kind.AD, request={}) for _ in range(2)
    )
    leases = [claim(RenderJob, job.pk, worker="anna", lease_seconds=0.06) for job in (over, going)]
    complete(leases[0])
    going.refresh_from_db()
    claimed_at = going.heartbeat_at

    with keep_all_alive(leases):
        wait_for(lambda: RenderJob.objects.get(pk=going.pk).heartbeat_at > claimed_at)

    assert RenderJob.objects.get(pk=over.pk).state == "done"


def wait_for(has_come: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not has_come():
        assert time.monotonic() < deadline


def test_no_lease_needs_no_thread():
    with keep_all_alive([]):
        pass
