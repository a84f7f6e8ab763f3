"""What the segments of a batch cost, and what was there already."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from generation.models import Recipe, RenderAttempt, Segment


@dataclass(frozen=True)
class GroupCost:
    """Segments and stems of a batch, made since it was ordered or there before. Frames at 30 fps."""

    segments_made: int
    segments_reused: int
    stems_made: int
    stems_reused: int
    unique_frames: int
    segment_cpu_seconds: float
    stem_cpu_seconds: float
    check_cpu_seconds: float
    bytes_on_disk: int
    recipe_bytes: int
    cpu_seconds_per_frame: float


RecipeIds = Sequence[uuid.UUID] | QuerySet[Any, Any]
"""Ids of recipes, or a query that finds them: a batch may have 100,000."""


def group_cost(group: uuid.UUID, since: dt.datetime, recipe_ids: RecipeIds = ()) -> GroupCost:
    """Everything a batch uses, split into what it had made (since `since`) and what lay there."""
    keys = Segment.objects.filter(wishes__order__group=group).values("key").distinct()
    rows = Segment.objects.filter(key__in=keys)
    made, old = rows.filter(ended_at__gte=since), rows.exclude(ended_at__gte=since)
    return GroupCost(
        segments_made=made.filter(kind="picture").count(),
        segments_reused=old.filter(kind="picture").count(),
        stems_made=made.filter(kind="sound").count(),
        stems_reused=old.filter(kind="sound").count(),
        unique_frames=rows.filter(kind="picture").aggregate(all=Sum("frames"))["all"] or 0,
        segment_cpu_seconds=made.filter(kind="picture").aggregate(all=Sum("cpu_seconds"))["all"] or 0.0,
        stem_cpu_seconds=made.filter(kind="sound").aggregate(all=Sum("cpu_seconds"))["all"] or 0.0,
        check_cpu_seconds=made.aggregate(all=Sum("check_cpu_seconds"))["all"] or 0.0,
        bytes_on_disk=rows.aggregate(all=Sum("size_bytes"))["all"] or 0,
        recipe_bytes=_recipe_bytes(recipe_ids),
        cpu_seconds_per_frame=_per_frame(rows),
    )


def _per_frame(rows: QuerySet[Segment]) -> float:
    """What a frame of these segments cost when it was rendered and checked, its sound included."""
    spent = {
        row["kind"]: ((row["render"] or 0.0) + (row["look"] or 0.0)) / row["frames"]
        for row in rows.values("kind")
        .annotate(render=Sum("cpu_seconds"), look=Sum("check_cpu_seconds"), frames=Sum("frames"))
        .order_by()
    }
    return float(sum(spent.values()))


def recipe_sizes(ids: RecipeIds) -> int:
    """Bytes of these ads as files, unsigned."""
    return Recipe.objects.filter(pk__in=ids).aggregate(all=Sum("size_bytes"))["all"] or 0


def _recipe_bytes(ids: RecipeIds) -> int:
    return Recipe.objects.filter(pk__in=ids).aggregate(all=Sum(Length("head")))["all"] or 0


def job_cpu_seconds(job_ids: Sequence[uuid.UUID]) -> float:
    """CPU seconds all tries at these jobs took."""
    return RenderAttempt.objects.filter(job__in=job_ids).aggregate(all=Sum("cpu_seconds"))["all"] or 0.0
