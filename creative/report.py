"""The report of a make_ads run as plain JSON: what was made of what, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.contracts import dump
from creative.contracts import AdPlan, BriefData, PlannedSlot, RowEntry
from generation.contracts import RenderResult


@dataclass(frozen=True)
class MadeAd:
    """One ad of the run. `file` is where the finished copy lies, "" when there is none; `seconds` from order to end."""

    index: int
    file: str
    plan: AdPlan
    result: RenderResult | None
    degraded: tuple[str, ...]
    reason: str = ""
    seconds: float = 0.0

    @property
    def is_made(self) -> bool:
        return self.result is not None and self.result.is_releasable and bool(self.file)


@dataclass(frozen=True)
class Run:
    """Everything a report tells of."""

    brief: BriefData
    requested: int
    seed: int
    ads: Sequence[MadeAd]
    row: Sequence[RowEntry]
    pick: str
    engines: dict[str, str]
    timings: dict[str, float]
    refused: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    generated: Mapping[str, Any] = field(default_factory=dict)


def build_report(run: Run) -> dict[str, Any]:
    """The report in the shape that stays (see docs/operating.md)."""
    made = [ad for ad in run.ads if ad.is_made]
    indexes = {ad.index for ad in made}
    reasons = {ad.index: ad.reason for ad in run.ads if not ad.is_made}
    return {
        "requested": run.requested,
        "made": len(made),
        "seed": run.seed,
        "ads": [_ad(ad) for ad in made],
        "missing": [
            {"index": index, "reason": reasons.get(index) or "not made"}
            for index in range(run.requested)
            if index not in indexes
        ],
        "facts": [{"id": fact.id, "text": fact.text} for fact in run.brief.all_facts()],
        "references_row": [row_entry(entry) for entry in run.row],
        "pick": run.pick,
        "engines": run.engines,
        "timings": {name: round(seconds, 2) for name, seconds in run.timings.items()},
        "errors": [{"file": file, "reason": reason} for file, reason in run.refused],
        "degraded": sorted({each for ad in made for each in ad.degraded}),
        "notes": list(run.notes),
        **({"generated": dict(run.generated)} if run.generated else {}),
    }


def with_changed_ad(report: Mapping[str, Any], ad: MadeAd) -> dict[str, Any] | None:
    """`report` with the entry of the file `ad.file` written anew, None where it has no such file.

    Files count as the same by their name: a report lies beside its ads, wherever the folder was moved to.
    """
    entries = report.get("ads")
    if not isinstance(entries, list):
        return None
    name = Path(ad.file).name
    is_it = [isinstance(entry, dict) and Path(str(entry.get("path", ""))).name == name for entry in entries]
    if not any(is_it):
        return None
    fresh = {key: value for key, value in _ad(ad).items() if key not in ("index", "path")}
    ads = [{**entry, **fresh} if found else entry for entry, found in zip(entries, is_it, strict=True)]
    degraded = {each for entry in ads for each in entry.get("degraded", ())}
    return {**report, "ads": ads, "degraded": sorted(degraded)}


def row_entry(entry: RowEntry) -> dict[str, Any]:
    return {
        "id": entry.reference_id,
        "title": entry.title,
        "score": entry.score,
        "need": entry.need,
        "performance": entry.performance,
        "diversity": entry.diversity,
        "preference": entry.preference,
        "format": entry.format,
        "category": entry.category,
        "rights": entry.rights,
    }


def _ad(ad: MadeAd) -> dict[str, Any]:
    result = ad.result
    assert result is not None
    return {
        "index": ad.index,
        "path": ad.file,
        "sha256": result.sha256,
        "frames": result.frames,
        "fps": result.fps,
        "duration_seconds": result.duration_seconds,
        "slots": plan_slots(ad.plan.slots),
        "checks": [
            {
                "name": check.name,
                "ok": check.ok,
                "measured": check.measured,
                "limit": check.limit,
                "at_frame": check.at_frame,
                "reason": check.reason,
            }
            for check in result.checks
        ],
        "label": _label(result),
        "headline": ad.plan.headline,
        "music": ad.plan.music_name,
        "cpu_seconds": result.cpu_seconds,
        "seconds": round(ad.seconds, 1),
        "segments": {"made": result.segments_made, "reused": result.segments_reused},
        "degraded": list(ad.degraded),
    }


def _label(result: RenderResult) -> dict[str, Any] | None:
    if result.label is None:
        return None
    label = dump(result.label)
    return {
        "visible": {"to_frame": label["visible_to_frame"], "glyph_px": label["visible_glyph_px"]},
        "aigc": label["aigc"],
        "c2pa": {"state": label["c2pa_state"]},
    }


def plan_slots(slots: Sequence[PlannedSlot]) -> list[dict[str, Any]]:
    rows, at = [], 0
    for slot in slots:
        rows.append(
            {
                "role": slot.role,
                "line": slot.line,
                "start_frame": at,
                "end_frame": at + slot.frames,
                "fact_ids": list(slot.fact_ids),
                "shots": _shots(slot, at),
            }
        )
        at += slot.frames
    return rows


def _shots(slot: PlannedSlot, start: int) -> list[dict[str, Any]]:
    rows, at = [], start
    for shot in slot.shots:
        rows.append(
            {
                "source": shot.source,
                "source_start_frame": shot.source_start_frame,
                "start_frame": at,
                "end_frame": at + shot.frames,
            }
        )
        at += shot.frames
    return rows
