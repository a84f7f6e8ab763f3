"""Where rooms find the worker: one socket and one lock in a folder of the home that only its owner enters."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOCKET, LOCK, PATCHES = "worker.sock", "worker.lock", "patches"
WAITING = 16


def open_folder(folder: Path) -> Path:
    """The folder, made where it is not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def try_lock(folder: Path) -> int | None:
    """A descriptor that holds the lock as long as its process lives; None while another worker has it."""
    fd = os.open(open_folder(folder) / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd


def listen(folder: Path) -> socket.socket:
    """The worker's end. Call it with the lock held: what lies there belongs to a worker that is gone."""
    (folder / SOCKET).unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _short(folder) as short:
        door.bind(f"{short}/{SOCKET}")
    door.listen(WAITING)
    door.setblocking(False)
    return door


def connect(folder: Path) -> socket.socket:
    """A connection to the worker. OSError when there is none."""
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short(folder) as short:
            end.connect(f"{short}/{SOCKET}")
    except OSError:
        end.close()
        raise
    return end


@contextmanager
def _short(folder: Path) -> Iterator[str]:
    """A short name for the folder: the kernel takes 107 bytes for a socket's, and homes may lie deep."""
    fd = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{fd}"
    finally:
        os.close(fd)
