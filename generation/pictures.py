"""A picture of the product, taken in like any stranger's file, and where cards find it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.storage.api import path_for, put_file
from generation.understanding.folder import check_is_file
from generation.understanding.limits import DEFAULT_LIMITS
from generation.understanding.names import check_name, printable
from generation.understanding.refusals import Refused, refusal
from generation.understanding.sandbox import ask_child
from generation.understanding.sniffing import sniff

PICTURE_MAX_BYTES = 20 * 1024**2
"""No honest photo is larger; a camera's raw file is not read here anyway."""
WANTED = "PNG, JPEG or WebP"
_WRONG_KIND = ("not_media", "points_elsewhere", "format_not_supported")
_NOT_STILL = {"moving": "a video or a moving picture", "sound": "a sound"}


def take_picture(path: Path, name: str, home: Path) -> str:
    """The picture at `path`, called `name` by its owner: upright sRGB of at most 1920 a side, in the blob store.

    Transparency stays. Returns the SHA-256 of what is stored; the file itself is opened by a bounded child only.
    Raises InputError (codes: `generation.understanding.refusals.REASONS`) for what cannot be taken,
    a RetryableError when the machine was in the way.
    """
    try:
        return _take(path, name, home)
    except Refused as reason:
        raise refusal(printable(name), reason.code, **reason.details) from reason


def _take(path: Path, name: str, home: Path) -> str:
    check_name(name)
    size = check_is_file(path).st_size
    if size > PICTURE_MAX_BYTES:
        raise Refused("too_large", size=_megabytes(size), limit=_megabytes(PICTURE_MAX_BYTES))
    demuxer = _still(path)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".picture-", dir=home) as folder:
        out = Path(folder) / "picture"
        limits = DEFAULT_LIMITS
        request = {
            "path": str(path.absolute()),
            "format": demuxer,
            "out": str(out),
            "min_side": limits.min_side,
            "max_side": limits.max_side,
            "long_side": limits.long_side,
        }
        answer = ask_child(
            "generation.understanding.picture_process",
            request,
            seconds=limits.probe_seconds,
            memory_bytes=limits.probe_memory_bytes,
        )
        return put_file(f"{out}-alpha.png" if answer["has_alpha"] else f"{out}.jpg")


def _still(path: Path) -> str:
    """Pillow's name of the still picture at `path`; all else is of the wrong kind here, whatever it is."""
    try:
        sniffed = sniff(path)
    except Refused as reason:
        if reason.code not in _WRONG_KIND:
            raise
        raise Refused("format_not_supported", what=reason.details["what"], wanted=WANTED) from reason
    if sniffed.kind in _NOT_STILL:
        raise Refused("format_not_supported", what=_NOT_STILL[sniffed.kind], wanted=WANTED)
    return sniffed.demuxer


def stored_picture(sha256: str) -> tuple[Path, str]:
    """(path, content type) of a picture that `take_picture` stored."""
    path = path_for(sha256)
    with path.open("rb") as file:
        return path, "image/png" if file.read(4) == b"\x89PNG" else "image/jpeg"


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:.1f} MB"
