"""The report of a bulk run, and the table of its lineage, from the books."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.models import Sum

from core.contracts import load
from creative.bulk.contracts import SlotPlan
from creative.bulk.spans import picture_spans
from creative.contracts import AdPlan
from creative.demo_page.cost import CORE_HOUR_YUAN, FIELD_AGENCY_YUAN, FIELD_MACHINE_YUAN
from creative.headlines import headline_for
from creative.models import Ad, Batch
from creative.report import plan_slots, row_entry
from creative.selectors import plan_of
from creative.services.bulk.chunks import ad_plan_of
from creative.services.bulk.delivery import link_to
from creative.services.bulk.job import BulkOutcome
from creative.services.bulk.pieces import PieceKeys
from generation import api as generation
from generation.contracts import FPS

AT_DELIVERY = "at delivery"
LINEAGE = ("ad", "from_frame", "to_frame", "slot", "line", "source", "source_from_frame", "segment", "headline")


def build_bulk_report(outcome: BulkOutcome) -> dict[str, Any]:
    """The report in the shape that stays (see docs/operating.md), with `batch` for what was shared."""
    batch, wish = outcome.batch, outcome.wish
    plan = load(SlotPlan, batch.slot_plan) if batch.slot_plan else None
    # By the batch at hand: each ad would fetch it, slot plan and all, once it is asked for its headline.
    ads = list(batch.ads.filter(version=1).order_by("position"))
    ready = [ad for ad in ads if ad.state == Ad.State.READY]
    figures = batch_figures(batch, outcome.materials)
    per_ad = ad_cpu_seconds(figures, len(ready))
    figures["cost"] = cost_figures(figures, len(ready), plan.frames if plan else 0)
    return {
        "requested": wish.count,
        "made": len(ready),
        "seed": wish.seed,
        "ads": _ads(batch, plan, ready, per_ad) if plan else [],
        "missing": _missing(batch, ads, wish.count),
        "facts": [{"id": fact.id, "text": fact.text} for fact in wish.brief.all_facts()],
        "references_row": [row_entry(entry) for entry in outcome.row],
        "pick": str(outcome.picked.id),
        "engines": {
            "script": outcome.script.engine,
            "voice": generation.voice_engine_name(),
            "clips": "by-words",
            "cards": "drawn",
            "compose": "segments",
        },
        "timings": {name: round(seconds, 2) for name, seconds in outcome.timings.items()},
        "errors": [{"file": file, "reason": reason} for file, reason in outcome.refused],
        "degraded": sorted({each for ad in ready for each in ad.degraded}),
        "notes": list(outcome.notes),
        "distinctness": batch.policy,
        "batch": figures,
    }


def batch_figures(batch: Batch, materials: Sequence[Any] = ()) -> dict[str, Any]:
    """Capacity, similarity, what was shared, and where the CPU seconds went. Seconds, bytes."""
    ids = Ad.objects.filter(batch=batch, is_recipe=True).values("pk")
    made = generation.group_cost(batch.id, batch.created_at, ids)
    booked = batch.chunks.aggregate(all=Sum("cpu_seconds"), checks=Sum("check_cpu_seconds"))
    ingest = generation.job_cpu_seconds([row.job_id for row in materials if row.job_id])
    checks = made.check_cpu_seconds + (booked["checks"] or 0.0)
    planning = batch.figures.get("planning_cpu_seconds", 0.0)
    return {
        "capacity": batch.figures.get("capacity", 0),
        "clips": batch.figures.get("clips", 0),
        "advice": batch.figures.get("advice", []),
        "account_similarity": batch.figures.get("account_similarity"),
        "account_similarity_is_estimate": True,
        "worst_pair": batch.figures.get("worst_pair"),
        "pairs": batch.figures.get("pairs"),
        "headlines": list(batch.headlines),
        "unique_seconds": round(made.unique_frames / FPS, 2),
        "fresh_cpu_seconds_per_second": round(made.cpu_seconds_per_frame * FPS, 4),
        "segments_made": made.segments_made,
        "segments_reused": made.segments_reused,
        "stems_made": made.stems_made,
        "stems_reused": made.stems_reused,
        "bytes_on_disk": made.bytes_on_disk,
        "recipe_bytes": made.recipe_bytes,
        "cpu_seconds": {
            "ingest": round(ingest, 2),
            "segments": round(made.segment_cpu_seconds, 2),
            "stems": round(made.stem_cpu_seconds, 2),
            "assembly": round(planning + (booked["all"] or 0.0) - (booked["checks"] or 0.0), 2),
            "checks": round(checks, 2),
            "delivery": round(batch.figures.get("delivery_cpu_seconds", 0.0), 2),
        },
    }


def cost_figures(figures: dict[str, Any], ads: int, frames: int) -> dict[str, Any]:
    """What one ad cost with everything shared spread over all, beside one that shares nothing.

    Both claims belong together: a hundred thousand a day is a claim about reuse. An ad that
    shares nothing renders and checks every second of its own.
    """
    shared = ad_cpu_seconds(figures, ads)
    parts = figures["cpu_seconds"]
    fresh = parts["segments"] + parts["stems"] + parts["checks"]
    a_second = figures["fresh_cpu_seconds_per_second"] or (fresh / figures["unique_seconds"] if fresh else 0.0)
    alone = a_second * frames / FPS
    cores = os.cpu_count() or 1
    return {
        "cpu_seconds_per_ad": round(shared, 4),
        "yuan_per_ad": round(shared / 3600 * CORE_HOUR_YUAN, 8),
        "field_machine_yuan": FIELD_MACHINE_YUAN,
        "field_agency_yuan": [100.0, FIELD_AGENCY_YUAN],
        "cpu_seconds_per_ad_unshared": round(alone, 2),
        "ads_a_day_shared": int(cores * 86_400 / shared) if shared else 0,
        "ads_a_day_unshared": int(cores * 86_400 / alone) if alone else 0,
        "cores": cores,
    }


def ad_cpu_seconds(figures: dict[str, Any], ads: int) -> float:
    """CPU seconds of one ad with what is shared spread over all; ingest counted apart."""
    spent = sum(seconds for part, seconds in figures["cpu_seconds"].items() if part != "ingest")
    return spent / ads if ads else 0.0


def _ads(batch: Batch, plan: SlotPlan, ads: Sequence[Ad], per_ad: float) -> list[dict[str, Any]]:
    views = generation.recipe_views([ad.id for ad in ads])
    return [_ad(batch, plan, ad, views[ad.id], per_ad) for ad in ads]


def _ad(batch: Batch, plan: SlotPlan, ad: Ad, view: Any, per_ad: float) -> dict[str, Any]:
    whole = ad_plan_of(plan, ad, batch.canvas)
    return {
        "index": ad.position,
        "path": None,
        "recipe": str(ad.id),
        "url": link_to(ad),
        "sha256": ad.sha256 or None,
        "bytes": view.size_bytes,
        "frames": whole.frames,
        "fps": FPS,
        "duration_seconds": round(whole.frames / FPS, 4),
        "slots": plan_slots(whole.slots),
        "headline": whole.headline,
        "checks": [_check(check) for check in (*view.checks, *_sampled(ad))],
        "label": {
            "visible": {"to_frame": view.label_to_frame, "glyph_px": view.label_glyph_px},
            "aigc": view.aigc,
            "c2pa": {"state": AT_DELIVERY},
        },
        "music": whole.music_name,
        "cpu_seconds": round(per_ad, 4),
        "seconds": round((ad.ended_at - batch.created_at).total_seconds(), 1) if ad.ended_at else 0.0,
        "degraded": list(ad.degraded),
    }


def _check(check: Any) -> dict[str, Any]:
    return {
        "name": check.name,
        "ok": check.ok,
        "measured": check.measured,
        "limit": check.limit,
        "at_frame": check.at_frame,
        "reason": check.reason,
    }


def _sampled(ad: Ad) -> Sequence[Any]:
    """Checks of the whole decoded ad, for those that were looked at."""
    from creative.selectors import ad_result

    result = ad_result(ad)
    return result.checks if result else ()


def _missing(batch: Batch, ads: Sequence[Ad], requested: int) -> list[dict[str, Any]]:
    unmade = stopped_words(batch) or "not made"
    reasons = {ad.position: ad.held_reason or unmade for ad in ads if ad.state != Ad.State.READY}
    rows = [{"index": index, "reason": reason} for index, reason in sorted(reasons.items())]
    why = batch.error or shortage_words(batch)
    return rows + [{"index": index, "reason": why} for index in range(len(ads), requested)]


def stopped_words(batch: Batch) -> str:
    """Why a paused batch has ads that are not made; "" for one that is not paused."""
    if batch.state != Batch.State.PAUSED:
        return ""
    if batch.budget_minor is None:
        return "paused"
    return f"the budget of ¥{batch.budget_minor / 100:.2f} is spent; a larger one (--budget) lets it go on"


def shortage_words(batch: Batch) -> str:
    """What the material carries, and what to film for more."""
    figures = batch.figures
    carries = f"{figures.get('clips', 0)} clips carry {figures.get('planned', 0)} distinct ads"
    advice = [
        f"{each['more']} more {each['role']} shots would make it {each['ads']}" for each in figures.get("advice", [])
    ]
    left_out = figures.get("account_left_out", 0)
    account = [f"{left_out} stay out: the account would reach 10 % similarity (an estimate)"] if left_out else []
    return "; ".join([carries, *account, *advice[:2]])


def write_lineage(batch: Batch, path: Path) -> None:
    """Where every frame of every ad comes from, as a table beside the report; whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(LINEAGE)
        writer.writerows(lineage_lines(batch))
    temporary.replace(path)


