"""Whether each embedded service answers right now."""

from __future__ import annotations

import os
from collections.abc import Callable

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.processes.places import Places
from core.processes.workers import worker_names

ANSWER_SECONDS = 5


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
    """Every worker has said it is ready (`mark_ready`) and its process still lives."""
    return all(_marked_by_live_process(places, name) for name in worker_names())


def mark_ready(places: Places, child: str) -> None:
    """Called inside a worker once it takes tasks."""
    places.ready_file(child).write_text(str(os.getpid()))


def _marked_by_live_process(places: Places, name: str) -> bool:
    try:
        os.kill(int(places.ready_file(name).read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


ANSWERS: dict[str, Callable[[Places], bool]] = {
    "postgres": postgres_answers,
    "broker": broker_answers,
    "workers": workers_answer,
}
