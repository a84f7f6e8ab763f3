"""The main job, end to end: a brief, a folder of footage, finished ads in another folder.

Runs through the same queue as the pages and keeps everything in the same books, so a run
that was killed is taken up where it stands: known files are not looked at again, and a
batch with the same brief, materials and seed is joined, not repeated.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from django.conf import settings

from core.contracts import dump, load
from core.errors import InputError
from core.models import Advertiser, Product
from core.storage import bring_here
from creative.bulk.contracts import Policy
from creative.contracts import AdPlan, BriefData, RowEntry, Transition
from creative.models import Ad, Batch, Brief, Material, Pick, Reference, Script, Shot
from creative.references import api as references
from creative.report import MadeAd, Run
from creative.rewriting.release import refuse_forbidden_words
from creative.rewriting.writer import STYLES
from creative.selectors import ad_result, latest_ads, seen_key
from creative.services import batches, briefs, folders, scripts
from creative.services.generating import Generated, Making, Wanted, generate, generated_for, key_of
from creative.services.headlines import checked_headlines
from creative.services.waiting import watch_for
from creative.storyboard import to_srt
from generation import api as generation
from generation.contracts import RenderSpec

T = TypeVar("T")

PLAN_VERSION = 2
"""Raised when the planner decides differently, so that old batches are not taken up."""


@dataclass(frozen=True)
class Wish:
    """What a run is asked for. `pick` is "best" or a place in the row, from 1; `headlines` are dealt over the ads.

    `budget_minor` is the most a bulk batch may cost to make, in fen; `wanted` is what models are to make for it.
    """

    brief: BriefData
    materials: Path
    out: Path
    count: int = 6
    seed: int = 1
    pick: str = "best"
    references: Path | None = None
    is_draft: bool = False
    canvas: str = "1080x1920"
    transition: Transition = "cut"
    policy: Policy = "strict"
    with_files: bool = False
    headlines: tuple[str, ...] = ()
    budget_minor: int | None = None
    wanted: Wanted = field(default_factory=Wanted)


class Teller(Protocol):
    """Hears how far each stage is."""

    def __call__(self, stage: str, done: float, total: float) -> None: ...


@dataclass
class Stopwatch:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    def time(self, stage: str, work: Callable[[], T]) -> T:
        began = time.monotonic()
        try:
            return work()
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.monotonic() - began


@dataclass(frozen=True)
class Outcome:
    """A finished run: what the report is made from, and the rows behind it."""

    run: Run
    batch: Batch
    script: Script
    picked: Reference


def make_ads(advertiser: Advertiser, wish: Wish, tell: Teller) -> Outcome:
    """Carry out `wish`; services have to be up. Errors of input raise InputError."""
    refuse_forbidden_words(wish.brief)
    checked_headlines(wish.brief, wish.headlines, wish.canvas)
    generation.require_voice(advertiser)
    watch = Stopwatch()
    brief = brief_of(advertiser, wish)
    materials = take_materials(advertiser, wish, tell, watch)
    folder = str(wish.materials.resolve())
    clear_old_ads(wish.out, wish.count)
    choice = choose_reference(advertiser, brief, wish, tell, watch)
    key = order_key(advertiser, wish, materials, choice.picked)
    batch = standing_batch(advertiser, key) or _new_batch(brief, choice, wish, folder, key, watch)
    tell("script", 1, 1)
    ads = await_ads(batch, tell, watch)
    made = [_made(ad, wish.out) for ad in ads] or [_unmade(index, batch) for index in range(wish.count)]
    script = Script.objects.get(pk=batch.script_ids[0])
    run = Run(
        brief=wish.brief,
        requested=wish.count,
        seed=wish.seed,
        ads=made,
        row=choice.row,
        pick=str(choice.picked.id),
        engines=_engines(script, ads),
        timings=watch.seconds,
        refused=(*refused_of(materials), *folders.notes_without_file(wish.materials), *choice.refused),
        notes=notes_of(materials),
        generated=generated_for(batch, ads),
    )
    return Outcome(run, batch, script, choice.picked)


def clear_old_ads(folder: Path, count: int) -> None:
    """Ads of an earlier, larger run would lie beside a report that does not know them."""
    for path in folder.glob("ad-*"):
        number = path.stem.removeprefix("ad-")
        if number.isdigit() and int(number) > count and path.suffix in (".mp4", ".srt", ".jpg"):
            path.unlink()


def brief_of(advertiser: Advertiser, wish: Wish) -> Brief:
    """The brief of an earlier run with the same words, else a new one."""
    data = dump(wish.brief)
    known = Brief.objects.for_advertiser(advertiser).filter(data=data).order_by("-created_at").first()
    return known or briefs.save_brief(advertiser, wish.brief)


def take_materials(advertiser: Advertiser, wish: Wish, tell: Teller, watch: Stopwatch) -> list[Material]:
    """Import the folder and wait until every file is taken or refused."""

    def work() -> list[Material]:
        rows = folders.import_folder(advertiser, wish.materials)
        return await_materials(rows, tell)

    found = watch.time("materials", work)
    if not found:
        raise InputError(f"materials: {wish.materials}", "holds no video, picture or sound; put footage in it")
    return found


def await_materials(rows: Sequence[Material], tell: Teller) -> list[Material]:
    """The rows once none waits any more."""
    keys = [row.pk for row in rows]

    def look() -> list[Material] | None:
        rows = list(Material.objects.filter(pk__in=keys).order_by("name"))
        waiting = [row for row in rows if row.state == Material.State.WAITING]
        share = generation.progress_of([row.job_id for row in waiting if row.job_id])
        tell("materials", len(rows) - len(waiting) + sum(share), len(rows))
        return None if waiting else rows

    return watch_for(look)


@dataclass(frozen=True)
class Choice:
    """The row, what was picked from it, and the references that were refused, as (file, reason)."""

    row: list[RowEntry]
    picked: Reference
    pick: Pick
    refused: tuple[tuple[str, str], ...]


def choose_reference(advertiser: Advertiser, brief: Brief, wish: Wish, tell: Teller, watch: Stopwatch) -> Choice:
    """The row for the brief and the reference `wish.pick` names."""

    def work() -> tuple[list[RowEntry], tuple[tuple[str, str], ...]]:
        given = references.take_references(advertiser, wish.references, lambda d, t: tell("references", d, t))
        ready = [row.pk for row in given if row.state == Reference.State.READY] if given is not None else None
        row = references.row_for(wish.brief, advertiser, only=ready)
        return row, tuple(references.refused_references(given or []))

    row, refused = watch.time("references", work)
    if not row and refused:
        raise InputError(f"references: {refused[0][0]}", refused[0][1])
    picked = Reference.objects.get(pk=row[pick_place(wish.pick, len(row))].reference_id)
    pick = references.record_pick(brief, picked, row, by_person=False)
    return Choice(row, picked, pick, refused)


def pick_place(pick: str, length: int) -> int:
    """The place in the row (from 0) that `pick` names; InputError where there is none."""
    if not length:
        raise InputError("references", "there is no reference to pick; import one with --references DIR")
    if pick == "best":
        return 0
    if not pick.isdigit() or not 1 <= int(pick) <= length:
        raise InputError("pick", f"{pick!r} is neither best nor a place in the row, 1 to {length}")
    return int(pick) - 1


def order_key(advertiser: Advertiser, wish: Wish, materials: Sequence[Material], picked: Reference) -> str:
    """A hash of all that decides the frames: equal keys, equal ads."""
    decides = {
        "plan": PLAN_VERSION,
        "engines": generation.engines_key(),
        "brief": dump(wish.brief),
        "materials": [[row.name, row.sha256, row.role, row.words] for row in materials],
        "shots": shots_key(materials),
        "look": [advertiser.color_primary, advertiser.color_secondary, advertiser.color_accent],
        "picture": picture_key(advertiser, wish.brief.product.name),
        "writer": [settings.LLM_BASE_URL, settings.LLM_MODEL],
        "embeddings": [settings.EMBEDDINGS_BASE_URL, settings.EMBEDDINGS_MODEL],
        "reference": picked.sha256,
        "count": wish.count,
        "seed": wish.seed,
        "draft": wish.is_draft,
        "canvas": wish.canvas,
        "transition": wish.transition,
        **({"headlines": wish.headlines} if wish.headlines else {}),
        **key_of(wish.wanted),
    }
    seen = seen_key(list(Shot.objects.filter(material__in=materials).select_related("material", "advertiser")))
    if seen:
        decides["seen"] = seen
    return hashlib.sha256(json.dumps(decides, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def picture_key(advertiser: Advertiser, product_name: str) -> str:
    """The hash of the picture chosen for the product, "" where there is none."""
    products = Product.objects.for_advertiser(advertiser).filter(name=product_name)
    return products.values_list("picture_sha256", flat=True).first() or ""


def shots_key(materials: Sequence[Material]) -> list[list[object]]:
    """What members typed for shots: their words, roles, and which they hid."""
    shots = Shot.objects.filter(material__in=materials).order_by("material__name", "start_frame")
    return [[*row] for row in shots.values_list("material__name", "start_frame", "role", "words", "is_hidden")]


def standing_batch(advertiser: Advertiser, key: str) -> Batch | None:
    """A batch with the same key that runs, or ended with every ad ready and on disk."""
    batch = Batch.objects.for_advertiser(advertiser).filter(order_key=key).order_by("-created_at").first()
    if batch is None or batch.state in (Batch.State.FAILED, Batch.State.CANCELLED):
        return None
    if batch.state == Batch.State.QUEUED:
        batches.send_plan(batch)
    if batch.state != Batch.State.DONE:
        return batch
    if batch.is_bulk:
        return batch if not latest_open(batch) else None
    ready = all(ad.state == Ad.State.READY and bring_here(ad.path).is_file() for ad in latest_ads(batch))
    return batch if ready else None


def latest_open(batch: Batch) -> bool:
    """Whether a bulk batch has an ad that did not come to be ready."""
    return Ad.objects.filter(batch=batch, version=1).exclude(state=Ad.State.READY).exists()


def _new_batch(brief: Brief, choice: Choice, wish: Wish, folder: str, key: str, watch: Stopwatch) -> Batch:
    def work() -> list[Script]:
        written: list[Script] = []
        for number in range(min(wish.count, scripts.SCRIPT_VERSIONS)):
            style = STYLES[number % len(STYLES)]
            hooks = scripts.hooks_of(written)
            written.append(scripts.write_version(brief, choice.picked, style, wish.seed * 1000 + number, hooks))
        return written

    versions = watch.time("script", work)
    made = watch.time("generating", lambda: generated_of(brief, versions, wish, folder))
    order = batches.Order(
        wish.count,
        wish.seed,
        wish.is_draft,
        wish.canvas,
        folder,
        key,
        transition=wish.transition,
        headlines=wish.headlines,
        generated=made.told(),
    )
    return batches.start_batch(brief, versions, order, choice.pick)


def generated_of(brief: Brief, versions: Sequence[Script], wish: Wish, folder: str, is_bulk: bool = False) -> Generated:
    """What models make for a wish, once its scripts are written; nothing where nothing is wanted."""
    making = Making(brief.advertiser, wish.brief, versions, folder, wish.canvas, wish.seed, is_bulk)
    return generate(making, wish.wanted, watch_for)


def await_ads(batch: Batch, tell: Teller, watch: Stopwatch) -> list[Ad]:
    """The batch's ads once none is being made any more."""

    def look() -> list[Ad] | None:
        batch.refresh_from_db()
        ads = latest_ads(batch)
        open_ads = [ad for ad in ads if ad.state in (Ad.State.PLANNED, Ad.State.RENDERING)]
        share = generation.progress_of([ad.job_id for ad in open_ads if ad.job_id])
        tell("ads", len(ads) - len(open_ads) + sum(share), batch.requested)
        return None if batch.state in (Batch.State.QUEUED, Batch.State.RUNNING) else ads

    found = watch.time("ads", lambda: watch_for(look))
    return found


