"""Ordering a batch of ads, planning it, and booking what rendering sends back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.contracts import dump, load
from core.errors import AdloomError, TerminalError
from core.tasks.retrying import is_retryable
from core.tasks.sending import send
from creative import live
from creative.contracts import AdPlan, BriefData, Role, Transition
from creative.generating.gaps import pinned
from creative.headlines import headline_for, with_headline
from creative.models import Ad, AdShot, Batch, BatchEvent, Brief, Pick, Script, Shot
from creative.music import music_for
from creative.planning import plan_ads
from creative.rewriting.release import refuse_forbidden_words
from creative.selectors import (
    GENERATED,
    brief_data,
    clip_options,
    pins_of,
    relevance,
    shot_sources,
    shots_of,
    usable_shots,
)
from creative.services.looks import look_of, parse_canvas
from creative.services.own_hooks import with_own_hooks
from creative.services.releasing import release_of
from creative.services.speaking import speak_script
from creative.storyboard import ShotSource, build_timeline
from generation import api as generation
from generation.contracts import CheckLimits, Provenance, RenderResult, RenderSpec

REPLY_TO = "creative.take_ad"
PLAN_TRIES = 5
LOST_SECONDS = 20.0
"""A batch still waiting after this long is asked for again."""


@dataclass(frozen=True)
class Order:
    """What a batch is asked to be. `folder` limits it to one folder's materials; `arranged` is an ad
    (a draft whose clips somebody swapped) that the first ad is to be like. A `policy`
    (creative.bulk.contracts.Policy) makes recipes of shared segments. `has_own_hooks` writes
    further openings, so that the ads of few scripts do not all begin alike. `generated` is what models
    made for it (`creative.services.generating.Generated.told`).
    """

    count: int
    seed: int = 1
    is_draft: bool = False
    canvas: str = "1080x1920"
    folder: str = ""
    order_key: str = ""
    arranged: Ad | None = None
    transition: Transition = "cut"
    policy: str = ""
    budget_minor: int | None = None
    headlines: tuple[str, ...] = ()
    has_own_hooks: bool = False
    generated: dict[str, Any] = field(default_factory=dict)

    @property
    def is_bulk(self) -> bool:
        """A policy of distinctness makes it a batch of recipes."""
        return bool(self.policy)


@transaction.atomic
def start_batch(brief: Brief, scripts: Sequence[Script], order: Order, pick: Pick | None = None) -> Batch:
    """Book the order and send it off; a brief or script that may not go out stops it by name."""
    refuse_forbidden_words(brief_data(brief))
    for script in scripts:
        _refuse_blocked(script)
    batch = Batch.objects.create(
        advertiser_id=brief.advertiser_id,
        brief=brief,
        script=scripts[0],
        script_ids=[str(script.id) for script in scripts],
        pick=pick,
        arranged=order.arranged,
        transition=order.transition,
        order_key=order.order_key,
        folder=order.folder,
        is_bulk=order.is_bulk,
        policy=order.policy,
        budget_minor=order.budget_minor,
        headlines=list(order.headlines),
        requested=order.count,
        seed=order.seed,
        is_draft=order.is_draft,
        canvas=order.canvas,
    )
    BatchEvent.objects.create(batch=batch, what="ordered", detail=_told(order))
    if order.generated:
        BatchEvent.objects.create(batch=batch, what=GENERATED, detail=order.generated)
    transaction.on_commit(lambda: send_plan(batch))
    return batch


def _told(order: Order) -> dict[str, object]:
    return {"count": order.count, **({"has_own_hooks": True} if order.has_own_hooks else {})}


def send_plan(batch: Batch) -> None:
    """Ask a worker to plan the batch; safe to send again. A broker that is away costs nothing but time."""
    Batch.objects.filter(pk=batch.pk).update(asked_at=timezone.now())
    send("creative.plan_batch", [str(batch.id)])


def _refuse_blocked(script: Script) -> None:
    """Checked anew, since facts run out and scripts lie around: TerminalError names what stops it."""
    lines = [(cast(Role, line.role), line.text) for line in script.lines.all()]
    blocked = release_of(script, lines)
    if blocked:
        raise TerminalError("; ".join(each.sentence() for each in blocked))


def plan_batch(batch_id: str) -> None:
    """Speak the lines, choose the clips, order the ads. Safe to hear twice.

    What cannot be done ends the batch with its reason; what may pass is tried again a few times.
    """
    batch = Batch.objects.select_related("brief__product", "advertiser").get(pk=batch_id)
    if batch.state != Batch.State.QUEUED:
        return
    try:
        if batch.is_bulk:
            # Bulk stands on this module, so it is fetched only when it is wanted.
            from creative.services.bulk.preparing import plan_bulk

            plan_bulk(batch)
        else:
            _plan(batch)
    except AdloomError as error:
        BatchEvent.objects.create(batch=batch, what="plan failed", detail={"reason": str(error)})
        tries = batch.events.filter(what="plan failed").count()
        if is_retryable(error) and tries < PLAN_TRIES:
            raise
        _fail(batch, str(error))


def _plan(batch: Batch) -> None:
    scripts = _opened(batch, [Script.objects.get(pk=key) for key in batch.script_ids])
    spoken = [speak_script(script) for script in scripts]
    data = brief_data(batch.brief)
    shots = usable_shots(batch.advertiser, batch.folder)
    plans = plan_ads(
        data,
        spoken,
        clip_options(shots, parse_canvas(batch.canvas)),
        lambda need: relevance(need, shots),
        music_for(batch.advertiser, batch.folder),
        batch.requested,
        batch.seed,
        batch.canvas,
        load(AdPlan, batch.arranged.plan) if batch.arranged else None,
        cast(Transition, batch.transition),
    )
    plans = pinned(plans, pins_of(batch), len(scripts))
    _order_ads(batch, scripts, plans, data, shots_of(batch, plans))


def _opened(batch: Batch, scripts: list[Script]) -> list[Script]:
    """The scripts, with openings of their own where the order asked for them; the worker writes, no page waits."""
    if not batch.events.filter(what="ordered", detail__has_own_hooks=True).exists():
        return scripts
    scripts = with_own_hooks(scripts, batch.requested)
    batch.script_ids = [str(script.id) for script in scripts]
    batch.save(update_fields=["script_ids"])
    return scripts


def _fail(batch: Batch, reason: str) -> None:
    Batch.objects.filter(pk=batch.pk, state=Batch.State.QUEUED).update(
        state=Batch.State.FAILED, error=reason, ended_at=timezone.now()
    )
    live.tell_batch(batch)


def tend() -> None:
    """Ask again for plans whose message may have been lost."""
    before = timezone.now() - dt.timedelta(seconds=LOST_SECONDS)
    for batch in Batch.objects.filter(state=Batch.State.QUEUED, asked_at__lt=before)[:50]:
        send_plan(batch)


@transaction.atomic
def _order_ads(
    batch: Batch, scripts: Sequence[Script], plans: Sequence[AdPlan], data: BriefData, shots: Sequence[Shot]
) -> None:
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != Batch.State.QUEUED:
        return
    locked.state = Batch.State.RUNNING
    locked.save(update_fields=["state"])
    sources = shot_sources(shots, parse_canvas(batch.canvas))
    for position, plan in enumerate(plans):
        ad = Ad(
            advertiser_id=batch.advertiser_id,
            batch=batch,
            script=scripts[position % len(scripts)],
            position=position,
        )
        order_ad(ad, with_headline(plan, headline_for(batch.headlines, position)), data, sources)
    BatchEvent.objects.create(batch=batch, what="planned", detail={"ads": len(plans)})
    transaction.on_commit(lambda: live.tell_batch(batch))


def order_ad(ad: Ad, plan: AdPlan, data: BriefData, sources: dict[str, ShotSource]) -> Ad:
    """Book an ad's plan and lineage, and order its rendering. Call inside a transaction."""
    spec = render_spec(ad, plan, data, sources)
    ad.plan, ad.spec = dump(plan), dump(spec)
    ad.degraded = list(plan.degraded)
    ad.state = Ad.State.RENDERING
    ad.frames = plan.frames
    ad.save()
    AdShot.objects.bulk_create(lineage(ad, plan))
    ad.job_id = generation.order_ad(ad.advertiser, spec, REPLY_TO)
    ad.save(update_fields=["job_id"])
    return ad


