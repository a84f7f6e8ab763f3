"""Where an install keeps its running things: data under its home, sockets in a short folder.

No Django in here: settings and the keeper of the child processes both read it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core.errors import ServiceDown

POSTGRES_UID = 65534
"""PostgreSQL refuses to run as root; this is the uid of `nobody`."""

SHORT_ROOT = Path("/tmp")
"""A socket's path may be 107 bytes at most, and a home may lie deeper than that."""


@dataclass(frozen=True)
class Places:
    """The folders and files of the install whose home is `home` (absolute)."""

    home: Path

    @cached_property
    def install_id(self) -> str:
        """Made once per home, so that a moved home keeps what lies outside of it."""
        return _kept_id(self.home / "install-id")

    @cached_property
    def sockets(self) -> Path:
        """Short folder for sockets of processes that run as we do."""
        key = hashlib.sha256(f"{self.install_id}:{self.home.resolve()}".encode()).hexdigest()[:12]
        return SHORT_ROOT / f"adloom-{os.getuid()}-{key}"

    @property
    def postgres_sockets(self) -> Path:
        """Short folder for PostgreSQL's socket, owned by the uid it runs as."""
        return self.sockets.with_name(f"{self.sockets.name}-pg")

    @property
    def broker_socket(self) -> Path:
        return self.sockets / "r.sock"

    @property
    def broker_data(self) -> Path:
        return self.home / "broker"

    @property
    def run(self) -> Path:
        """Locks, pids and ready marks."""
        return self.home / "run"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    def users_lock(self, service: str) -> Path:
        """Held shared by every user of `service`; exclusively while it is being stopped."""
        return self.run / f"{service}.users"

    @property
    def keeper_lock(self) -> Path:
        return self.run / "keeper.lock"

    def kept_file(self, service: str) -> Path:
        """There while the keeper has the service in its care."""
        return self.run / f"{service}.kept"

    def pid_file(self, child: str) -> Path:
        return self.run / f"{child}.pid"

    def ready_file(self, child: str) -> Path:
        return self.run / f"{child}.ready"

    def failure_file(self, service: str) -> Path:
        return self.run / f"{service}.failed"

    def log_file(self, child: str) -> Path:
        return self.logs / f"{child}.log"

    def prepare(self) -> None:
        """Make the folders every process of this install needs."""
        for folder in (self.run, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own_private_folder(self.sockets, os.getuid())

    def remove_sockets(self) -> None:
        """Leave nothing in the shared folder of short paths; the next start makes them again."""
        for folder in (self.sockets, self.postgres_sockets):
            shutil.rmtree(folder, ignore_errors=True)


def own_private_folder(folder: Path, uid: int) -> None:
    """Make `folder` 0700 and owned by `uid`; refuse one that somebody else put there."""
    try:
        folder.mkdir(mode=0o700)
        if uid != os.getuid():
            os.chown(folder, uid, uid)
    except FileExistsError:
        pass
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise ServiceDown("sockets", f"{folder} belongs to somebody else or is open to others; remove it")


def _kept_id(path: Path) -> str:
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_text(uuid.uuid4().hex[:12])
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
