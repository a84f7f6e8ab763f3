"""Rendering ordered segments and stems: claimed by key, checked once, told to whoever waits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from core.contracts import load
from core.errors import LeaseLost
from core.leases.heartbeat import keep_alive, keep_all_alive
from core.leases.services import Lease, claim
from core.storage import bring_all_here
from core.tasks.patience import patiently
from generation.bulk.booking import LEASE_SECONDS, book, end_badly
from generation.bulk.checking import check_segment
from generation.bulk.openings import is_opening, make_openings
from generation.bulk.orders import answer_ready, dispatch
from generation.engines.compose import render_segment
from generation.models import Segment
from generation.runner import cpu_seconds, work_folder
from generation.segments.installed import segment_store
from generation.segments.specs import SegmentSpec
from generation.segments.store import SegmentFacts, SegmentStore, StemFacts, StoredSegment
from generation.services import worker_name
from generation.sound.stems import MadeStem, StemSpec, make_stems


def make_segments(keys: Sequence[str]) -> None:
    """Render what of `keys` is due and nobody else renders, then see whose turn is next. Safe to hear twice."""
    rows = {row.key: row for row in Segment.objects.filter(pk__in=keys)}
    stems = [rows[key] for key in keys if key in rows and rows[key].kind == Segment.Kind.SOUND]
    for key in keys:
        if key in rows and rows[key].kind == Segment.Kind.PICTURE:
            (make_openings if is_opening(rows[key]) else _make_picture)(rows[key])
    if stems:
        _make_sounds(stems)
    patiently(answer_ready)
    patiently(dispatch)


def _make_picture(row: Segment) -> None:
    lease = claim(Segment, row.key, worker=worker_name(), lease_seconds=LEASE_SECONDS)
    if lease is None:
        return
    try:
        with keep_alive(lease), work_folder(f"segment-{row.key[:16]}-{lease.epoch}") as work:
            stored, is_new, seconds = _rendered(row, work)
            before = cpu_seconds()
            verdict = check_segment(load(SegmentSpec, row.spec), stored) if is_new or not row.verdict else row.verdict
            check_seconds = cpu_seconds() - before
        book(lease, row, stored.size_bytes, is_new, verdict, seconds, check_seconds)
    except LeaseLost:
        return
    except Exception as error:
        end_badly(lease, row, error)


def _rendered(row: Segment, work: Path) -> tuple[StoredSegment, bool, float]:
    before = cpu_seconds()
    make = partial(render_segment, load(SegmentSpec, bring_all_here(row.spec)), work_dir=work)
    stored, is_new = segment_store().get_or_make(row.key, make)
    return stored, is_new, cpu_seconds() - before


def _make_sounds(rows: Sequence[Segment]) -> None:
    """All claimed at once, encoded in one go; what lies in the store already is only booked."""
    leases = [(row, claim(Segment, row.key, worker=worker_name(), lease_seconds=LEASE_SECONDS)) for row in rows]
    ours = [(row, lease) for row, lease in leases if lease is not None]
    with keep_all_alive([lease for _, lease in ours]):
        _make_claimed_sounds(ours)


def _make_claimed_sounds(ours: Sequence[tuple[Segment, Lease]]) -> None:
    store = segment_store()
    missing = [(row, lease) for row, lease in ours if store.get(row.key) is None]
    for row, lease in ours:
        if (row, lease) not in missing:
            _book_quietly(lease, row, 0, False, 0.0)
    before = cpu_seconds()
    try:
        made = _stems_of([row for row, _ in missing])
    except Exception as error:
        for row, lease in missing:
            end_badly(lease, row, error)
        return
    share = (cpu_seconds() - before) / max(1, len(missing))
    for (row, lease), stem in zip(missing, made, strict=True):
        _keep_stem(store, row, lease, stem, share)


def _stems_of(rows: Sequence[Segment]) -> list[MadeStem]:
    return make_stems([load(StemSpec, bring_all_here(row.spec)) for row in rows])


def _keep_stem(store: SegmentStore, row: Segment, lease: Lease, stem: MadeStem, seconds: float) -> None:
    try:
        with work_folder(f"stem-{row.key[:16]}-{lease.epoch}") as work:
            path = work / "stem.aac"
            path.write_bytes(stem.payload)
            facts = SegmentFacts(row.frames, (), seconds, sound=StemFacts(stem.index, stem.levels.to_json()))
            stored = store.put(row.key, path, facts)
        book(lease, row, stored.size_bytes, True, "ok", seconds, 0.0)
    except LeaseLost:
        return
    except Exception as error:
        end_badly(lease, row, error)


def _book_quietly(lease: Lease, row: Segment, size_bytes: int, is_new: bool, seconds: float) -> None:
    try:
        book(lease, row, size_bytes or row.size_bytes, is_new, "ok", seconds, 0.0)
    except LeaseLost:
        return
