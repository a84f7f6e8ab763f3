"""Hosts share rooms through leases: claimed, moved when a host dies, ended when asked, never run twice."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable

import pytest
from django.conf import settings

from avatar.hosting.children import LOG
from avatar.hosting.host import LEASE_SECONDS, LiveHost
from avatar.models import Broadcast, SpokenUtterance
from avatar.rooms import folder_of
from avatar.services.broadcasting import start, stop
from core.clock import ManualClock
from core.processes.children import ChildSpec
from core.processes.places import Places

ROOM = """
import json, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with open(sys.argv[1], "a") as log:
    for tick in range(2):
        event = {"event": "sentence_started", "tick": tick * 25, "sentence": tick, "text": f"line {tick}",
                 "media_seconds": tick, "wall_ms": int(time.time() * 1000)}
        log.write(json.dumps(event) + "\\n")
        log.flush()
if len(sys.argv) > 2:
    print("persona: nobody is called 'Max'", file=sys.stderr)
    sys.exit(int(sys.argv[2]))
time.sleep(60)
"""


@pytest.fixture
def clock():
    return ManualClock(dt.datetime.now(dt.UTC))


@pytest.fixture
def hosts(clock):
    made: list[LiveHost] = []

    def make(name: str, *arguments: str, capacity: int = 4) -> LiveHost:
        def spec(places: Places, broadcast: Broadcast) -> ChildSpec:
            folder = folder_of(broadcast.pk)
            folder.mkdir(parents=True, exist_ok=True)
            command = (sys.executable, "-c", ROOM, str(folder / LOG), *arguments)
            return ChildSpec(name, command, folder / "process.log", stop_seconds=5.0)

        made.append(LiveHost(name, Places(settings.ADLOOM_HOME), capacity, clock=clock, spec_of=spec))
        return made[-1]

    yield make
    for host in made:
        host.close()


def look_until(host: LiveHost, is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be"
        host.look()
        time.sleep(0.05)


def test_a_wanted_room_is_claimed_run_and_booked(shop, hosts):
    broadcast = start(shop.room)
    host = hosts("h1")
    look_until(host, lambda: SpokenUtterance.objects.count() == 2)

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.worker, broadcast.epoch) == ("running", "h1", 1)
    assert broadcast.begun_at is not None


def test_asked_to_end_it_ends_and_its_books_are_closed(shop, hosts):
    broadcast = start(shop.room)
    host = hosts("h1")
    look_until(host, lambda: SpokenUtterance.objects.count() == 2)
    stop(broadcast)
    look_until(host, lambda: not host.held)

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.failure, broadcast.ended_at is not None) == ("done", "", True)
    assert not SpokenUtterance.objects.filter(state="on_air").exists()


def test_a_dead_hosts_room_moves_and_the_dead_one_may_not_write(shop, hosts, clock):
    broadcast = start(shop.room)
    dead, heir = hosts("h1"), hosts("h2")
    look_until(dead, lambda: SpokenUtterance.objects.count() == 2)
    clock.advance(LEASE_SECONDS + 1)
    look_until(heir, lambda: Broadcast.objects.get().worker == "h2")
    dead.look()

    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.worker) == ("running", "h2")
    assert dead.held == {}


def test_a_host_takes_no_more_than_it_can_carry(shop, hosts):
    start(shop.room)
    host = hosts("h1", capacity=0)
    host.look()

    assert Broadcast.objects.get().state == "queued"


def test_refused_settings_end_the_broadcast_with_the_reason(shop, hosts):
    start(shop.room)
    host = hosts("h1", "2")
    look_until(host, lambda: Broadcast.objects.get().state == "failed")

    assert Broadcast.objects.get().failure == "persona: nobody is called 'Max'"


def test_a_crash_is_started_again_and_what_was_on_air_counts_as_cut(shop, hosts):
    start(shop.room)
    host = hosts("h1", "1")
    look_until(host, lambda: Broadcast.objects.get().restarts >= 1)

    assert SpokenUtterance.objects.filter(cut={"kind": "crash"}).exists()


def test_a_host_that_is_asked_to_end_hands_its_rooms_back(shop, hosts):
    start(shop.room)
    host = hosts("h1")
    look_until(host, lambda: SpokenUtterance.objects.count() == 2)
    host.close()

    assert Broadcast.objects.get().state == "queued"
