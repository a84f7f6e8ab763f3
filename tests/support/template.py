"""A PostgreSQL cluster with every migration applied, made once a run and copied into the homes that want one.

Migrating costs as much as a long test. Homes of tests that are about a first start begin empty.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from core.processes.locks import hold
from core.processes.places import Places

ROOT = Path(__file__).resolve().parents[2]
MIGRATED = "adloom"
"""The database in it, which nobody ever connects to in the tests' own cluster: good to copy at any time."""
MAKE = (
    "import django; django.setup()\n"
    "from core.processes.database import prepared_services\n"
    "with prepared_services('postgres'): pass"
)


def lay_database(home: Path) -> None:
    """Give a fresh home the cluster. Where nobody may enter homes (see core.processes.postgres) it stays without."""
    cluster = _template() / "postgres"
    if (cluster / "PG_VERSION").exists():
        # `cp` keeps the owner, which for root's clusters is another one.
        subprocess.run(["cp", "-a", str(cluster), str(home / "postgres")], check=True)


def copy_migrated(places: Places, name: str) -> None:
    """Make the database `name` in the running cluster of `places`: migrated where the cluster was laid, else empty."""
    with psycopg.connect(
        host=str(places.postgres_sockets), user="postgres", dbname="postgres", autocommit=True
    ) as link:
        is_there = link.execute("select 1 from pg_database where datname = %s", [MIGRATED]).fetchone()
        template = sql.Identifier(MIGRATED if is_there else "template1")
        link.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), template))


def _template() -> Path:
    """The home it was made in; of several workers one makes it and the others wait."""
    home = Path(os.environ["ADLOOM_TEST_TEMPLATE"])
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    with hold(home.with_name(f"{home.name}.lock"), exclusive=True):
        if not (home / "made").exists():
            known = {"ADLOOM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings.base"}
            subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env={**os.environ, **known}, check=True)
            shutil.rmtree(home / "logs", ignore_errors=True)
            (home / "made").touch()
    return home
