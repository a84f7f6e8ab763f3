"""Another opening for a segment: its first frames with another headline, the rest as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.errors import InputError
from generation.contracts import OPENING_FRAMES, CardClip, HeadlineClip, Track
from generation.drawing import fonts
from generation.segments.specs import SegmentSpec, cut_spec


@dataclass(frozen=True)
class Openings:
    """The heads of a segment, one for each headline, and the rest that follows any of them: segments of their own."""

    heads: tuple[SegmentSpec, ...]
    rest: SegmentSpec


def change_opening(spec: SegmentSpec, headlines: Sequence[str], frames: int) -> Openings:
    """Cut a segment after `frames` (16, 32 or 48) and lay each of `headlines` over its head.

    Raises InputError for another length, for a segment no longer than its head, for one that
    opens with a card (it has its own words), and for text that is empty or that the fonts cannot write.
    """
    if frames not in OPENING_FRAMES or frames >= spec.frames:
        raise InputError("opening", f"cannot be {frames} frames of {spec.frames}: it is 16, 32 or 48, and shorter")
    head = cut_spec(spec, 0, frames)
    if any(isinstance(clip, CardClip) and clip.start_frame < frames for clip in head.track("picture")):
        raise InputError("opening", "is a card, which has words of its own; give another clip to the slot")
    for text in headlines:
        if not text.strip():
            raise InputError("headline", "is empty")
        fonts.require_glyphs(f"headline “{text}”", text)
    return Openings(tuple(_headed(head, text.strip()) for text in headlines), cut_spec(spec, frames, spec.frames))


def _headed(head: SegmentSpec, text: str) -> SegmentSpec:
    """The head with a headline for all its frames, instead of one that was there."""
    kept = without_headline(head)
    clips = (HeadlineClip(0, head.frames, text), *kept.track("sticker"))
    ordered = tuple(sorted(clips, key=lambda clip: clip.start_frame))
    tracks = [track for track in kept.tracks if track.name != "sticker"]
    return replace(kept, tracks=(*tracks, Track("sticker", ordered)))


def without_headline(spec: SegmentSpec) -> SegmentSpec:
    """The stretch without its headline: what openings of one segment have in common."""
    tracks = [
        Track(track.name, tuple(clip for clip in track.clips if not isinstance(clip, HeadlineClip)))
        for track in spec.tracks
    ]
    return replace(spec, tracks=tuple(track for track in tracks if track.clips))
