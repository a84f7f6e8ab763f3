"""What a segment shows, cut out of a timeline, and the key that names it by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from core.contracts import dump
from generation.contracts import (
    PAIRED,
    AnyClip,
    Border,
    Brand,
    Canvas,
    Edge,
    SafeArea,
    Timeline,
    Track,
    TrackName,
)
from generation.engines.framing import is_moving

DRAWN: tuple[TrackName, ...] = ("picture", "caption", "sticker", "label")


@dataclass(frozen=True)
class InnerBorder:
    """A border inside a stretch that is more than a cut: the frame it lies before, and its kind."""

    at_frame: int
    kind: Border


@dataclass(frozen=True)
class SegmentSpec:
    """A stretch of `frames` frames. Clips are placed relative to its first frame.

    A clip may begin before 0 or end after `frames`, so that its animation goes on where the
    segment before left it; footage that stands still in its frame is trimmed instead, so that
    equal pixels have equal specs. Cards and captions outside of 0..frames are not shown: they
    are there when a shown one is laid out with regard to them.
    """

    canvas: Canvas
    safe_area: SafeArea
    brand: Brand
    language: str
    frames: int
    tracks: tuple[Track, ...]
    draft: bool = False
    entry_edge: Edge = "cut"
    exit_edge: Edge = "cut"
    borders: tuple[InnerBorder, ...] = ()

    def track(self, name: TrackName) -> tuple[AnyClip, ...]:
        return next((track.clips for track in self.tracks if track.name == name), ())


class Stretch(Protocol):
    """A slot, or any other span of a timeline."""

    @property
    def start_frame(self) -> int: ...

    @property
    def end_frame(self) -> int: ...


def segment_specs(timeline: Timeline, draft: bool = False) -> tuple[SegmentSpec, ...]:
    """One spec per slot, in order."""
    return tuple(segment_spec(timeline, slot, draft) for slot in timeline.slots)


def segment_spec(timeline: Timeline, stretch: Stretch, draft: bool = False) -> SegmentSpec:
    """A stretch of a timeline: a slot, a span of `cut_spans`, or all of it."""
    first, last = stretch.start_frame, stretch.end_frame
    touched = [slot for slot in timeline.slots if slot.start_frame < last and slot.end_frame > first]
    around = (min(slot.start_frame for slot in touched), max(slot.end_frame for slot in touched))
    return _cut(whole_spec(timeline, draft), first, last, around)


def whole_spec(timeline: Timeline, draft: bool = False) -> SegmentSpec:
    """The ad as one stretch."""
    borders = tuple(InnerBorder(slot.end_frame, slot.border) for slot in timeline.slots[:-1] if slot.border != "cut")
    tracks = tuple(Track(name, clips) for name in DRAWN if (clips := timeline.track(name)))
    return SegmentSpec(
        timeline.canvas,
        timeline.safe_area,
        timeline.brand,
        timeline.language,
        timeline.frames,
        tracks,
        draft,
        borders=borders,
    )


def cut_spec(spec: SegmentSpec, first: int, last: int) -> SegmentSpec:
    """Frames `first` to `last` (exclusive) of a stretch as a stretch of its own."""
    return _cut(spec, first, last, (0, spec.frames))


def _cut(spec: SegmentSpec, first: int, last: int, around: tuple[int, int]) -> SegmentSpec:
    """`around` bounds what the layout of the stretch may have regard to."""
    beside = _laid_out_with(spec, first, last, around)
    lanes = {name: (*_clips_within(spec.track(name), name, first, last), *beside.get(name, ())) for name in DRAWN}
    tracks = tuple(
        Track(name, tuple(sorted(clips, key=lambda clip: clip.start_frame))) for name, clips in lanes.items() if clips
    )
    return replace(
        spec,
        frames=last - first,
        tracks=tracks,
        entry_edge=spec.entry_edge if first == 0 else _edge_at(spec, first),
        exit_edge=spec.exit_edge if last == spec.frames else _edge_at(spec, last),
        borders=tuple(InnerBorder(b.at_frame - first, b.kind) for b in spec.borders if first < b.at_frame < last),
    )


def _edge_at(spec: SegmentSpec, frame: int) -> Edge:
    kind = next((border.kind for border in spec.borders if border.at_frame == frame), "cut")
    return "cut" if kind in PAIRED else cast(Edge, kind)


def _clips_within(clips: tuple[AnyClip, ...], name: TrackName, first: int, last: int) -> tuple[AnyClip, ...]:
    inside = [clip for clip in clips if _overlaps(clip, first, last)]
    if name == "picture":
        return tuple(_trimmed(clip, first, last) if _stands(clip) else _shifted(clip, -first) for clip in inside)
    return tuple(_shifted(clip, -first) for clip in inside)


def _overlaps(clip: AnyClip, first: int, last: int) -> bool:
    return clip.start_frame < last and clip.end_frame > first


def _stands(clip: AnyClip) -> bool:
    """Whether a clip's frames are the same wherever it is cut: footage under a crop or fill that does not move."""
    return clip.kind == "footage" and clip.source.kind == "video" and not is_moving(clip.framing)


