"""What lies in an advertiser's folder, in an order that never changes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError
from generation.understanding.names import LONGEST_NAME, check_name, printable
from generation.understanding.refusals import Refused, refusal

# What the advertiser writes beside the footage, and what operating systems leave behind.
SIDECARS = frozenset({"materials.yaml", "materials.yml"})
_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class FoundFile:
    """One entry below a folder. `name` is its path inside it; `refused` says why it must not be opened, if so."""

    path: Path
    name: str
    refused: InputError | None = None


def list_media(folder: Path) -> list[FoundFile]:
    """Everything below `folder` that might be media, by name; links, pipes, devices and hidden files as refusals.

    Sidecars (materials.yaml) and what operating systems leave behind are not listed. A
    linked folder is one refusal and is not entered. What a file holds is not looked at.
    """
    return sorted(_walk(folder, folder), key=lambda found: found.name)


def _walk(folder: Path, root: Path) -> Iterator[FoundFile]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in _DROPPINGS or (folder == root and entry.name in SIDECARS):
                continue
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield from _walk(Path(entry.path), root)
            elif not entry.is_dir(follow_symlinks=False):
                yield _found(Path(entry.path), root)


def _found(path: Path, root: Path) -> FoundFile:
    raw = path.relative_to(root).as_posix()
    name = printable(raw)[:LONGEST_NAME]
    try:
        check_name(raw)
        if path.name.startswith("."):
            raise Refused("hidden_file")
        check_is_file(path)
    except Refused as reason:
        return FoundFile(path, name, refusal(name, reason.code, **reason.details))
    return FoundFile(path, name)


def check_is_file(path: Path) -> os.stat_result:
    """The entry's own facts when it is a regular file; Refused for links, folders, pipes, sockets, devices."""
    try:
        facts = os.lstat(path)
    except OSError as error:
        raise Refused("unreadable") from error
    if stat.S_ISREG(facts.st_mode):
        return facts
    kinds = (
        (stat.S_ISLNK, "a link"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    raise Refused("not_a_file", what=next((what for test, what in kinds if test(facts.st_mode)), "a device"))
