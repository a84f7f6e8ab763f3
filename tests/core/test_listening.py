"""A loop that hears one channel of the database, and goes on when the database was away."""

from __future__ import annotations

import psycopg
import pytest

from core.listening import Listening
from core.pools import connection_arguments

pytestmark = pytest.mark.django_db(transaction=True)


def say(channel: str, payload: str) -> None:
    with psycopg.connect(**connection_arguments(), autocommit=True) as link:
        link.execute("select pg_notify(%s, %s)", [channel, payload])


def test_only_what_is_meant_for_it_wakes_it() -> None:
    listening = Listening("test_rooms")
    listening.link()
    say("test_rooms", "another")
    say("test_rooms", "ours")

    assert listening.wait(5.0, "ours")
    assert not listening.wait(0.0, "ours")
    listening.close()


def test_without_a_payload_anything_wakes_it() -> None:
    listening = Listening("test_rooms")
    listening.link()
    say("test_rooms", "whatever")

    assert listening.wait(5.0)
    listening.close()


def test_a_connection_that_was_cut_is_opened_again() -> None:
    listening = Listening("test_rooms")
    backend = listening.link().info.backend_pid
    with psycopg.connect(**connection_arguments(), autocommit=True) as link:
        link.execute("select pg_terminate_backend(%s)", [backend])

    assert not listening.wait(0.2)
    assert not listening.is_open
    assert listening.link().info.backend_pid != backend
    listening.close()
