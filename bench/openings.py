"""Rows E1 and E2: what transitions drawn into edges cost a segment, and what another opening costs.

Beside the rows of the targets; known figures of E2 are those of one process for each opening.
"""

from __future__ import annotations

import statistics
from dataclasses import replace
from pathlib import Path
from typing import get_args

from bench.compose import SLOT_FRAMES, bench_ad, make_sound
from bench.footage import make_footage
from bench.run import Figure, Row, cpu_seconds
from generation.contracts import PORTRAIT, Canvas, Edge
from generation.engines.compose import render_segment
from generation.engines.openings import render_openings
from generation.segments.openings import change_opening
from generation.segments.specs import SegmentSpec, segment_specs

ROUNDS = 5
HEADLINES = ("别再排队二十分钟了", "39.9 元一箱，第二件半价", "三秒一杯", "早八人的续命水", "冰着喝更香", "今晚就下单")
MOST_SHARE = 1.05
OPENING_SECONDS = {16: 0.58, 48: 1.7}
"""CPU seconds of an opening as an ffmpeg process of its own; that of 48 frames from 2.1 s for 60."""


def edge_share(small: bool, folder: Path) -> Figure:
    """E1: CPU of a segment with an entry and an exit of each kind / without; the worst kind on the worse material."""
    behind: dict[str, float] = {}
    for kind in ("plain",) if small else ("plain", "noisy"):
        spec = _segment(kind, small, folder)
        behind |= {f"{kind} {edge}": share for edge, share in _shares(spec, 1 if small else ROUNDS, folder).items()}
    worst = max(behind.values())
    return Figure(worst, "x without", worst <= MOST_SHARE, behind)


def _shares(spec: SegmentSpec, rounds: int, folder: Path) -> dict[str, float]:
    """In turn, after a first render that loads fonts and draws what is kept."""
    _spent(spec, folder)
    turns: list[dict[str, float]] = [
        {edge: _spent(replace(spec, entry_edge=edge, exit_edge=edge), folder) for edge in get_args(Edge)}
        for _ in range(rounds)
    ]
    edges = [edge for edge in get_args(Edge) if edge != "cut"]
    return {edge: round(statistics.median(turn[edge] / turn["cut"] for turn in turns), 3) for edge in edges}


def _spent(spec: SegmentSpec, folder: Path) -> float:
    began = cpu_seconds()
    render_segment(spec, folder / "segment.mp4", folder / "work")
    return cpu_seconds() - began


def _segment(kind: str, small: bool, folder: Path) -> SegmentSpec:
    """One slot of footage with caption and label, without a sticker."""
    frames = 64 if small else SLOT_FRAMES
    canvas = Canvas(270, 480) if small else PORTRAIT
    sources = make_footage(folder, kind, 1, frames / 30 + 0.8, 4 if small else 1)
    plan = bench_ad(sources, make_sound(folder / "voice.wav", 1.0), frames, canvas, "cut")
    kept = tuple(track for track in plan.tracks if track.name != "sticker")
    return segment_specs(replace(plan, tracks=kept))[0]


def opening_seconds(small: bool, folder: Path) -> Figure:
    """E2: CPU seconds of an opening of 16 frames, six at a time; of 48 frames and alone behind it."""
    spec = _segment("plain", small, folder)
    behind: dict[str, float] = {}
    for frames in OPENING_SECONDS:
        heads = change_opening(spec, HEADLINES, frames).heads
        paths = [folder / f"head-{at}.mp4" for at in range(len(heads))]
        for name, count in (("alone", 1), ("together", len(heads))):
            spent = []
            for _ in range(1 if small else ROUNDS):
                began = cpu_seconds()
                render_openings(heads[:count], paths[:count], folder / "work")
                spent.append((cpu_seconds() - began) / count)
            behind[f"{frames} frames {name}"] = round(statistics.median(spent), 3)
    is_reached = all(behind[f"{frames} frames together"] <= limit for frames, limit in OPENING_SECONDS.items())
    return Figure(behind["16 frames together"], "CPU s", is_reached, behind)


ROWS = [
    Row("E1", "segment with transitions in its edges, CPU / without", "-", "<= 1.05", edge_share),
    Row("E2", "another opening of 16 frames, CPU seconds", "0.58; 48 frames 1.7", "<= 0.58", opening_seconds),
]