def _laid_out_with(
    spec: SegmentSpec, first: int, last: int, around: tuple[int, int]
) -> dict[TrackName, tuple[AnyClip, ...]]:
    """What does not show, but what shows leaves room for: captions over shown cards, cards under shown captions."""
    near = {name: [c for c in spec.track(name) if _overlaps(c, *around)] for name in ("picture", "caption")}
    shown = {name: [c for c in clips if _overlaps(c, first, last)] for name, clips in near.items()}
    cards = [clip for clip in shown["picture"] if clip.kind == "card"]
    captions = [
        clip
        for clip in near["caption"]
        if clip not in shown["caption"] and any(_overlaps(clip, card.start_frame, card.end_frame) for card in cards)
    ]
    under = [
        clip
        for clip in near["picture"]
        if clip.kind == "card"
        and clip not in cards
        and any(_overlaps(clip, each.start_frame, each.end_frame) for each in shown["caption"])
    ]
    return {
        "caption": tuple(_shifted(clip, -first) for clip in captions),
        "picture": tuple(_shifted(clip, -first) for clip in under),
    }


def _trimmed(clip: AnyClip, first: int, last: int) -> AnyClip:
    start, end = max(clip.start_frame, first), min(clip.end_frame, last)
    cut: dict[str, Any] = {"start_frame": start - first, "end_frame": end - first}
    if clip.kind == "footage":
        cut["source_start_frame"] = clip.source_start_frame + start - clip.start_frame
    return replace(clip, **cut)


def _shifted(clip: AnyClip, by: int) -> AnyClip:
    moved = replace(clip, start_frame=clip.start_frame + by, end_frame=clip.end_frame + by)
    if moved.kind == "caption":
        words = tuple(replace(w, start_frame=w.start_frame + by, end_frame=w.end_frame + by) for w in moved.words)
        return replace(moved, words=words)
    return moved


def segment_key(spec: SegmentSpec, versions: Mapping[str, str]) -> str:
    """SHA-256 of the canonical JSON of everything the picture depends on.

    `versions` names styles, fonts and the encoder's build and options. Sources count by
    content, not by where they lie or what they are called.
    """
    payload = {"spec": _without_places(_without_cuts(dump(spec))), "versions": _versions_of(spec, versions)}
    picture = spec.brand.picture_path
    payload["spec"]["brand"]["picture_path"] = ""
    if picture and any(clip.kind == "card" for clip in spec.track("picture")):
        payload["brand_picture"] = file_sha256(Path(picture))
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _without_cuts(dumped: dict[str, Any]) -> dict[str, Any]:
    """A stretch between plain cuts says nothing of borders, so that its key is what it was before there were others."""
    plain = {"entry_edge": "cut", "exit_edge": "cut", "borders": []}
    return {name: value for name, value in dumped.items() if name not in plain or value != plain[name]}


def _versions_of(spec: SegmentSpec, versions: Mapping[str, str]) -> dict[str, str]:
    """Without the styles of edges and headlines where the stretch has none."""
    has_edges = bool(spec.borders) or (spec.entry_edge, spec.exit_edge) != ("cut", "cut")
    has_headline = any(clip.kind == "headline" for clip in spec.track("sticker"))
    unused = {name for name, is_used in (("edges", has_edges), ("headline", has_headline)) if not is_used}
    return {name: version for name, version in versions.items() if name not in unused}


def _without_places(value: Any) -> Any:
    """The dump with path and name of every source left out."""
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _without_places(item) for key, item in value.items()}
    if "sha256" in kept:
        kept.pop("path", None)
        kept.pop("name", None)
    return kept


def file_sha256(path: Path) -> str:
    """SHA-256 of a file; read again only when its size or time changes."""
    stat = path.stat()
    return _sha256_of(str(path), stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=4096)
def _sha256_of(path: str, size: int, changed_ns: int) -> str:
    del size, changed_ns
    with open(path, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
