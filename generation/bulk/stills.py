"""Pictures of bulk ads, taken from their segments: an ad need not be put together to be seen."""

from __future__ import annotations

import threading
import uuid
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from django.conf import settings

from generation.bulk.recipes import stored_segments
from generation.contracts import FPS
from generation.models import Recipe
from generation.stills import grid, save_still

_drawing = threading.Lock()
"""A page asks for dozens of posters at once, many of them the same: one is drawn at a time, and once."""

AT_SHARE = 0.6
"""By then a segment's caption stands and what moves in has arrived."""


def recipe_segments(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    """Keys of the segments of these recipes, in order of their slots."""
    rows = Recipe.objects.filter(pk__in=ids).values_list("pk", "segment_keys")
    return {number: tuple(keys) for number, keys in rows}


def segment_still(key: str) -> Path:
    """A JPEG of a segment, taken once; ads that share the segment share it. Raises SegmentsMissing."""
    target: Path = settings.ADLOOM_HOME / "posters" / f"segment-{key}.jpg"
    if target.is_file():
        return target
    with _drawing:
        if not target.is_file():
            stored = stored_segments({key})[key]
            fresh = target.with_name(f".{uuid.uuid4().hex}.jpg")
            save_still(stored.path, fresh, stored.frames / FPS * AT_SHARE)
            fresh.replace(target)
    return target


def recipe_sheet(ids: Sequence[uuid.UUID], target: Path) -> Path:
    """A contact sheet: one row an ad, one picture a slot, as a JPEG. Raises SegmentsMissing."""
    rows = Recipe.objects.filter(pk__in=ids).values_list("pk", "segment_keys", "stem_keys")
    keys = {number: _slot_keys(pictures, sounds) for number, pictures, sounds in rows}
    return grid([[segment_still(key) for key in keys[number]] for number in ids if number in keys], target)


def _slot_keys(pictures: Sequence[str], sounds: Sequence[str]) -> list[str]:
    """The segment that shows the middle of each slot: a pair or an opening is no slot by itself."""
    if len(pictures) == len(sounds):
        return list(pictures)
    stored = stored_segments({*pictures, *sounds})
    ends = list(accumulate(stored[key].frames for key in pictures))
    starts = accumulate((stored[key].frames for key in sounds), initial=0)
    middles = [start + stored[key].frames // 2 for start, key in zip(starts, sounds, strict=False)]
    return [pictures[bisect_right(ends, middle)] for middle in middles]
