"""The servers of others that deploy/ starts, with its own command lines, on the programs that come with our packages.

PostgreSQL and the broker, that is. vLLM's line is held against the one that tests/real/test_vllm.py starts
(tests/flows/test_deployment.py); for SeaweedFS there is no program here.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from core.processes.broker import broker_spec
from core.processes.places import Places
from core.processes.postgres import postgres_spec
from tests.real.serving import free_port
from tests.support.deployment import compose, containers, filled
from tests.support.homes import a_home

PATIENCE_SECONDS = 60.0
PASSWORD = "of the broker"
GIVEN = {"BROKER_PASSWORD": PASSWORD}


def lines_of(name: str) -> list[list[str]]:
    """What compose starts the service with, and what Kubernetes starts the container with."""
    (pod,) = [each for each in containers() if each["name"] == name]
    both = [compose()["services"][name]["command"], pod.get("command", []) + pod.get("args", [])]
    return [[filled(word, GIVEN) for word in line] for line in both]


@contextmanager
def started(command: list[str], log: Path, uid: int = -1) -> Iterator[None]:
    user = {"user": uid, "group": uid, "extra_groups": []} if uid >= 0 else {}
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd="/", **user)
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


@pytest.mark.parametrize("line", lines_of("postgres"), ids=["compose", "kubernetes"])
def test_postgres_starts_with_the_options_it_is_given_and_the_health_check_sees_it(line):
    """The image's own entry point adds the folder of the data, and `postgres` where only options are given."""
    check = compose()["services"]["postgres"]["healthcheck"]["test"][1:]
    options = line[1:] if line[0] == "postgres" else line
    with a_home(is_migrated=True) as home:
        places = Places(home)
        places.prepare()
        spec = postgres_spec(places)
        spec.prepare()
        program, data = spec.command[0], spec.command[spec.command.index("-D") + 1]
        sockets = str(places.postgres_sockets)
        with started([program, *options, "-D", data, "-k", sockets, "-h", ""], home / "said.txt", spec.uid):
            asked = [str(Path(program).with_name(check[0])), *check[1:], "-h", sockets]
            assert answers(lambda: subprocess.run(asked, check=False, capture_output=True).returncode == 0)
            with psycopg.connect(host=sockets, user="postgres", dbname="adloom") as link:
                row = link.execute("show max_connections").fetchone()
    assert row is not None
    assert f"max_connections={row[0]}" in options


@pytest.mark.parametrize("line", lines_of("broker"), ids=["compose", "kubernetes"])
def test_the_broker_asks_for_its_password_keeps_what_it_has_and_forgets_nothing(line, tmp_path):
    """Valkey takes Redis' options; the program here is Redis'."""
    program, port = broker_spec(Places(tmp_path)).command[0], free_port()
    check = [filled(word, GIVEN) for word in compose()["services"]["broker"]["healthcheck"]["test"][1:]]
    asked = [str(Path(program).with_name("redis-cli")), "-p", str(port), *check[1:]]
    assert (line[0], check[0]) == ("valkey-server", "valkey-cli")
    with started([program, *line[1:], "--port", str(port), "--dir", str(tmp_path)], tmp_path / "said.txt"):
        assert answers(lambda: subprocess.run(asked, check=False, capture_output=True).stdout == b"PONG\n")
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port, retry=Retry(NoBackoff(), 0)).ping()
        broker = redis.Redis(port=port, password=PASSWORD, decode_responses=True)
        kept = {
            name: broker.config_get(name)[name] for name in ("appendonly", "appendfsync", "maxmemory-policy", "save")
        }
    assert kept == {"appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction", "save": ""}


def answers(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