def await_ad(ad: Ad, tell: Teller) -> Ad:
    """The ad once it is no longer being made."""

    def look() -> Ad | None:
        ad.refresh_from_db()
        is_open = ad.state in (Ad.State.PLANNED, Ad.State.RENDERING)
        tell("ads", sum(generation.progress_of([ad.job_id])) if is_open and ad.job_id else 1, 1)
        return None if is_open else ad

    return watch_for(look)


def _made(ad: Ad, out: Path) -> MadeAd:
    plan = load(AdPlan, ad.plan)
    target = out / f"ad-{ad.position + 1:02}.mp4"
    if ad.state != Ad.State.READY:
        # A file of an earlier run must not pass for the ad that was held back.
        target.unlink(missing_ok=True)
        return MadeAd(ad.position, "", plan, ad_result(ad), tuple(ad.degraded), ad.held_reason)
    return handed_over(ad, target)


def handed_over(ad: Ad, target: Path) -> MadeAd:
    """A ready ad whose file and captions lie at `target` from now on."""
    hand_over(ad, target)
    took = (ad.ended_at - ad.created_at).total_seconds() if ad.ended_at else 0.0
    return MadeAd(ad.position, str(target), load(AdPlan, ad.plan), ad_result(ad), tuple(ad.degraded), seconds=took)


