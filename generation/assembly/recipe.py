"""Recipes: all that is kept of an ad until somebody wants its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import RetryableError
from generation.assembly.checks import check_structure
from generation.assembly.head import PieceMismatch, build_head
from generation.assembly.index import PictureIndex, SoundIndex
from generation.assembly.layout import Layout, ranges_of
from generation.assembly.virtual import DamagedSegment, Piece, VirtualFile
from generation.engines.joining import SegmentMismatch
from generation.segments.store import SegmentStore, StoredSegment

__all__ = [
    "HeadOutdated",
    "Recipe",
    "check_structure",
    "make_recipe",
    "open_pieces",
    "open_recipe",
    "pictures_of",
    "sounds_of",
]


class HeadOutdated(RetryableError):
    """A segment was made again since and came out with other bytes: the recipe has to be put together anew."""

    code = "head_outdated"


@dataclass(frozen=True)
class Recipe:
    """Keys of segments and stems, slot by slot, the finished head, and the bytes of the whole file."""

    segment_keys: tuple[str, ...]
    stem_keys: tuple[str, ...]
    head: bytes
    size_bytes: int
    layout: Layout = "interleaved"


def make_recipe(
    segments: Sequence[StoredSegment],
    stems: Sequence[StoredSegment],
    label: Mapping[str, str],
    title: str,
    layout: Layout = "interleaved",
    ahead_bytes: int = 0,
) -> Recipe:
    """The recipe of one ad; opens no file. Raises SegmentMismatch naming the segment that does not fit."""
    pieces = (*segments, *stems)
    try:
        head = build_head(pictures_of(segments), sounds_of(stems), label, title, layout, ahead_bytes)
    except PieceMismatch as error:
        raise SegmentMismatch(f"segment {pieces[error.piece].key}: {error.reason}") from error
    keys = tuple(segment.key for segment in segments), tuple(stem.key for stem in stems)
    return Recipe(*keys, head.content, head.size_bytes, layout)


def open_recipe(recipe: Recipe, store: SegmentStore) -> VirtualFile:
    """The ad as a file to read from; DamagedSegment names the first key the store lacks."""
    found = store.get_many((*recipe.segment_keys, *recipe.stem_keys))
    for key in (*recipe.segment_keys, *recipe.stem_keys):
        if key not in found:
            raise DamagedSegment(key, "is not in the store")
    segments = [found[key] for key in recipe.segment_keys]
    return open_pieces(recipe.head, segments, [found[key] for key in recipe.stem_keys], recipe.layout)


def open_pieces(
    head: bytes,
    segments: Sequence[StoredSegment],
    stems: Sequence[StoredSegment],
    layout: Layout = "interleaved",
    ahead_bytes: int = 0,
) -> VirtualFile:
    """A head (signed or not) with the samples of its segments and stems behind it.

    Raises HeadOutdated when they are not the samples its tables speak of.
    """
    pictures, sounds = pictures_of(segments), sounds_of(stems)
    tables: list[PictureIndex | SoundIndex] = [*pictures, *sounds]
    for stored, index in zip((*segments, *stems), tables, strict=True):
        if index.sizes not in head:
            raise HeadOutdated(f"segment {stored.key} was made again with other bytes since this ad was put together")
    ranges = ranges_of(pictures, sounds, layout, len(head) + ahead_bytes)
    offsets = [picture.payload_offset for picture in pictures] + [0] * len(stems)
    pieces = [
        Piece(stored.key, stored.path, stored.sha256, stored.size_bytes, offset)
        for stored, offset in zip((*segments, *stems), offsets, strict=True)
    ]
    return VirtualFile(head, pieces, ranges)


def pictures_of(segments: Sequence[StoredSegment]) -> list[PictureIndex]:
    """The tables of segments; SegmentMismatch names one that is no picture."""
    for segment in segments:
        if segment.picture is None:
            raise SegmentMismatch(f"segment {segment.key}: a stem stands where a picture is wanted")
    return [segment.picture for segment in segments if segment.picture]


def sounds_of(stems: Sequence[StoredSegment]) -> list[SoundIndex]:
    """The tables of stems; SegmentMismatch names one that is no sound."""
    for stem in stems:
        if stem.sound is None:
            raise SegmentMismatch(f"segment {stem.key}: a picture stands where a stem is wanted")
    return [stem.sound for stem in stems if stem.sound]