def render_spec(ad: Ad, plan: AdPlan, data: BriefData, sources: dict[str, ShotSource]) -> RenderSpec:
    """The plan as an order to `generation`."""
    batch = ad.batch
    timeline = build_timeline(plan, sources, look_of(batch, data))
    limits = CheckLimits(target_seconds=data.length_seconds)
    provenance = Provenance(producer=settings.LABEL_PRODUCER, produce_id=str(ad.id), title=batch.brief.title)
    return RenderSpec(timeline, limits, provenance, draft=batch.is_draft)


def lineage(ad: Ad, plan: AdPlan) -> list[AdShot]:
    """Where every frame of a plan comes from."""
    rows, at = [], 0
    for position, slot in enumerate(plan.slots):
        for shot in slot.shots:
            rows.append(
                AdShot(
                    ad=ad,
                    shot_id=shot.shot_id or None,
                    slot_position=position,
                    source=shot.source,
                    source_start_frame=shot.source_start_frame,
                    start_frame=at,
                    end_frame=at + shot.frames,
                )
            )
            at += shot.frames
    return rows


@transaction.atomic
def take_ad(job_id: str) -> None:
    """Book a finished or failed render. Safe to hear twice."""
    job = generation.job(job_id)
    ad = Ad.objects.select_for_update().select_related("batch").filter(job_id=job_id).first()
    if ad is None or ad.state != Ad.State.RENDERING:
        generation.mark_heard(job_id)
        return
    ad.ended_at = timezone.now()
    if job.state == "done":
        _book_result(ad, load(RenderResult, job.result))
    else:
        ad.state = Ad.State.FAILED
        ad.held_reason = job.failure
    ad.save()
    generation.mark_heard(job_id)
    end_batch_if_over(ad.batch)
    transaction.on_commit(lambda: live.tell_batch(ad.batch))


