"""Assembling a chunk of a bulk batch: recipes of its ads, checked, booked in one transaction."""

from __future__ import annotations

import logging
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.contracts import dump, load
from core.errors import AdloomError, LeaseLost
from core.leases.heartbeat import keep_alive
from core.leases.services import Lease, claim, complete, fail, not_within, requeue_expired, retry_later
from core.tasks.retrying import is_retryable
from core.tasks.sending import send
from creative import live
from creative.bulk.contracts import Mix, SlotPlan
from creative.bulk.plans import ad_plan
from creative.bulk.spans import picture_spans
from creative.headlines import headline_for
from creative.models import Ad, Batch, BatchChunk, Shot
from creative.selectors import PLAN_SEED, brief_data
from creative.services.batches import end_batch_if_over, render_spec
from creative.services.bulk.pieces import PieceKeys
from creative.services.bulk.preparing import shot_sources_of
from generation import api as generation

ASSEMBLE_TASK = "creative.render.assemble_chunk"
LEASE_SECONDS = 15.0
LOST_SECONDS = 20.0
SAMPLE_EVERY = 100
"""One ad in so many is decoded and looked at whole; the first of a batch always is."""

RETRY_PAUSE_SECONDS = 2.0

logger = logging.getLogger(__name__)


@dataclass
class _Outcome:
    """What became of a chunk's ads: reasons by ad for those that may not go out."""

    recipes: list[Any]
    ready: list[uuid.UUID]
    held: dict[str, list[uuid.UUID]]
    failed: dict[str, list[uuid.UUID]]
    results: dict[uuid.UUID, dict[str, Any]]
    check_seconds: float = 0.0


def take_segments(order_id: str) -> None:
    """A chunk has its segments: have it assembled. Safe to hear twice."""
    BatchChunk.objects.filter(pk=order_id, is_ready=False).update(is_ready=True, dispatched_at=timezone.now())
    generation.mark_answered(order_id)
    send(ASSEMBLE_TASK, [order_id])
    chunk = BatchChunk.objects.select_related("batch").filter(pk=order_id).first()
    if chunk:
        live.tell_batch(chunk.batch)


def assemble_chunk(chunk_id: str) -> None:
    """Assemble a ready chunk if nobody else does. Safe to hear twice."""
    chunk = BatchChunk.objects.select_related("batch__brief__product", "batch__advertiser").filter(pk=chunk_id).first()
    if chunk is None or not chunk.is_ready or chunk.batch.state != Batch.State.RUNNING:
        return
    lease = claim(BatchChunk, chunk_id, worker=generation.worker_name(), lease_seconds=LEASE_SECONDS)
    if lease is None:
        return
    try:
        with keep_alive(lease):
            _assemble(chunk, lease)
    except generation.SegmentsMissing as missing:
        _wait_again(chunk, lease, missing.keys)
    except generation.DamagedSegment as damaged:
        _wait_again(chunk, lease, [damaged.key])
    except LeaseLost:
        return
    except DatabaseError:
        raise  # nothing was booked; the lease runs out, and the chunk is sent again
    except Exception as error:
        _end_badly(lease, error)


def _end_badly(lease: Lease, error: Exception) -> None:
    """Another try where that can help (a disk that is full), else the end, with the reason a person reads."""
    if not isinstance(error, AdloomError):
        logger.exception("chunk %s broke", lease.id)
    reason = str(error) or type(error).__name__
    try:
        if is_retryable(error) or isinstance(error, OSError):
            retry_later(lease, reason, RETRY_PAUSE_SECONDS)
        else:
            fail(lease, reason)
    except LeaseLost:
        return
    _end_given_up()


def _wait_again(chunk: BatchChunk, lease: Lease, keys: Sequence[str]) -> None:
    """Segments are gone from the store, or damaged: they are rendered again, then the chunk is heard again."""
    try:
        with transaction.atomic():
            generation.want_again(keys)
            generation.reopen_order(chunk.id)
            retry_later(lease, f"{len(keys)} segments are rendered again", 0.0, is_ready=False)
    except LeaseLost:
        return
    generation.dispatch_segments()


