"""What every test can ask for: a database on an embedded PostgreSQL of this run's own. And what is run first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from core.processes.places import Places
from core.processes.use import embedded_services
from tests.support.order import long_files_first
from tests.support.template import copy_migrated, lay_database


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: the last ones decide how long one worker waits for the other."""
    items.sort(key=lambda item: long_files_first(item.nodeid))


@pytest.fixture(scope="session")
def embedded_postgres(django_db_use_migrations: bool) -> Iterator[Places]:
    """PostgreSQL under the run's own home, with pgvector in every database made from here on."""
    places = Places(settings.ADLOOM_HOME)
    if django_db_use_migrations:
        lay_database(places.home)
    with embedded_services("postgres"):
        with psycopg.connect(host=str(places.postgres_sockets), user="postgres", dbname="template1") as connection:
            connection.execute("create extension if not exists vector")
        yield places


@pytest.fixture(scope="session")
def django_db_modify_db_settings(embedded_postgres: Places, django_db_use_migrations: bool) -> None:
    """pytest-django makes its test database after this; so PostgreSQL is up by then, and the database migrated."""
    if django_db_use_migrations:
        copy_migrated(embedded_postgres, f"test_{settings.DATABASES['default']['NAME']}")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_use_migrations: bool) -> bool:
    """The database is there by then, and goes with the run's home."""
    return django_db_use_migrations


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """A real S3 server; whoever makes a bucket empties it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def head_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A talking head's weights, tiny and random."""
    from tests.support.heads import tiny_model

    return tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def ann(head_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a prepared head whose person agreed."""
    from tests.support.heads import AGREED, filmed, tiny_head

    return filmed(tiny_head(head_model), tmp_path_factory.mktemp("heads") / "ann", AGREED).folder
