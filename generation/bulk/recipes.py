"""Recipes: heads built by the hundred, kept in one statement, looked at whole, opened for delivery."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from core.errors import RetryableError
from core.models import Advertiser
from generation.assembly.deliver import write_file
from generation.assembly.recipe import check_structure, make_recipe, open_pieces, pictures_of, sounds_of
from generation.assembly.virtual import VirtualFile
from generation.bulk.checking import loudness_checks
from generation.bulk.splices import splice_checks
from generation.contracts import FPS, Check, Provenance, RenderResult, RenderSpec, TextBox
from generation.models import Recipe
from generation.provenance.aigc import build_label
from generation.quality.check import JOINED_STEP, inspect_render
from generation.runner import cpu_seconds, work_folder
from generation.segments.installed import segment_store
from generation.segments.store import StoredSegment


@dataclass(frozen=True)
class AdPieces:
    """What an ad is put together from, and what its label says."""

    ad_id: uuid.UUID
    title: str
    producer: str
    segment_keys: tuple[str, ...]
    stem_keys: tuple[str, ...]


@dataclass(frozen=True)
class Assembled:
    """A recipe not yet booked, and what its structure is worth."""

    recipe: Recipe
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class RecipeView:
    """What reports and pages say of an ad that is no file yet; `signed_bytes` is 0 until it was signed."""

    size_bytes: int
    checks: tuple[Check, ...]
    aigc: dict[str, str]
    label_to_frame: int
    label_glyph_px: int
    signed_bytes: int
    head_bytes: int
    segments: int


class SegmentsMissing(RetryableError):
    """Segments an ad needs lie in the store no longer, or damaged; they have to be rendered again."""

    code = "segments_missing"

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"{len(keys)} segments are missing from the store, {keys[0][:12]} among them")
        self.keys = tuple(keys)

    def __reduce__(self) -> tuple[type, tuple[tuple[str, ...]]]:
        return type(self), (self.keys,)


def assemble_recipes(advertiser: Advertiser, ads: Sequence[AdPieces]) -> list[Assembled]:
    """A recipe for each ad, its structure checked. Raises SegmentsMissing naming every key that is not there."""
    stored = stored_segments({key for ad in ads for key in (*ad.segment_keys, *ad.stem_keys)})
    return [_assembled(advertiser, ad, stored) for ad in ads]


def stored_segments(keys: set[str]) -> dict[str, StoredSegment]:
    """Segments and stems by key; SegmentsMissing when any is not in the store."""
    found = segment_store().get_many(sorted(keys))
    missing = [key for key in sorted(keys) if key not in found]
    if missing:
        raise SegmentsMissing(missing)
    return found


def _assembled(advertiser: Advertiser, ad: AdPieces, stored: Mapping[str, StoredSegment]) -> Assembled:
    segments, stems = [stored[key] for key in ad.segment_keys], [stored[key] for key in ad.stem_keys]
    label = build_label(Provenance(ad.producer, str(ad.ad_id), ad.title))
    made = make_recipe(segments, stems, label, ad.title)
    row = Recipe(
        id=ad.ad_id,
        advertiser=advertiser,
        title=ad.title,
        segment_keys=list(ad.segment_keys),
        stem_keys=list(ad.stem_keys),
        head=made.head,
        size_bytes=made.size_bytes,
    )
    return Assembled(row, checks_of(made.head, made.size_bytes, segments, stems))


def put_together_anew(recipe: Recipe) -> None:
    """Tables of the segments as they lie in the store now; a signature over the old ones is void."""
    keys = tuple(recipe.segment_keys), tuple(recipe.stem_keys)
    ad = AdPieces(recipe.id, recipe.title, settings.LABEL_PRODUCER, *keys)
    [again] = assemble_recipes(recipe.advertiser, [ad])
    keep_recipes([again.recipe])


def checks_of(
    head: bytes, size_bytes: int, segments: Sequence[StoredSegment], stems: Sequence[StoredSegment]
) -> tuple[Check, ...]:
    """Structure by the tables, loudness and peak by what the stems measured."""
    structure = check_structure(head, size_bytes, pictures_of(segments), sounds_of(stems))
    return (*structure, *loudness_checks([stem.measured for stem in stems]))


_MADE = ("segment_keys", "stem_keys", "head", "size_bytes")


def keep_recipes(recipes: Sequence[Recipe]) -> None:
    """Book recipes; one that is there already (a chunk heard twice, an ad tried again) is replaced."""
    Recipe.objects.bulk_create(
        recipes,
        batch_size=250,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            "segment_keys",
            "stem_keys",
            "head",
            "size_bytes",
            "signed_head",
            "signed_size_bytes",
            "signed_at",
        ],
    )


def open_recipe(recipe: Recipe, head: bytes | None = None) -> VirtualFile:
    """The ad as a file, behind its own head or another. Raises SegmentsMissing."""
    segments, stems = _pieces_of(recipe)
    return open_pieces(bytes(recipe.head) if head is None else head, segments, stems)


def _pieces_of(recipe: Recipe) -> tuple[list[StoredSegment], list[StoredSegment]]:
    stored = stored_segments({*recipe.segment_keys, *recipe.stem_keys})
    return [stored[key] for key in recipe.segment_keys], [stored[key] for key in recipe.stem_keys]


def inspect_recipe(recipe: Recipe, spec: RenderSpec) -> RenderResult:
    """The whole ad decoded and judged like any other; it is written for that and thrown away after.

    Its segments were each looked at frame by frame when they were made: here every third frame
    is, and the sound, the label and the decoding of all, and that each packet is the one stored.
    """
    before = cpu_seconds()
    with work_folder(f"look-{recipe.id}") as work, open_recipe(recipe) as virtual:
        path = work / "ad.mp4"
        write_file(virtual, path)
        judged = inspect_render(path, spec, boxes_of(recipe), JOINED_STEP)
        spliced = splice_checks(path, *_pieces_of(recipe))
    return RenderResult(
        path="",
        sha256="",
        frames=spec.timeline.frames,
        fps=FPS,
        duration_seconds=round(spec.timeline.frames / FPS, 4),
        checks=(*judged.checks, *spliced),
        label=None,
        cpu_seconds=round(cpu_seconds() - before, 2),
        segments_made=0,
        segments_reused=len(recipe.segment_keys),
    )


def boxes_of(recipe: Recipe) -> tuple[TextBox, ...]:
    """The text of an ad, in its own frames."""
    stored = stored_segments(set(recipe.segment_keys))
    return _joined([stored[key] for key in recipe.segment_keys])


def _joined(segments: Sequence[StoredSegment], kind: str = "") -> tuple[TextBox, ...]:
    """Their boxes (of one kind, or all) in frames of the ad; what goes on in the next segment is one box."""
    boxes: dict[tuple[Any, int], TextBox] = {}
    at = 0
    for segment in segments:
        for box in segment.boxes:
            if kind and box.kind != kind:
                continue
            moved = replace(box, start_frame=box.start_frame + at, end_frame=box.end_frame + at)
            same = replace(moved, start_frame=0, end_frame=0)
            before = boxes.pop((same, moved.start_frame), None)
            boxes[same, moved.end_frame] = replace(moved, start_frame=before.start_frame) if before else moved
        at += segment.frames
    return tuple(sorted(boxes.values(), key=lambda box: box.start_frame))


def recipe_lengths(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    """Bytes of these ads as files: (unsigned, signed), the latter 0 until the first delivery."""
    rows = Recipe.objects.filter(pk__in=ids).values_list("pk", "size_bytes", "signed_size_bytes")
    return {number: (plain, signed) for number, plain, signed in rows}


def recipe_views(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, RecipeView]:
    """What a report says of these recipes; their structure is read again from what is kept."""
    recipes = Recipe.objects.filter(pk__in=ids)
    keys: set[str] = set()
    for row in recipes:
        keys |= {*row.segment_keys, *row.stem_keys}
    stored = stored_segments(keys) if keys else {}
    return {row.id: _view(row, stored) for row in recipes}


def _view(row: Recipe, stored: Mapping[str, StoredSegment]) -> RecipeView:
    label = build_label(Provenance(settings.LABEL_PRODUCER, str(row.id), row.title))
    segments, stems = [stored[key] for key in row.segment_keys], [stored[key] for key in row.stem_keys]
    checks = checks_of(bytes(row.head), row.size_bytes, segments, stems)
    shown = _joined(segments, "label")
    return RecipeView(
        size_bytes=row.size_bytes,
        checks=checks,
        aigc=label,
        label_to_frame=max((box.end_frame for box in shown), default=0),
        label_glyph_px=max((box.glyph_px for box in shown), default=0),
        signed_bytes=row.signed_size_bytes,
        head_bytes=len(row.head),
        segments=len(segments),
    )
