"""The pictures of a stretch, with the borders that lie inside it and the edges it has.

A transition filter copies every frame that passes through it, so what lies between two
borders is cut into head, body and tail, and only the twelve frames of a transition see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import ffmpeg

from generation.contracts import FPS, PAIRED, Border, CardClip, Edge, FootageClip
from generation.engines import layers
from generation.engines.edges import edged
from generation.engines.graph import PictureGraph, Stream, joined, on_grid
from generation.segments.specs import SegmentSpec

HALF = 6
"""Frames a transition takes on either side of a border: 0.4 s in all."""
XFADE = {"fade": "fade", "slide": "slideleft"}


@dataclass(frozen=True)
class _Part:
    """Frames `first` to `last` of a stretch, between two borders."""

    first: int
    last: int
    entry: Border
    leave: Border

    @property
    def before(self) -> int:
        """Frames it shows early, in the transition into it."""
        return HALF if self.entry in PAIRED else 0

    @property
    def after(self) -> int:
        return HALF if self.leave in PAIRED else 0

    @property
    def frames(self) -> int:
        return self.last - self.first + self.before + self.after


def pictures_of(spec: SegmentSpec, graph: PictureGraph) -> Stream:
    """All pictures of a stretch as one stream of its frames, without what lies over them."""
    parts: list[Stream] = []
    tail: Stream | None = None
    for part in _parts(spec):
        head, body, next_tail = _cut(_part_stream(spec, part, graph), part)
        if tail is not None and head is not None:
            parts.append(_crossed(tail, head, XFADE[part.entry]))
        if body is not None:
            parts.append(body)
        tail = next_tail
    return joined(parts)


def _parts(spec: SegmentSpec) -> list[_Part]:
    frames = [0, *(border.at_frame for border in spec.borders), spec.frames]
    kinds: list[Border] = [spec.entry_edge, *(border.kind for border in spec.borders), spec.exit_edge]
    return [_Part(frames[at], frames[at + 1], kinds[at], kinds[at + 1]) for at in range(len(frames) - 1)]


def _part_stream(spec: SegmentSpec, part: _Part, graph: PictureGraph) -> Stream:
    """A part's pictures, with the frames its transitions take from the neighbours' time."""
    shown = [
        (clip, range(max(part.first, clip.start_frame), min(part.last, clip.end_frame)))
        for clip in spec.track("picture")
        if isinstance(clip, FootageClip | CardClip)
    ]
    shown = [(clip, frames) for clip, frames in shown if frames]
    entry = _edge(part.entry)
    streams = []
    for index, (clip, frames) in enumerate(shown):
        own = range(frames.start - clip.start_frame, frames.stop - clip.start_frame)
        before = part.before if index == 0 else 0
        after = part.after if index == len(shown) - 1 else 0
        has_entry = index == 0 and entry != "cut"
        streams.append(graph.picture(clip, layers.is_captioned(spec, clip), own, before, after, has_entry))
    return edged(graph, joined(streams), entry, _edge(part.leave), part.frames)


def _edge(border: Border) -> Edge:
    return "cut" if border in PAIRED else cast(Edge, border)


def _cut(stream: Stream, part: _Part) -> tuple[Stream | None, Stream | None, Stream | None]:
    """(head, body, tail); head and tail are what the transitions see."""
    start, end = 2 * part.before, part.frames - 2 * part.after
    ranges = [(0, start), (start, end), (end, part.frames)]
    wanted = [(first, last) for first, last in ranges if last > first]
    if len(wanted) == 1:
        return None, stream, None
    copies = stream.filter_multi_output("split", len(wanted))
    made = {
        span: on_grid(copies[index].filter("trim", start_frame=span[0], end_frame=span[1]))
        for index, span in enumerate(wanted)
    }
    head, body, tail = (made.get(span) if span[1] > span[0] else None for span in ranges)
    return head, body, tail


def _crossed(tail: Stream, head: Stream, kind: str) -> Stream:
    """Twelve frames from one part to the next."""
    frames = 2 * HALF
    pair = [side.filter("fps", FPS) for side in (tail, head)]
    mixed = ffmpeg.filter(pair, "xfade", transition=kind, duration=f"{frames / FPS:.6f}", offset=0)
    held = on_grid(mixed).filter("tpad", stop_mode="clone", stop=frames).filter("trim", end_frame=frames)
    return on_grid(held)
