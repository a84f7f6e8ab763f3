"""What a checkpoint folder held when it was whole: each file's hash, where it came from, what was agreed to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.contracts import dump, load
from core.storage.hashing import hash_file
from generation.checkpoints.weights import checkpoint_files, weight_problems

MANIFEST = "adloom.manifest"
"""JSON; named so that no loader takes it for a part of the model, nor `checkpoint_hash` for what makes its pictures."""

UNKNOWN_LICENCE = "unknown"


@dataclass(frozen=True)
class FileMark:
    """A file's SHA-256 and size in bytes."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Manifest:
    """`id` is the registered checkpoint's, "" for a folder that nobody registered; `accepted_at` ISO 8601 or ""."""

    files: Mapping[str, FileMark]
    id: str = ""
    repo: str = ""
    commit: str = ""
    licence: str = UNKNOWN_LICENCE
    accepted_at: str = ""


@dataclass(frozen=True)
class Report:
    """What verifying a folder found; `is_new` when there was no manifest and one was written now."""

    folder: Path
    manifest: Manifest
    problems: tuple[str, ...] = ()
    is_new: bool = False
    unlisted: tuple[str, ...] = field(default=())


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none that can be read."""
    try:
        return load(Manifest, json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Whole or not at all."""
    draft = folder / f".{MANIFEST}"
    draft.write_text(json.dumps(dump(manifest), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(folder / MANIFEST)


def verify_folder(folder: Path, on_file: Callable[[str], None] = lambda name: None) -> Report:
    """Every byte read: against the manifest where there is one; else a sound folder gets its first."""
    problems = [str(problem) for problem in weight_problems(folder)]
    marks = {}
    for path in checkpoint_files(folder):
        name = str(path.relative_to(folder))
        if name != MANIFEST:
            on_file(name)
            marks[name] = FileMark(hash_file(path), path.stat().st_size)
    known = read_manifest(folder)
    if known is None:
        fresh = Manifest(marks)
        if not problems:
            write_manifest(folder, fresh)
        return Report(folder, fresh, tuple(problems), is_new=not problems)
    unlisted = tuple(sorted(set(marks) - set(known.files)))
    return Report(folder, known, (*problems, *_differences(known.files, marks)), unlisted=unlisted)


def _differences(known: Mapping[str, FileMark], found: Mapping[str, FileMark]) -> list[str]:
    problems = [f"{name}: is missing" for name in known if name not in found]
    for name, mark in known.items():
        if name not in found or found[name] == mark:
            continue
        short = found[name].size_bytes != mark.size_bytes
        problems.append(
            f"{name}: has {found[name].size_bytes} bytes instead of {mark.size_bytes}"
            if short
            else f"{name}: its bytes are not those that were downloaded (SHA-256 differs)"
        )
    return problems
