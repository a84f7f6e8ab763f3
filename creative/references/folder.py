"""A folder of references: each video with the subtitles and record that lie beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.errors import InputError

VIDEO_SUFFIXES = frozenset({".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".flv", ".ts", ".3gp"})
RECORD_SUFFIXES = (".yaml", ".yml")
MAX_FILES = 5_000


@dataclass(frozen=True)
class ReferenceFiles:
    """One reference on disk; `name` is its path inside the folder."""

    name: str
    video: Path
    subtitles: Path | None = None
    record: Path | None = None


def list_references(folder: Path) -> list[ReferenceFiles]:
    """Every video below `folder` with its .srt and .yaml, in order of name.

    A link that leads out of the folder is passed over. InputError when there is no such
    folder or it holds too many files.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise InputError(f"references: {folder}", "there is no such folder", "no-folder")
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in VIDEO_SUFFIXES and _is_inside(path, folder)
    )
    if len(found) > MAX_FILES:
        raise InputError(f"references: {folder}", f"holds more than {MAX_FILES} videos", "too-many-files")
    return [_with_companions(path, folder) for path in found]


def _is_inside(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder)


def _with_companions(video: Path, folder: Path) -> ReferenceFiles:
    records = (_beside(video, suffix, folder) for suffix in RECORD_SUFFIXES)
    return ReferenceFiles(
        name=video.relative_to(folder).as_posix(),
        video=video,
        subtitles=_beside(video, ".srt", folder),
        record=next(filter(None, records), None),
    )


def _beside(video: Path, suffix: str, folder: Path) -> Path | None:
    path = video.with_suffix(suffix)
    return path if _is_inside(path, folder) else None


def read_limited(path: Path, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a file: enough to see that it is too large."""
    with path.open("rb") as file:
        return file.read(limit + 1)
