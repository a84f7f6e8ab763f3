"""Whether each embedded service answers right now."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.processes.conversations import conversation_names
from core.processes.live_hosts import SERVICE as LIVE_HOSTS
from core.processes.places import Places
from core.processes.workers import worker_names

ANSWER_SECONDS = 5
SILENCE_SECONDS = 30.0
"""A worker shows life every 2 s; a machine short of breath may be late."""


def postgres_answers(places: Places) -> bool:
    try:
        with psycopg.connect(
            host=str(places.postgres_sockets), user="postgres", dbname="postgres", connect_timeout=ANSWER_SECONDS
        ) as connection:
            connection.execute("select 1")
    except psycopg.Error:
        return False
    return True


def broker_answers(places: Places) -> bool:
    once = Retry(NoBackoff(), 0)
    client = redis.Redis(unix_socket_path=str(places.broker_socket), socket_timeout=ANSWER_SECONDS, retry=once)
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def workers_answer(places: Places) -> bool:
    """Every worker's process lives and has shown of late that it takes tasks (`mark_ready`)."""
    return all(shows_life(places, name) for name in worker_names())


def conversations_answer(places: Places) -> bool:
    """Both processes live and have shown of late that they look for what is due."""
    return all(shows_life(places, name) for name in conversation_names())


def live_hosts_answer(places: Places) -> bool:
    """The host lives and has looked of late for rooms that are wanted on air."""
    return shows_life(places, LIVE_HOSTS)


def mark_ready(places: Places, child: str) -> None:
    """Called inside a worker, again and again while it is connected to the broker."""
    places.ready_file(child).write_text(str(os.getpid()))


def shows_life(places: Places, name: str) -> bool:
    """Whether the process that calls itself `name` lives and has said so of late (`mark_ready`)."""
    mark = places.ready_file(name)
    try:
        os.kill(int(mark.read_text()), 0)
        return time.time() - mark.stat().st_mtime < SILENCE_SECONDS
    except (OSError, ValueError):
        return False


ANSWERS: dict[str, Callable[[Places], bool]] = {
    "postgres": postgres_answers,
    "broker": broker_answers,
    "workers": workers_answer,
    "conversations": conversations_answer,
    "live_hosts": live_hosts_answer,
}