def lineage_lines(batch: Batch) -> Iterator[tuple[Any, ...]]:
    """One line a stretch; frames at 30 a second, ends exclusive. Of every ad the version that stands."""
    lineage = Lineage(batch)
    later = Ad.objects.filter(batch=batch, version__gt=1).select_related("batch").order_by("version")
    newest = {ad.position: ad for ad in later}
    ads = Ad.objects.filter(batch=batch, version=1).order_by("position").values_list("position", "choices")
    for position, choices in ads.iterator(chunk_size=2000):
        standing = newest.get(position)
        for row in lineage.of_ad(standing) if standing else lineage.of_choices(choices, position):
            yield (position, *row)


class Lineage:
    """Where every frame of a bulk batch's ads comes from; what ads share is worked out once."""

    def __init__(self, batch: Batch) -> None:
        self._plan = load(SlotPlan, batch.slot_plan) if batch.slot_plan else None
        self._keys = load(PieceKeys, batch.piece_keys) if batch.piece_keys else None
        self._headlines = list(batch.headlines)
        self._rows = _stretches(self._plan) if self._plan else []

    def of_ad(self, ad: Ad) -> Iterator[tuple[Any, ...]]:
        """The stretches of one ad, as `LINEAGE` has them after its name."""
        return self.of_choices(ad.choices, ad.position) if ad.is_recipe else _of_plan(plan_of(ad))

    def of_choices(self, choices: Sequence[int], position: int) -> Iterator[tuple[Any, ...]]:
        """The same by choices and the ad's place alone. A stretch ends where its segment does."""
        if self._plan is None or self._keys is None:
            return
        for span in picture_spans(self._plan, choices, headline_for(self._headlines, position)):
            key = self._keys.picture(span)[:16]
            slots = [(span.slot, span.choice), (span.slot + 1, span.with_next)][: 2 if span.with_next >= 0 else 1]
            for slot, choice in slots:
                for start, end, *told, source_from in self._rows[slot][choice]:
                    first, last = max(start, span.first), min(end, span.last)
                    if first < last:
                        yield (first, last, *told, source_from + first - start, key, _plain(span.headline))


def _of_plan(plan: AdPlan) -> Iterator[tuple[Any, ...]]:
    at = 0
    for slot in plan.slots:
        for shot in slot.shots:
            where = (at, at + shot.frames, slot.role, _plain(slot.line), _plain(shot.source), shot.source_start_frame)
            yield (*where, "", _plain(plan.headline) if at < plan.headline_frames else "")
            at += shot.frames


def _stretches(plan: SlotPlan) -> list[list[list[tuple[Any, ...]]]]:
    """The shots of every choice, worked out once: `[slot][choice]`."""
    return [
        [_of_choice(slot, choice, plan.start_of(number)) for choice in slot.choices]
        for number, slot in enumerate(plan.slots)
    ]


def _of_choice(slot: Any, choice: Any, start: int) -> list[tuple[Any, ...]]:
    rows, at = [], start
    line = _plain(slot.lines[choice.line].text)
    for shot in choice.shots:
        rows.append((at, at + shot.frames, slot.role, line, _plain(shot.source), shot.source_start_frame))
        at += shot.frames
    return rows


def _plain(text: str) -> str:
    """What begins like a formula must not become one in a spreadsheet."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