def _assemble(chunk: BatchChunk, lease: Lease) -> None:
    began = generation.cpu_seconds()
    batch = chunk.batch
    plan, keys = load(SlotPlan, batch.slot_plan), load(PieceKeys, batch.piece_keys)
    last = chunk.first_position + chunk.count
    ads = list(
        # By the batch at hand: each ad would fetch it, slot plan and all, once it is asked for its headline.
        batch.ads.filter(
            version=1, position__gte=chunk.first_position, position__lt=last, state=Ad.State.PLANNED
        ).order_by("position")
    )
    outcome = _judge(batch, plan, keys, ads)
    _look_at_samples(batch, plan, ads, outcome)
    seconds = generation.cpu_seconds() - began
    _book(chunk, lease, plan, ads, outcome, seconds)


def _judge(batch: Batch, plan: SlotPlan, keys: PieceKeys, ads: Sequence[Ad]) -> _Outcome:
    """Recipes of all ads, and which may go out: a refused segment holds back exactly the ads that use it."""
    pieces = [_pieces_of(ad, plan, keys, batch) for ad in ads]
    verdicts = generation.segment_verdicts({key for each in pieces for key in (*each.segment_keys, *each.stem_keys)})
    reopened = [key for key, (verdict, _) in verdicts.items() if verdict == "open"]
    if reopened:
        raise generation.SegmentsMissing(reopened)
    whole = [each for each in pieces if not _broken(each, verdicts)]
    assembled = {each.recipe.id: each for each in generation.assemble_recipes(batch.advertiser, whole)}
    outcome = _Outcome([], [], defaultdict(list), defaultdict(list), {})
    for each in pieces:
        broken = _broken(each, verdicts)
        if broken:
            outcome.failed[broken].append(each.ad_id)
            continue
        made = assembled[each.ad_id]
        outcome.recipes.append(made.recipe)
        wrong = _refusals(each, verdicts) + [check.reason or check.name for check in made.checks if not check.ok]
        if wrong:
            outcome.held["; ".join(dict.fromkeys(wrong))].append(each.ad_id)
        else:
            outcome.ready.append(each.ad_id)
    return outcome


def reassemble(ad: Ad) -> None:
    """The recipe of an ad that takes another's place with the same choices."""
    batch = ad.batch
    pieces = _pieces_of(ad, load(SlotPlan, batch.slot_plan), load(PieceKeys, batch.piece_keys), batch)
    generation.keep_recipes([made.recipe for made in generation.assemble_recipes(batch.advertiser, [pieces])])


def _pieces_of(ad: Ad, plan: SlotPlan, keys: PieceKeys, batch: Batch) -> Any:
    lines = [slot.choices[choice].line for slot, choice in zip(plan.slots, ad.choices, strict=True)]
    spans = picture_spans(plan, ad.choices, headline_for(batch.headlines, ad.position))
    return generation.AdPieces(
        ad_id=ad.id,
        title=batch.brief.title,
        producer=settings.LABEL_PRODUCER,
        segment_keys=tuple(keys.picture(span) for span in spans),
        stem_keys=tuple(keys.sounds[slot][line][max(ad.tune, 0)] for slot, line in enumerate(lines)),
    )


def _broken(pieces: Any, verdicts: Mapping[str, tuple[str, str]]) -> str:
    """Why an ad cannot be made at all: a segment that could not be rendered."""
    reasons = [verdicts[key][1] for key in (*pieces.segment_keys, *pieces.stem_keys) if verdicts[key][0] == "failed"]
    return "; ".join(dict.fromkeys(reasons))


def _refusals(pieces: Any, verdicts: Mapping[str, tuple[str, str]]) -> list[str]:
    return [verdicts[key][1] for key in pieces.segment_keys if verdicts[key][0] == "refused"]


def _look_at_samples(batch: Batch, plan: SlotPlan, ads: Sequence[Ad], outcome: _Outcome) -> None:
    """Whole ads decoded and judged like any other; what fails is held back."""
    before = generation.cpu_seconds()
    ready = set(outcome.ready)
    recipes = {recipe.id: recipe for recipe in outcome.recipes}
    chosen = [ad for ad in ads if ad.id in ready and ad.position % SAMPLE_EVERY == 0]
    if not chosen:
        return
    sources = shot_sources_of(batch)
    for ad in chosen:
        spec = render_spec(ad, ad_plan_of(plan, ad, batch.canvas), brief_data(batch.brief), sources)
        result = generation.inspect_recipe(recipes[ad.id], spec)
        outcome.results[ad.id] = dump(result)
        failed = [check.reason or check.name for check in result.checks if not check.ok]
        if failed:
            outcome.ready.remove(ad.id)
            outcome.held["; ".join(failed)].append(ad.id)
    outcome.check_seconds = generation.cpu_seconds() - before


