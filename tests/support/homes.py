"""Homes for tests that run the product's commands as another process would."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.processes.postgres import OUTSIDE_FOLDERS
from tests.support.template import lay_database


@contextmanager
def a_home(is_migrated: bool = False) -> Iterator[Path]:
    """A home that `nobody` may pass through; it goes after the block, with what PostgreSQL kept outside of it.

    It is empty, or has a database with every migration applied and no rows.
    """
    home = Path(tempfile.mkdtemp(prefix="adloom-test-", dir="/tmp"))
    home.chmod(0o711)
    try:
        if is_migrated:
            lay_database(home)
        yield home
    finally:
        mark = home / "install-id"
        install_id = mark.read_text().strip() if mark.exists() else ""
        shutil.rmtree(home, ignore_errors=True)
        for folder in OUTSIDE_FOLDERS if install_id else ():
            shutil.rmtree(folder / install_id, ignore_errors=True)
