"""From a stranger's file to what it shows and says."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from core.contracts import dump, load
from core.storage import hash_file
from generation.contracts import Understanding
from generation.understanding.folder import check_is_file
from generation.understanding.incoming import Incoming
from generation.understanding.limits import DEFAULT_LIMITS, IntakeLimits
from generation.understanding.moving import understand_moving
from generation.understanding.names import check_name, printable
from generation.understanding.refusals import Refused, refusal
from generation.understanding.sniffing import Sniffed, sniff
from generation.understanding.sound_only import understand_sound
from generation.understanding.speech import with_speech
from generation.understanding.still import understand_picture

Progress = Callable[[float], None]

# Part of the key under which a file's facts are kept: other measures are other facts.
MEASURES = 4
_A_DAY = 86_400


def understand_file(
    path: Path,
    name: str,
    home: Path,
    on_progress: Progress | None = None,
    limits: IntakeLimits = DEFAULT_LIMITS,
    unheard_because: str = "",
) -> Understanding:
    """Probe, normalise and measure the file at `path`, which its owner calls `name`.

    Everything made of it lies under home/materials and home/thumbnails, named by the
    SHA-256 of the upload; a content seen before costs one reading. `on_progress` hears
    0..1. `unheard_because` says why speech may not be recognised for whoever owns the file. Raises
    InputError(name, reason, code) for what cannot be taken (codes: `refusals.REASONS`), a RetryableError
    when the machine was in the way.
    """
    try:
        return _understand(path, name, home, on_progress or _ignore, limits, unheard_because)
    except Refused as reason:
        raise refusal(printable(name), reason.code, **reason.details) from reason
    except PermissionError as error:
        raise refusal(printable(name), "unreadable") from error


def _ignore(share: float) -> None:
    pass


def _understand(
    path: Path, name: str, home: Path, on_progress: Progress, limits: IntakeLimits, unheard_because: str
) -> Understanding:
    check_name(name)
    size = check_is_file(path).st_size
    if size == 0:
        raise Refused("empty")
    if size > limits.max_bytes:
        raise Refused("too_large", size=_gigabytes(size), limit=_gigabytes(limits.max_bytes))
    sniffed = sniff(path)
    sha256 = hash_file(path)
    facts = home / "materials" / f"{sha256}-{MEASURES}.json"
    kept = _kept(facts)
    if kept is None:
        kept = _look(path, sniffed, home, sha256, on_progress, limits)
        _write_whole(facts, json.dumps(dump(kept), ensure_ascii=False))
    kept = with_speech(kept, home, unheard_because)
    on_progress(1.0)
    return replace(kept, source=replace(kept.source, name=name))


def _look(
    path: Path, sniffed: Sniffed, home: Path, sha256: str, on_progress: Progress, limits: IntakeLimits
) -> Understanding:
    with _folders(home, sha256) as work:
        incoming = Incoming(path, sniffed.demuxer, sha256, home, work, limits, on_progress)
        if sniffed.kind == "picture":
            return understand_picture(incoming)
        if sniffed.kind == "sound":
            return understand_sound(incoming)
        return understand_moving(incoming)


@contextmanager
def _folders(home: Path, sha256: str) -> Iterator[Path]:
    """A work folder on the same file system as the results, gone at the end."""
    for folder in ("materials", "thumbnails"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    _sweep(home / "materials")
    work = Path(tempfile.mkdtemp(prefix=f".{sha256[:12]}-", dir=home / "materials"))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove work folders that a killed worker left behind a day or more ago."""
    for entry in folder.glob(".*-*"):
        if entry.is_dir() and time.time() - entry.stat().st_mtime > _A_DAY:
            shutil.rmtree(entry, ignore_errors=True)


def _kept(facts: Path) -> Understanding | None:
    """What is known of this content, unless a file it names is gone."""
    if not facts.is_file():
        return None
    kept = load(Understanding, json.loads(facts.read_text("utf-8")))
    files = [kept.source.path, *(shot.thumbnail_path for shot in kept.shots)]
    return kept if all(Path(file).is_file() for file in files) else None


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, "utf-8")
    os.replace(temporary, path)


def _gigabytes(size: int) -> str:
    return f"{size / 1024**3:.1f} GB"
