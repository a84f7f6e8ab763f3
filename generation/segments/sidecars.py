"""What is kept beside a segment or a stem: where it came from, its hash, and the tables an ad needs of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core.contracts import dump, load
from generation.assembly.index import PictureIndex, SoundIndex, picture_from_json, sound_from_json, to_json
from generation.contracts import TextBox

FORMAT = 2
"""Raised when a sidecar or the file beside it changes form: what has another one counts as absent."""

Kind = Literal["picture", "sound"]
SUFFIXES: dict[Kind, str] = {"picture": ".mp4", "sound": ".aac"}


@dataclass(frozen=True)
class StemFacts:
    """What a stem's maker says of it: its packets, and what it measured as plain JSON (loudness, peak)."""

    index: SoundIndex
    measured: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SegmentFacts:
    """What a render says about the file it made. With `sound` the file is a stem, raw AAC packets back to back."""

    frames: int
    boxes: tuple[TextBox, ...]
    cpu_seconds: float
    sound: StemFacts | None = None


@dataclass(frozen=True)
class StoredSegment:
    """A segment or stem on disk. `boxes` are relative to its first frame.

    Exactly one of `picture` and `sound` says how its samples lie; `measured` is what the
    maker of a stem measured.
    """

    key: str
    path: Path
    frames: int
    size_bytes: int
    sha256: str
    boxes: tuple[TextBox, ...]
    cpu_seconds: float
    picture: PictureIndex | None = None
    sound: SoundIndex | None = None
    measured: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return "picture" if self.picture else "sound"


def write_sidecar(stored: StoredSegment) -> str:
    """A stored segment as the text of its sidecar."""
    index = stored.picture or stored.sound
    assert index is not None
    sidecar = {
        "format": FORMAT,
        "kind": stored.kind,
        "frames": stored.frames,
        "bytes": stored.size_bytes,
        "sha256": stored.sha256,
        "boxes": [dump(box) for box in stored.boxes],
        "cpu_seconds": round(stored.cpu_seconds, 4),
        "index": to_json(index),
        "measured": dict(stored.measured),
    }
    return json.dumps(sidecar, ensure_ascii=False)


def read_sidecar(key: str, text: str, folder: Path) -> StoredSegment | None:
    """Back from `write_sidecar`; None for text of another form or cut short. The file lies in `folder`."""
    try:
        facts = json.loads(text)
        kind: Kind = facts["kind"]
        return StoredSegment(
            key=key,
            path=folder / f"{key}{SUFFIXES[kind]}",
            frames=facts["frames"],
            size_bytes=facts["bytes"],
            sha256=facts["sha256"],
            boxes=tuple(load(TextBox, box) for box in facts["boxes"]),
            cpu_seconds=facts["cpu_seconds"],
            picture=picture_from_json(facts["index"]) if kind == "picture" else None,
            sound=sound_from_json(facts["index"]) if kind == "sound" else None,
            measured=facts["measured"],
        )
    except (ValueError, KeyError, TypeError):
        return None
