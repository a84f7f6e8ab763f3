"""Openings of one segment rendered together: sources decoded and drawn once, encoded once for each headline."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from generation.contracts import TextBox
from generation.drawing.overlays import Lane
from generation.engines import layers
from generation.engines.compose import card_boxes, picture_graph, render_folder, require_frames
from generation.engines.free_form import pictures_of
from generation.segments.openings import without_headline
from generation.segments.specs import SegmentSpec
from generation.segments.store import SegmentFacts

RAW = "base.yuv"
MOST_AT_ONCE = 2
"""Encoders of one process: each keeps about 220 MB at 1080 x 1920, and a worker has 700."""


def render_openings(heads: Sequence[SegmentSpec], out_paths: Sequence[Path], work_dir: Path) -> list[SegmentFacts]:
    """Render heads of `change_opening` to `out_paths`, each the same frames as if rendered by itself.

    CPU seconds are shared out evenly. Raises ValueError for heads that differ in more than
    their headline, InputError for a headline that does not fit, WrongLength as any render.
    """
    base = without_headline(heads[0])
    if any(without_headline(head) != base for head in heads):
        raise ValueError("the heads differ in more than their headline")
    began = time.thread_time()
    headlines = [tuple(lane for lane in [layers.headline_lane_of(head)] if lane) for head in heads]
    with render_folder(work_dir) as folder:
        boxes, cpu_seconds = _draw_base(base, folder)
        for at in range(0, len(heads), MOST_AT_ONCE):
            together = slice(at, at + MOST_AT_ONCE)
            cpu_seconds += _encode(base, headlines[together], out_paths[together], folder)
    for path in out_paths:
        require_frames(path, base.frames)
    each = (cpu_seconds + time.thread_time() - began) / len(heads)
    return [SegmentFacts(base.frames, boxes + layers.text_boxes(lane), each) for lane in headlines]


def _draw_base(base: SegmentSpec, folder: Path) -> tuple[tuple[TextBox, ...], float]:
    """What the heads have in common, as raw frames; (its text, CPU seconds)."""
    graph = picture_graph(base, folder)
    lanes = layers.overlay_lanes(base)
    cpu_seconds = graph.draw(graph.overlaid(pictures_of(base, graph), lanes), base.frames, folder / RAW)
    return layers.text_boxes(lanes) + card_boxes(base), cpu_seconds


def _encode(base: SegmentSpec, headlines: Sequence[tuple[Lane, ...]], out_paths: Sequence[Path], folder: Path) -> float:
    graph = picture_graph(base, folder)
    copies = graph.drawn(folder / RAW).filter_multi_output("split", len(headlines))
    streams = [graph.overlaid(copies[at], lanes) for at, lanes in enumerate(headlines)]
    return graph.render_all(streams, base.frames, out_paths)
