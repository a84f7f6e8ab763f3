"""What generated pictures cost: seconds nobody filmed, counted once, and what the devices spent on them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from generation.contracts import FPS, FootageClip, Timeline
from generation.models import ClipOrder, Shot

Span = tuple[int, int]
"""Frames at 30 per second of a source, end exclusive."""


@dataclass(frozen=True)
class GeneratedCost:
    """Of some ads. `unique_seconds` of generated picture are shown, each moment of a shot counted once.

    `shown_seconds` counts them as often as they are shown; `shots` are the clips they come from, and
    `device_seconds` what these took to make, whether for these ads or before.
    """

    unique_seconds: float
    shown_seconds: float
    shots: int
    device_seconds: float


def generated_seconds(timelines: Iterable[Timeline]) -> GeneratedCost:
    """What of these ads' pictures models made, by the sources of their footage."""
    return cost_of_spans(spans_of(timelines))


def cost_of_spans(spans: Mapping[str, Sequence[Span]]) -> GeneratedCost:
    """`spans` by the SHA-256 of the source as uploaded; sources that no model made cost nothing."""
    made = dict(
        Shot.objects.filter(sha256__in=list(spans), state=Shot.State.DONE)
        .values_list("sha256")
        .annotate(spent=Sum("device_seconds"))
    )
    return GeneratedCost(
        unique_seconds=round(sum(covered_frames(spans[sha256]) for sha256 in made) / FPS, 4),
        shown_seconds=round(sum(end - start for sha256 in made for start, end in spans[sha256]) / FPS, 4),
        shots=len(made),
        device_seconds=round(sum(made.values()), 3),
    )


def spans_of(timelines: Iterable[Timeline]) -> dict[str, list[Span]]:
    """Which frames of which sources these timelines show."""
    found: dict[str, list[Span]] = {}
    for timeline in timelines:
        for clip in timeline.track("picture"):
            if isinstance(clip, FootageClip):
                start = clip.source_start_frame
                span = (start, start + clip.end_frame - clip.start_frame)
                found.setdefault(clip.source.sha256, []).append(span)
    return found


def covered_frames(spans: Sequence[Span]) -> int:
    """Frames that lie in at least one span. Pure."""
    total, reached = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def order_seconds(order_ids: Collection[uuid.UUID]) -> tuple[float, float]:
    """(seconds of picture, device seconds) of what these orders wish for, each shot counted once."""
    shots = Shot.objects.filter(pk__in=ClipOrder.objects.filter(pk__in=list(order_ids)).values("shot_id"))
    sums = shots.aggregate(shown=Sum("seconds"), spent=Sum("device_seconds"))
    return sums["shown"] or 0.0, sums["spent"] or 0.0
