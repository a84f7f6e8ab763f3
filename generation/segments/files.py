"""Files that appear whole or not at all, and words for a disk that is full."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import RetryableError
from core.media import FfmpegBroke, Trouble

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class StoreFull(RetryableError):
    """No room is left on the disk of the segment store; nothing half-written stays behind."""

    code = "disk_full"


@contextmanager
def room_on(folder: Path) -> Iterator[None]:
    """Turns "no space left" of whatever is written inside into StoreFull."""
    try:
        yield
    except (OSError, FfmpegBroke) as error:
        if not _means_no_room(error):
            raise
        raise StoreFull(
            f"no room left on the disk of {folder}: free some, or lower SEGMENTS_LIMIT_BYTES so that less is kept"
        ) from error


def _means_no_room(error: OSError | FfmpegBroke) -> bool:
    if isinstance(error, FfmpegBroke):
        return error.trouble is Trouble.DISK_FULL
    return error.errno in _NO_ROOM


def place(target: Path, write: Callable[[Path], object]) -> None:
    """Write beside `target`, flush to disk, then rename over it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        with temporary.open("rb+") as opened:
            os.fsync(opened.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """Read whole each time: a cached answer would not notice a damaged disk."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
