"""The free-form path: a whole ad in one graph, with transitions across its slots.

A transition filter copies every frame that passes through it, so each slot is cut into
head, body and tail, and only the twelve frames of a transition see it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from generation.contracts import FPS, CardClip, FootageClip, SlotSpan, Timeline
from generation.engines import layers
from generation.engines.graph import PictureGraph, Stream, joined, on_grid
from generation.segments.specs import SegmentSpec, segment_spec
from generation.segments.store import SegmentFacts

HALF = 6
"""Frames a transition takes on either side of a border: 0.4 s in all."""
XFADE = {"fade": "fade", "slide": "slideleft"}


@dataclass(frozen=True)
class _Slot:
    """A slot with the half transitions it takes part in."""

    span: SlotSpan
    before: int
    after: int


def whole_spec(plan: Timeline, draft: bool) -> SegmentSpec:
    """The ad as one stretch."""
    return segment_spec(plan, SlotSpan("whole", "", 0, plan.frames), draft)


def render_whole(plan: Timeline, spec: SegmentSpec, out_path: Path, work_dir: Path) -> SegmentFacts:
    """Render the ad's picture with one ffmpeg process; WrongLength unless it has exactly its frames."""
    from generation.engines.compose import card_boxes, picture_graph, require_frames

    began = time.thread_time()
    graph = picture_graph(spec, work_dir)
    lanes = layers.overlay_lanes(spec)
    stream = graph.overlaid(_with_transitions(plan, spec, graph), lanes)
    cpu_seconds = graph.render(stream, plan.frames, out_path)
    require_frames(out_path, plan.frames)
    boxes = layers.text_boxes(lanes) + card_boxes(spec)
    return SegmentFacts(plan.frames, boxes, cpu_seconds + time.thread_time() - began)


def _with_transitions(plan: Timeline, spec: SegmentSpec, graph: PictureGraph) -> Stream:
    slots = _slots(plan)
    parts: list[Stream] = []
    tail: Stream | None = None
    for index, slot in enumerate(slots):
        head, body, next_tail = _cut(_slot_stream(spec, slot, graph), slot)
        if tail is not None:
            parts.append(_crossed(tail, head, XFADE[slots[index - 1].span.border]))
        if body is not None:
            parts.append(body)
        tail = next_tail
    return joined(parts)


def _slots(plan: Timeline) -> list[_Slot]:
    last = len(plan.slots) - 1
    leads = [span.border != "cut" and index < last for index, span in enumerate(plan.slots)]
    return [
        _Slot(span, HALF if index and leads[index - 1] else 0, HALF if leads[index] else 0)
        for index, span in enumerate(plan.slots)
    ]


def _slot_stream(spec: SegmentSpec, slot: _Slot, graph: PictureGraph) -> Stream:
    """The slot's pictures, with the frames its transitions take from the neighbours' time."""
    span = slot.span
    clips: list[Any] = [
        clip
        for clip in spec.track("picture")
        if isinstance(clip, FootageClip | CardClip) and span.start_frame <= clip.start_frame < span.end_frame
    ]
    streams = []
    for index, clip in enumerate(clips):
        before = slot.before if index == 0 else 0
        after = slot.after if index == len(clips) - 1 else 0
        streams.append(graph.picture(clip, layers.is_captioned(spec, clip), before, after))
    return joined(streams)


def _cut(stream: Stream, slot: _Slot) -> tuple[Stream | None, Stream | None, Stream | None]:
    """(head, body, tail); head and tail are what the transitions see."""
    total = slot.span.end_frame - slot.span.start_frame + slot.before + slot.after
    start, end = 2 * slot.before, total - 2 * slot.after
    ranges = [(0, start), (start, end), (end, total)]
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
    """Twelve frames from one slot to the next."""
    frames = 2 * HALF
    pair = [side.filter("fps", FPS) for side in (tail, head)]
    mixed = ffmpeg.filter(pair, "xfade", transition=kind, duration=f"{frames / FPS:.6f}", offset=0)
    held = on_grid(mixed).filter("tpad", stop_mode="clone", stop=frames).filter("trim", end_frame=frames)
    return on_grid(held)
