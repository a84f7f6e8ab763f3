"""What a segment shows, cut out of a timeline, and the key that names it by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.contracts import dump
from generation.contracts import AnyClip, Brand, Canvas, SafeArea, SlotSpan, Timeline, Track, TrackName

DRAWN: tuple[TrackName, ...] = ("picture", "caption", "sticker", "label")


@dataclass(frozen=True)
class SegmentSpec:
    """A stretch of `frames` frames. Clips are placed relative to its first frame.

    Picture clips lie inside 0..frames; an overlay clip may begin before 0 or end after
    `frames`, so that its animation goes on where the segment before left it.
    """

    canvas: Canvas
    safe_area: SafeArea
    brand: Brand
    language: str
    frames: int
    tracks: tuple[Track, ...]
    draft: bool = False

    def track(self, name: TrackName) -> tuple[AnyClip, ...]:
        return next((track.clips for track in self.tracks if track.name == name), ())


def segment_specs(timeline: Timeline, draft: bool = False) -> tuple[SegmentSpec, ...]:
    """One spec per slot, in order."""
    return tuple(segment_spec(timeline, slot, draft) for slot in timeline.slots)


def segment_spec(timeline: Timeline, slot: SlotSpan, draft: bool = False) -> SegmentSpec:
    """The stretch of one slot."""
    tracks = tuple(Track(name, clips) for name in DRAWN if (clips := _clips_within(timeline.track(name), name, slot)))
    frames = slot.end_frame - slot.start_frame
    return SegmentSpec(timeline.canvas, timeline.safe_area, timeline.brand, timeline.language, frames, tracks, draft)


def _clips_within(clips: tuple[AnyClip, ...], name: TrackName, slot: SlotSpan) -> tuple[AnyClip, ...]:
    inside = [c for c in clips if c.start_frame < slot.end_frame and c.end_frame > slot.start_frame]
    if name == "picture":
        return tuple(_trimmed(clip, slot) for clip in inside)
    return tuple(_shifted(clip, -slot.start_frame) for clip in inside)


def _trimmed(clip: AnyClip, slot: SlotSpan) -> AnyClip:
    start, end = max(clip.start_frame, slot.start_frame), min(clip.end_frame, slot.end_frame)
    cut: dict[str, Any] = {"start_frame": start - slot.start_frame, "end_frame": end - slot.start_frame}
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
    payload = {"spec": _without_places(dump(spec)), "versions": dict(versions)}
    picture = spec.brand.picture_path
    payload["spec"]["brand"]["picture_path"] = ""
    if picture and any(clip.kind == "card" for clip in spec.track("picture")):
        payload["brand_picture"] = file_sha256(Path(picture))
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
