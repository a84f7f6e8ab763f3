"""Files of the home that machines share: kept in the bucket too, brought here where another machine wrote them.

Rows and requests name such a file by its path on the machine that wrote it. Its folder and what follows
(`materials/ab12.mp4`) are its name in the bucket, so homes may lie at different places. An install without
a bucket has one home, and all of this leaves paths as they are.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from core.storage.api import named_files, path_for
from core.storage.hashing import copy_hashing, settle, temporary_beside
from core.storage.trimming import trim_after

SHARED_FOLDERS = ("materials", "thumbnails", "voice", "uploads", "ads", "presenters")
"""Names in them are hashes or chance, so one name is one content for ever. What machines make each a little differently
is named by its own bytes, never by what it was made of."""
KEPT_BYTES = 20 * 1024**3
"""What the bucket has is kept here as well up to this size, the most recently used."""


def share(path: Path | str) -> None:
    """Keep a finished file of this home in the bucket. Raises ServiceDown when the bucket does not answer."""
    name = _shared_name(Path(path))
    if name is None or not settings.STORAGE_URL or not Path(path).is_relative_to(settings.ADLOOM_HOME):
        return
    files = named_files(name[0])
    if files is not None and not files.has(name[1]):
        files.keep(name[1], Path(path))
        _note_growth(Path(path))


def lend(path: Path) -> Path:
    """A file from anywhere on this machine as one that other machines can bring: a copy of it under the home, shared.

    The file itself where the install has no bucket, or where it cannot be read: whoever looks at it says why.
    """
    if not settings.STORAGE_URL or not path.is_file() or path.is_relative_to(settings.ADLOOM_HOME):
        return path
    try:
        with path.open("rb") as source, temporary_beside(settings.ADLOOM_HOME / "uploads") as draft:
            target: Path = settings.ADLOOM_HOME / "uploads" / f"{copy_hashing(source, draft)}{path.suffix.lower()}"
            settle(draft, target)
    except PermissionError:
        return path
    share(target)
    return target


def bring_here(path: Path | str) -> Path:
    """Where this machine can read the file recorded as `path`; `path` itself where nobody shared such a file.

    Raises ServiceDown when the bucket does not answer, BlobMissing for a blob that is gone.
    """
    recorded = Path(path)
    if not settings.STORAGE_URL:
        return recorded
    sha256 = _blob_of(recorded)
    if sha256:
        return path_for(sha256)
    name = _shared_name(recorded)
    return _fetched(*name) or recorded if name else recorded


def bring_all_here(value: Any) -> Any:
    """Plain JSON with every `path` and `…_path` in it as this machine can read it."""
    if isinstance(value, list):
        return [bring_all_here(item) for item in value]
    if not isinstance(value, dict) or not settings.STORAGE_URL:
        return value
    return {
        key: str(bring_here(item)) if _names_a_file(key, item) else bring_all_here(item) for key, item in value.items()
    }


def share_all(value: Any) -> None:
    """Share every file that plain JSON names as a `path` or `…_path`."""
    if not settings.STORAGE_URL:
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if _names_a_file(key, item):
            share(item)
        elif isinstance(item, dict | list):
            share_all(item)


def _names_a_file(key: object, item: object) -> bool:
    return isinstance(key, str) and key.split("_")[-1] == "path" and isinstance(item, str) and item != ""


def _shared_name(path: Path) -> tuple[str, str] | None:
    """(folder, name in it) of a path that runs through a shared folder; the innermost counts."""
    for at in range(len(path.parts) - 2, 0, -1):
        if path.parts[at] in SHARED_FOLDERS:
            return path.parts[at], "/".join(path.parts[at + 1 :])
    return None


def _blob_of(path: Path) -> str:
    """The SHA-256 of a path in a folder of blobs (`blobs/ab/cd/abcd…`); "" for any other."""
    is_blob = len(path.parts) > 4 and path.parts[-4] == "blobs" and path.name.startswith("".join(path.parts[-3:-1]))
    return path.name if is_blob and len(path.name) == 64 else ""


def _fetched(folder: str, name: str) -> Path | None:
    """The file here: written here, fetched before, or fetched now; None where the bucket has none."""
    own, target = settings.ADLOOM_HOME / folder / name, settings.ADLOOM_HOME / "cache" / "files" / folder / name
    for path in (own, target):
        if path.is_file():
            os.utime(path)
            return path
    files = named_files(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".incoming-") as work:
        draft = Path(work) / "file"
        if files is None or not files.fetch(name, draft):
            return None
        os.replace(draft, target)
    _note_growth(target)
    return target


def _note_growth(path: Path) -> None:
    home: Path = settings.ADLOOM_HOME
    trim_after(path.stat().st_size, [home / "cache" / "files", *(home / each for each in SHARED_FOLDERS)], KEPT_BYTES)
