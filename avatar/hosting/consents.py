"""Which consents the sound of a broadcast rests on, beside its files: they go into the signature of its recording."""

from __future__ import annotations

import json
from pathlib import Path

NAME = "consents.json"


def note_consents(folder: Path, consents: tuple[str, ...]) -> None:
    """Add `consents` to those noted before: a broadcast may begin again with another voice."""
    known = sorted({*read_consents(folder), *consents})
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f".{NAME}"
    fresh.write_text(json.dumps(known), "utf-8")
    fresh.replace(folder / NAME)


def read_consents(folder: Path) -> tuple[str, ...]:
    path = folder / NAME
    return tuple(json.loads(path.read_text("utf-8"))) if path.is_file() else ()