def ad_plan_of(plan: SlotPlan, ad: Ad, canvas: str) -> Any:
    """The plan of a bulk ad, as the planner of single ads would have it."""
    headline = headline_for(ad.batch.headlines, ad.position)
    return ad_plan(plan, Mix(tuple(ad.choices), ad.tune), canvas, PLAN_SEED, headline)


@transaction.atomic
def _book(
    chunk: BatchChunk, lease: Lease, plan: SlotPlan, ads: Sequence[Ad], outcome: _Outcome, seconds: float
) -> None:
    now = timezone.now()
    # First the lease: whoever lost it leaves no recipe behind.
    complete(lease, cpu_seconds=seconds, check_cpu_seconds=outcome.check_seconds)
    generation.keep_recipes(outcome.recipes)
    rows = Ad.objects.filter(state=Ad.State.PLANNED)
    rows.filter(pk__in=outcome.ready).update(state=Ad.State.READY, is_recipe=True, ended_at=now)
    for reason, ids in outcome.held.items():
        rows.filter(pk__in=ids).update(state=Ad.State.HELD, is_recipe=True, held_reason=reason, ended_at=now)
    for reason, ids in outcome.failed.items():
        rows.filter(pk__in=ids).update(state=Ad.State.FAILED, held_reason=reason, ended_at=now)
    for ad_id, result in outcome.results.items():
        Ad.objects.filter(pk=ad_id).update(result=result)
    if not chunk.batch.is_draft:
        _count_use(plan, [ad for ad in ads if ad.id in set(outcome.ready)])
    transaction.on_commit(lambda: _after(chunk.batch))


def _after(batch: Batch) -> None:
    with transaction.atomic():
        end_batch_if_over(batch)
    live.tell_batch(batch)


def _count_use(plan: SlotPlan, ads: Sequence[Ad]) -> None:
    """Shots shown in ads that may go out count as used; one statement per count."""
    used: Counter[str] = Counter()
    for (slot, choice), times in Counter((s, c) for ad in ads for s, c in enumerate(ad.choices)).items():
        for shot_id in {shot.shot_id for shot in plan.slots[slot].choices[choice].shots if shot.shot_id}:
            used[shot_id] += times
    by_times: dict[int, list[str]] = defaultdict(list)
    for shot_id, times in used.items():
        by_times[times].append(shot_id)
    for times, ids in sorted(by_times.items()):
        Shot.objects.filter(pk__in=sorted(ids)).update(times_used=F("times_used") + times)


def tend_chunks() -> None:
    """Chunks of dead workers, and chunks whose message got lost, are sent again; what is over is ended."""
    for chunk_id in requeue_expired(BatchChunk):
        send(ASSEMBLE_TASK, [str(chunk_id)])
    now = timezone.now()
    unsent = Q(dispatched_at=None) & ~Q(not_before__gt=now) | not_within("dispatched_at", now, LOST_SECONDS)
    lost = BatchChunk.objects.filter(
        unsent, state=BatchChunk.State.QUEUED, is_ready=True, batch__state=Batch.State.RUNNING
    )
    for chunk_id in list(lost.values_list("pk", flat=True)[:100]):
        BatchChunk.objects.filter(pk=chunk_id).update(dispatched_at=now)
        send(ASSEMBLE_TASK, [str(chunk_id)])
    _end_given_up()
    _end_batches()


def _end_given_up() -> None:
    """Ads of chunks that nobody tries again have failed, for the chunk's reason."""
    given_up = BatchChunk.objects.filter(state=BatchChunk.State.FAILED, batch__state=Batch.State.RUNNING)
    for chunk in given_up.select_related("batch"):
        last = chunk.first_position + chunk.count
        Ad.objects.filter(
            batch=chunk.batch,
            version=1,
            position__gte=chunk.first_position,
            position__lt=last,
            state=Ad.State.PLANNED,
        ).update(state=Ad.State.FAILED, held_reason=chunk.failure, ended_at=timezone.now())
        _after(chunk.batch)


def _end_batches() -> None:
    """Whoever booked the last ads may have died before it could close their batch."""
    still_open = Ad.objects.filter(batch=OuterRef("pk"), state__in=[Ad.State.PLANNED, Ad.State.RENDERING])
    for batch in Batch.objects.filter(is_bulk=True, state=Batch.State.RUNNING).exclude(Exists(still_open)):
        _after(batch)