def _book_result(ad: Ad, result: RenderResult) -> None:
    ad.result = dump(result)
    ad.path, ad.sha256, ad.frames = result.path, result.sha256, result.frames
    ad.degraded = list(dict.fromkeys([*ad.degraded, *result.degraded]))
    ad.state = Ad.State.READY if result.is_releasable else Ad.State.HELD
    failed = [check for check in result.checks if not check.ok]
    ad.held_reason = "; ".join(check.reason or check.name for check in failed)
    if ad.state == Ad.State.READY and not ad.batch.is_draft:
        used = ad.shots.exclude(shot=None).values_list("shot_id", flat=True)
        Shot.objects.filter(pk__in=list(used)).update(times_used=F("times_used") + 1)


def end_batch_if_over(batch: Batch) -> None:
    """Close a batch none of whose ads is still being made."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != Batch.State.RUNNING:
        return
    if Ad.objects.filter(batch=locked, state__in=[Ad.State.PLANNED, Ad.State.RENDERING]).exists():
        return
    locked.state = Batch.State.DONE
    locked.ended_at = timezone.now()
    locked.save(update_fields=["state", "ended_at"])
    BatchEvent.objects.create(batch=locked, what="ended", detail={})


@transaction.atomic
def cancel_batch(batch: Batch) -> None:
    """Stop what is not yet made; ready ads stay."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in (Batch.State.QUEUED, Batch.State.RUNNING):
        return
    open_ads = Ad.objects.filter(batch=locked, state__in=[Ad.State.PLANNED, Ad.State.RENDERING])
    for ad in open_ads:
        generation.cancel(str(ad.job_id))
    open_ads.update(state=Ad.State.FAILED, held_reason="cancelled", ended_at=timezone.now())
    locked.state = Batch.State.CANCELLED
    locked.ended_at = timezone.now()
    locked.save(update_fields=["state", "ended_at"])
    BatchEvent.objects.create(batch=locked, what="cancelled", detail={})
    transaction.on_commit(lambda: live.tell_batch(locked))


@transaction.atomic
def retry_ad(ad: Ad) -> Ad:
    """Order a failed or held ad again, as it was planned, as its next version."""
    again = next_version(ad)
    spec = load(RenderSpec, ad.spec)
    again.plan, again.spec = ad.plan, dump(spec)
    again.degraded = list(load(AdPlan, ad.plan).degraded)
    again.state = Ad.State.RENDERING
    again.save()
    AdShot.objects.bulk_create(lineage(again, load(AdPlan, ad.plan)))
    again.job_id = generation.order_ad(ad.advertiser, spec, REPLY_TO)
    again.save(update_fields=["job_id"])
    reopen_batch(ad.batch)
    return again


def next_version(ad: Ad) -> Ad:
    """An unsaved ad that takes `ad`'s place with the next version number."""
    newest = Ad.objects.filter(batch=ad.batch, position=ad.position).order_by("-version").first()
    return Ad(
        advertiser_id=ad.advertiser_id,
        batch=ad.batch,
        script=ad.script,
        replaces=ad,
        position=ad.position,
        version=(newest.version if newest else 0) + 1,
    )


def reopen_batch(batch: Batch) -> None:
    """A batch with a new version under way runs again; a paused one stays paused and makes that version."""
    Batch.objects.filter(pk=batch.pk).exclude(state=Batch.State.PAUSED).update(state=Batch.State.RUNNING, ended_at=None)
