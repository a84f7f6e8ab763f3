"""A PostgreSQL cluster with every migration applied, made once a run and copied into the homes that want one.

Migrating costs as much as a long test. Homes of tests that are about a first start begin empty.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from core.processes.locks import hold

ROOT = Path(__file__).resolve().parents[2]
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
