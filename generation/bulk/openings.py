"""Openings that differ in their headline only are rendered together: decoded and drawn once, encoded each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.contracts import load
from core.errors import InputError, LeaseLost
from core.leases.heartbeat import keep_all_alive
from core.leases.services import Lease, claim
from core.storage import bring_all_here
from generation.bulk.booking import LEASE_SECONDS, book, end_badly
from generation.bulk.checking import check_segment
from generation.engines.layers import headline_lane_of
from generation.engines.openings import render_openings
from generation.models import Segment, SegmentWish
from generation.runner import cpu_seconds, work_folder
from generation.segments.installed import segment_store
from generation.segments.openings import without_headline
from generation.segments.specs import SegmentSpec
from generation.services import worker_name

MOST_TOGETHER = 6
"""A worker is busy for some seconds with so many; more would let others wait."""

Claimed = tuple[Segment, Lease]


def is_opening(row: Segment) -> bool:
    """Whether a segment has a headline over it."""
    return any(clip["kind"] == "headline" for clip in _clips(row.spec, "sticker"))


def make_openings(row: Segment) -> None:
    """Render an opening, and others of the same picture that wait for the same batch."""
    lease = _claim(row)
    if lease is None:
        return
    ours = [(row, lease)]
    for other in _same_picture(row):
        taken = _claim(other) if len(ours) < MOST_TOGETHER else None
        ours += [(other, taken)] if taken else []
    with keep_all_alive([lease for _, lease in ours]):
        _make(ours)


def _claim(row: Segment) -> Lease | None:
    return claim(Segment, row.key, worker=worker_name(), lease_seconds=LEASE_SECONDS)


def _clips(spec: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return next((track["clips"] for track in spec.get("tracks", ()) if track["name"] == name), [])


def _same_picture(row: Segment) -> list[Segment]:
    """Queued openings of the orders that wait for `row`, alike in all but their headline."""
    orders = SegmentWish.objects.filter(segment=row, order__is_paused=False).values("order")
    wished = SegmentWish.objects.filter(order__in=orders).values("segment")
    shown = [
        {"name": "picture", "clips": _clips(row.spec, "picture")},
        {"name": "sticker", "clips": [{"kind": "headline"}]},
    ]
    alike = Segment.objects.filter(
        pk__in=wished, state=Segment.State.QUEUED, frames=row.frames, spec__contains={"tracks": shown}
    )
    base = without_headline(load(SegmentSpec, row.spec))
    found = alike.exclude(pk=row.pk).order_by("pk")[: 2 * MOST_TOGETHER]
    return [other for other in found if without_headline(load(SegmentSpec, other.spec)) == base]


def _make(ours: Sequence[Claimed]) -> None:
    """All at once, but for those that lie in the store and those whose headline does not fit."""
    missing: list[tuple[Claimed, SegmentSpec]] = []
    for row, lease in ours:
        spec = load(SegmentSpec, row.spec)
        stored = segment_store().get(row.key)
        if stored:
            _book(lease, row, spec, False, 0.0)
            continue
        try:
            headline_lane_of(spec)
        except InputError as error:
            end_badly(lease, row, error)
            continue
        missing.append(((row, lease), spec))
    if missing:
        _render(missing)


def _render(missing: Sequence[tuple[Claimed, SegmentSpec]]) -> None:
    first, lease = missing[0][0]
    open_ones = [claimed for claimed, _ in missing]
    try:
        with work_folder(f"opening-{first.key[:16]}-{lease.epoch}") as work:
            paths = [work / f"head-{at}.mp4" for at in range(len(missing))]
            _keep(missing, paths, work, open_ones)
    except Exception as error:
        for row, lease in open_ones:
            end_badly(lease, row, error)


def _keep(
    missing: Sequence[tuple[Claimed, SegmentSpec]], paths: Sequence[Path], work: Path, open_ones: list[Claimed]
) -> None:
    before = cpu_seconds()
    specs = [load(SegmentSpec, bring_all_here(row.spec)) for (row, _), _ in missing]
    made = render_openings(specs, paths, work / "render")
    share = (cpu_seconds() - before) / len(missing)
    for ((row, lease), spec), path, facts in zip(missing, paths, made, strict=True):
        segment_store().put(row.key, path, facts)
        open_ones.remove((row, lease))
        _book(lease, row, spec, True, share)


def _book(lease: Lease, row: Segment, spec: SegmentSpec, is_new: bool, seconds: float) -> None:
    """Looked at when it is new, then booked; whoever lost the lease meanwhile leaves it to the other."""
    try:
        stored = segment_store().get(row.key)
        if stored is None:
            raise OSError(f"segment {row.key} is gone from the store again")
        before = cpu_seconds()
        verdict = check_segment(spec, stored) if is_new or not row.verdict else row.verdict
        book(lease, row, stored.size_bytes, is_new, verdict, seconds, cpu_seconds() - before)
    except LeaseLost:
        return
    except Exception as error:
        end_badly(lease, row, error)
