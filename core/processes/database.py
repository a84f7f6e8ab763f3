"""The database inside PostgreSQL: there, with pgvector, and migrated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from core.errors import ServiceDown
from core.processes.places import Places
from core.processes.use import embedded_services

LAST_WORK: list[Callable[[], object]] = []
"""What has to be written down while the database is still up."""

MIGRATING = 0x41_44_4C_4D
"""Key of the advisory lock under which one process at a time migrates."""


@contextmanager
def prepared_services(*services: str) -> Iterator[None]:
    """`embedded_services` with the database made and migrated before anything else starts.

    Workers and the scheduler would ask for tables that are not there yet.
    """
    with embedded_services("postgres"):
        prepare_database()
        with embedded_services(*(service for service in services if service != "postgres")):
            try:
                yield
            finally:
                for work in LAST_WORK:
                    work()
                # Whoever starts services again in this process must not find a connection to the server that is gone.
                connection.close()


def prepare_database() -> None:
    """Make the embedded database when it is not there; apply migrations that are not applied yet.

    Safe to call from many processes at once. Raises `ServiceDown` when PostgreSQL does
    not answer.
    """
    try:
        if "postgres" in settings.EMBEDDED_SERVICES:
            _create_database(Places(settings.ADLOOM_HOME), str(settings.DATABASES["default"]["NAME"]))
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [MIGRATING])
            try:
                _migrate()
            finally:
                cursor.execute("select pg_advisory_unlock(%s)", [MIGRATING])
    except (DatabaseError, psycopg.Error) as error:
        raise ServiceDown("postgres", " ".join(str(error).split())) from error
    finally:
        connection.close()


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _create_database(places: Places, name: str) -> None:
    with psycopg.connect(
        host=str(places.postgres_sockets), user="postgres", dbname="postgres", autocommit=True
    ) as server:
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return
        server.execute("select pg_advisory_lock(%s)", [MIGRATING])
        if not server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            with psycopg.connect(host=str(places.postgres_sockets), user="postgres", dbname=name) as database:
                database.execute("create extension if not exists vector")
