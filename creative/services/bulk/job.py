"""The main job by the thousand: a brief and a folder of footage become recipes, through the same queue and books."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from core.llm.base import Priority
from core.models import Advertiser
from creative.contracts import RowEntry
from creative.models import Ad, Batch, Brief, Material, Reference, Script
from creative.rewriting.release import refuse_forbidden_words
from creative.rewriting.writer import STYLES
from creative.services import batches, folders, main_job, scripts
from creative.services.headlines import checked_headlines
from creative.services.main_job import Choice, Stopwatch, Teller, Wish
from creative.services.waiting import watch_for
from generation import api as generation

BULK_FROM = 100
"""From so many ads on, recipes are kept instead of files."""

BUDGET_SECONDS = 2.0
SCRIPT_VERSIONS = 6
"""Hook lines come from so many scripts; body and call from the first."""


@dataclass(frozen=True)
class BulkOutcome:
    """A bulk run that has ended: what a report is made from."""

    wish: Wish
    batch: Batch
    script: Script
    picked: Reference
    row: tuple[RowEntry, ...]
    refused: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    timings: dict[str, float]
    materials: tuple[Material, ...]


def is_bulk(wish: Wish) -> bool:
    """Whether a wish is carried out by recipes."""
    return wish.count >= BULK_FROM


def make_bulk(advertiser: Advertiser, wish: Wish, tell: Teller) -> BulkOutcome:
    """Carry out `wish`; services have to be up. Errors of input raise InputError."""
    refuse_forbidden_words(wish.brief)
    checked_headlines(wish.brief, wish.headlines, wish.canvas)
    watch = Stopwatch()
    brief = main_job.brief_of(advertiser, wish)
    materials = main_job.take_materials(advertiser, wish, tell, watch)
    main_job.clear_old_ads(wish.out, 0)
    choice = main_job.choose_reference(advertiser, brief, wish, tell, watch)
    key = _order_key(advertiser, wish, materials, choice.picked)
    batch = main_job.standing_batch(advertiser, key)
    if batch:
        take_up(batch, wish)
    batch = batch or _new_batch(brief, choice, wish, key, watch)
    tell("script", 1, 1)
    watch.time("ads", lambda: wait_for_batch(batch, tell))
    batch.refresh_from_db()
    return BulkOutcome(
        wish=wish,
        batch=batch,
        script=Script.objects.get(pk=batch.script_ids[0]),
        picked=choice.picked,
        row=tuple(choice.row),
        refused=(*main_job.refused_of(materials), *folders.notes_without_file(wish.materials), *choice.refused),
        notes=main_job.notes_of(materials),
        timings=watch.seconds,
        materials=tuple(materials),
    )


def take_up(batch: Batch, wish: Wish) -> None:
    """A batch that stands: one that its budget stopped goes on with a larger one. InputError where none was given."""
    # What a batch may cost is reckoned from its report, which stands on this module.
    from creative.services.bulk.control import resume

    if _is_stopped(batch):
        resume(batch, wish.budget_minor)
        batch.refresh_from_db()
    elif wish.budget_minor is not None:
        Batch.objects.filter(pk=batch.pk).update(budget_minor=wish.budget_minor)


def _order_key(advertiser: Advertiser, wish: Wish, materials: list[Material], picked: Reference) -> str:
    base = main_job.order_key(advertiser, wish, materials, picked)
    return hashlib.sha256(f"bulk {wish.policy} {base}".encode()).hexdigest()


def _new_batch(brief: Brief, choice: Choice, wish: Wish, key: str, watch: Stopwatch) -> Batch:
    versions = watch.time("script", lambda: script_versions(brief, choice.picked))
    folder = str(wish.materials.resolve())
    made = watch.time("generating", lambda: main_job.generated_of(brief, versions, wish, folder, is_bulk=True))
    order = batches.Order(
        wish.count,
        wish.seed,
        wish.is_draft,
        wish.canvas,
        folder,
        key,
        transition=wish.transition,
        policy=wish.policy,
        budget_minor=wish.budget_minor,
        headlines=wish.headlines,
        generated=made.told(),
    )
    return batches.start_batch(brief, versions, order, choice.pick)


def script_versions(brief: Brief, reference: Reference) -> list[Script]:
    """The scripts of a brief on one structure: written once, whatever the seed, so that segments can be shared."""
    found: list[Script] = []
    for number in range(SCRIPT_VERSIONS):
        style = STYLES[number % len(STYLES)]
        seed = _script_seed(brief, number)
        known = Script.objects.filter(brief=brief, reference=reference, style=style, seed=seed).first()
        hooks = scripts.hooks_of(found)
        found.append(known or scripts.write_version(brief, reference, style, seed, hooks, Priority.BULK))
    return found


def _script_seed(brief: Brief, number: int) -> int:
    digest = hashlib.sha256(f"{brief.title} {number}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def wait_for_batch(batch: Batch, tell: Teller) -> None:
    """Until the batch has ended or was paused, telling how far segments and ads are."""
    from creative.services.bulk.control import keep_to_budgets

    looked_at = time.monotonic()

    def look() -> bool | None:
        nonlocal looked_at
        if time.monotonic() - looked_at > BUDGET_SECONDS:
            # The scheduler of a running platform does this too; a command may be alone.
            keep_to_budgets()
            looked_at = time.monotonic()
        batch.refresh_from_db()
        made = generation.group_progress(batch.id)
        total = made.pictures_total + made.sounds_total
        if total:
            tell("segments", made.pictures_done + made.sounds_done, total)
        over = Ad.objects.filter(batch=batch, version=1).exclude(state__in=[Ad.State.PLANNED, Ad.State.RENDERING])
        tell("ads", over.count(), batch.figures.get("planned", batch.requested))
        is_open = batch.state in (Batch.State.QUEUED, Batch.State.RUNNING, Batch.State.PAUSED)
        return True if not is_open or _is_stopped(batch) else None

    watch_for(look)


def _is_stopped(batch: Batch) -> bool:
    """Whether its budget stopped it: then nobody waits. Whoever paused it by hand may be about to let it go on."""
    from creative.services.bulk.control import BY_BUDGET

    return batch.state == Batch.State.PAUSED and batch.paused_reason == BY_BUDGET