def _unmade(index: int, batch: Batch) -> MadeAd:
    """An ad that was never planned, with the reason the whole batch has."""
    return MadeAd(index, "", AdPlan((), "zh-CN", batch.canvas, "", "", "", 0), None, (), batch.error or "not planned")


def hand_over(ad: Ad, target: Path) -> None:
    """Copy a ready ad to `target` and its captions beside it, unless the very file lies there."""
    if not (target.is_file() and generation.fingerprint(target)[0] == ad.sha256):
        generation.copy_file(bring_here(ad.path), target)
    target.with_suffix(".srt").write_text(to_srt(load(RenderSpec, ad.spec).timeline), encoding="utf-8")


def _engines(script: Script, ads: Sequence[Ad]) -> dict[str, str]:
    degraded = {each for ad in ads for each in ad.degraded}
    return {
        "script": script.engine,
        "voice": generation.voice_engine_name(),
        "clips": "by-words" if "clips:by-words" in degraded else "none",
        "cards": "drawn",
        "compose": "ffmpeg",
    }


def refused_of(materials: Sequence[Material]) -> list[tuple[str, str]]:
    return [(row.name, row.refusal_reason) for row in materials if row.state == Material.State.REFUSED]


def notes_of(materials: Sequence[Material]) -> tuple[str, ...]:
    notes = []
    for material in materials:
        for note in (material.understanding or {}).get("notes", ()):
            notes.append(f"{material.name}: {note}")
    return tuple(notes)
