"""Segments and stems as orders: what to render, and the key that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.contracts import dump
from generation.contracts import Timeline

if TYPE_CHECKING:
    from generation.sound.stems import Agreed

PieceKind = Literal["picture", "sound"]


@dataclass(frozen=True)
class Piece:
    """A segment (picture) or a stem (sound) to be made; `spec` is its order as plain JSON."""

    key: str
    kind: PieceKind
    frames: int
    spec: dict[str, Any]


def picture_piece(timeline: Timeline, frames: tuple[int, int], draft: bool, versions: Mapping[str, str]) -> Piece:
    """The picture of a slot of a timeline, or of any other span: `frames` are its first and its end.

    `versions` come from `style_versions`.
    """
    from generation.segments.spans import Span
    from generation.segments.specs import segment_key, segment_spec

    spec = segment_spec(timeline, Span(*frames, ()), draft)
    return Piece(segment_key(spec, versions), "picture", spec.frames, dump(spec))


def sound_piece(timeline: Timeline, slot: int, agreed: Agreed, versions: Mapping[str, str]) -> Piece:
    """The sound of one slot of a timeline.

    `agreed` is what all ads it may be spliced with hold in common (`agreed_of`).
    """
    from generation.sound.stems import stem_key, stem_spec

    spec = stem_spec(timeline, slot, agreed=agreed)
    return Piece(stem_key(spec, versions), "sound", spec.frames, dump(spec))
