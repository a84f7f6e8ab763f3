"""Whether the files of a checkpoint are what they say: no pickles, no code, no safetensors cut short. Loads nothing.

One rule for what is downloaded, what is verified and what is loaded.
"""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PICKLE_SUFFIXES = frozenset({".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".dill", ".npy", ".npz"})
CODE_SUFFIXES = frozenset({".py", ".pyc", ".so", ".dylib", ".dll"})
_PICKLE_STARTS = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))
LARGEST_HEADER = 100_000_000
"""Bytes; the safetensors format allows no more."""


class FileProblem(NamedTuple):
    """What speaks against one file; as text, a sentence that begins with its name."""

    name: str
    """Inside the folder, with slashes."""
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def checkpoint_files(folder: Path) -> Iterator[Path]:
    """Every file that belongs to the checkpoint: hidden ones and half downloads do not."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix != ".part":
            yield path


def weight_problems(folder: Path) -> list[FileProblem]:
    """What speaks against loading these files; empty when nothing does."""
    found = ((path.relative_to(folder).as_posix(), _file_problem(path)) for path in checkpoint_files(folder))
    return [FileProblem(name, reason) for name, reason in found if reason]


def _file_problem(path: Path) -> str:
    if path.suffix.lower() in CODE_SUFFIXES:
        return "is code; a checkpoint is weights and settings only"
    if is_pickle(path):
        return "is a pickle, which runs code when it is read; convert it to safetensors"
    return safetensors_problem(path) if path.suffix == ".safetensors" else ""


def is_pickle(path: Path) -> bool:
    """By name where the name says it; else by content, since raw numbers are called .bin too."""
    if path.suffix.lower() in PICKLE_SUFFIXES:
        return True
    if path.suffix.lower() != ".bin":
        return False
    with path.open("rb") as file:
        start = file.read(2)
    if start in _PICKLE_STARTS:
        return True
    return zipfile.is_zipfile(path) and _holds_pickle(path)


def _holds_pickle(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith(".pkl") for name in archive.namelist())


def safetensors_problem(path: Path) -> str:
    """Why the file is no whole safetensors file; "" when it is one.

    The format: eight bytes with the length of a JSON header, the header with each tensor's
    offsets, then exactly the bytes that the offsets name.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        if len(head) < 8:
            return "is cut short: not even the length of its header is there"
        (length,) = struct.unpack("<Q", head)
        if length > LARGEST_HEADER:
            return "is no safetensors file: its header would be longer than the format allows"
        if length > size - 8:
            return f"is cut short inside its header: {size} bytes of at least {length + 8}"
        ends = _tensor_ends(file.read(length))
    if ends is None:
        return "is damaged: its header cannot be read"
    wanted = 8 + length + max(ends, default=0)
    if size < wanted:
        return f"is cut short: {size} bytes of {wanted}"
    return f"is damaged: {size} bytes where its header names {wanted}" if size > wanted else ""


def _tensor_ends(header: bytes) -> list[int] | None:
    try:
        entries = json.loads(header)
        return [int(entry["data_offsets"][1]) for name, entry in entries.items() if name != "__metadata__"]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None
