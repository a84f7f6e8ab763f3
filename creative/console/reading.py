"""Reading what a person named on the command line."""

from __future__ import annotations

from pathlib import Path

from core.errors import InputError

LARGEST_BYTES = 1_000_000


def read_file(path: Path, what: str) -> str:
    """The text of a small file; InputError says what is wrong with it."""
    path = path.expanduser()
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(what, f"{path} is larger than {LARGEST_BYTES // 1000} kB; that is no {what}")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(what, f"there is no file {path}") from error
    except IsADirectoryError as error:
        raise InputError(what, f"{path} is a folder, not a file") from error
    except (UnicodeDecodeError, PermissionError) as error:
        raise InputError(what, f"{path} cannot be read as text: {error}") from error


def require_folder(path: Path, what: str) -> Path:
    """`path` with ~ expanded, if there is such a folder."""
    path = path.expanduser()
    if not path.is_dir():
        raise InputError(what, f"there is no folder {path}")
    return path
