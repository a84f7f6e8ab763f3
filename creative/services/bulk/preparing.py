"""Planning a bulk batch: the slot plan, the mixes, the segments they need, the chunks that assemble them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any, cast

from django.db import connection, transaction
from django.utils import timezone

from core.contracts import dump, load
from core.errors import InputError
from creative import live
from creative.bulk.capacity import capacity
from creative.bulk.contracts import Capacity, Choice, Found, Mix, Policy, SlotPlan, Tune
from creative.bulk.pairs import fading_after, most_pairs, share_fading, with_pairs
from creative.bulk.pools import build_slot_plan
from creative.bulk.presented import with_presenters
from creative.bulk.search import search
from creative.contracts import Transition
from creative.models import Ad, Batch, BatchChunk, BatchEvent, Script, Shot
from creative.music import music_for
from creative.selectors import (
    batch_shots,
    brief_data,
    clip_options,
    made_shots,
    pins_of,
    relevance,
    seen_key,
    shot_sources,
)
from creative.services.bulk.accounts import Allowed, allowed_by_account
from creative.services.bulk.pieces import PieceKeys, PieceMaker
from creative.services.looks import look_of, parse_canvas
from creative.services.speaking import speak_script
from creative.storyboard import Look, ShotSource
from generation import api as generation

REPLY_TO = "creative.take_segments"
FIRST_ADS = 12
"""So many are assembled first, to be watched while the rest is made."""

CHUNK_ADS = 500


def plan_bulk(batch: Batch) -> None:
    """Plan a queued bulk batch and send its segments off. Safe to hear twice."""
    with _planning_lock(batch) as is_ours:
        if not is_ours:
            return
        began = generation.cpu_seconds()
        plan, everything, sources = slot_plans_of(batch)
        look = look_of(batch, brief_data(batch.brief))
        key = plan_key(plan, look, batch.is_draft, seen_key(batch_shots(batch)))
        pools = pools_key(everything)
        carries = _known_capacity(batch, pools) or capacity(everything)
        allowed = _allowed(batch, plan, mixes_of(batch, plan, key))
        found = allowed.found
        if not found.mixes:
            raise InputError("materials", _why_none(allowed))
        maker = PieceMaker(batch, plan, sources, look, _known_keys(batch, key))
        figures = {**figures_of(plan, key, carries, found), **account_figures(allowed), "pools_key": pools}
        _book(batch, plan, figures, found, maker)
        spent = {**figures, "planning_cpu_seconds": round(generation.cpu_seconds() - began, 3)}
        Batch.objects.filter(pk=batch.pk).update(figures={**batch.figures, **spent})


@contextmanager
def _planning_lock(batch: Batch) -> Iterator[bool]:
    """One planner per batch: a long plan's message may be heard twice. A killed planner lets go by itself."""
    number = int.from_bytes(hashlib.sha256(batch.pk.bytes).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [number])
        is_ours = bool(cursor.fetchone()[0])
        try:
            yield is_ours
        finally:
            if is_ours:
                cursor.execute("select pg_advisory_unlock(%s)", [number])


CAPACITY_VERSION = 1
"""Raised when the same material is found to carry another number of ads than before."""

MOST_WANTED = 100_000
"""Pools as long as the material allows: what it could carry, however few ads were asked for."""


def slot_plans_of(batch: Batch) -> tuple[SlotPlan, SlotPlan, dict[str, ShotSource]]:
    """(the plan for what is asked, the plan of everything the material offers, its shots' pixels).

    A batch that was given its plan has that for both.
    """
    shots = batch_shots(batch)
    sources = shot_sources_of(batch)
    if batch.slot_plan:
        given = load(SlotPlan, batch.slot_plan)
        return given, given, sources
    build = plan_builder(batch, shots, sources)
    return build(wanted=batch.requested), build(wanted=MOST_WANTED), sources


def plan_builder(batch: Batch, shots: Sequence[Shot], sources: Mapping[str, ShotSource]) -> Callable[..., SlotPlan]:
    """`build_slot_plan` with everything the batch's brief and material decide; it only wants `wanted`."""
    scripts = [Script.objects.get(pk=key) for key in batch.script_ids]
    pools = partial(
        build_slot_plan,
        brief_data(batch.brief),
        [speak_script(script) for script in scripts],
        # Who was shown how often must not decide what is rendered, or no two batches would share a segment.
        [replace(option, times_used=0) for option in clip_options(shots, parse_canvas(batch.canvas))],
        cache(lambda need: relevance(need, list(shots))),
        [Tune(tune.path, tune.sha256, tune.name) for tune in music_for(batch.advertiser, batch.folder)],
        looks=generation.look_groups(shot_hashes(shots)),
        sources={shot_id: source.source.sha256 for shot_id, source in sources.items()},
        transition=cast(Transition, batch.transition),
    )
    presented = pins_of(batch).presented
    files = {shot_id: source.source.sha256 for shot_id, source in sources.items()}
    return lambda wanted: with_pairs(with_presenters(pools(wanted=wanted), presented, files), wanted)


def shot_sources_of(batch: Batch) -> dict[str, ShotSource]:
    """The pixels of a batch's shots, presenters' hidden ones among them."""
    shots = {shot.pk: shot for shot in [*batch_shots(batch), *made_shots(batch)]}
    return shot_sources(shots.values(), parse_canvas(batch.canvas))


def mixes_of(batch: Batch, plan: SlotPlan, key: str) -> Found:
    """The ads to make: those that are made again, or what a search finds."""
    again = batch.figures.get("makes_again")
    if again:
        rows = Ad.objects.filter(pk__in=again).order_by("position").values_list("choices", "tune")
        return Found(tuple(Mix(tuple(choices), tune) for choices, tune in rows), None, False)
    fresh = with_freshness(plan, shot_uses(batch))
    return search(fresh, batch.requested, cast(Policy, batch.policy), batch.seed, taken=_taken(batch, key))


def _allowed(batch: Batch, plan: SlotPlan, found: Found) -> Allowed:
    """Ads that are made again take the place of those that went; they make nothing more alike."""
    policy = "off" if batch.figures.get("makes_again") else cast(Policy, batch.policy)
    return allowed_by_account(batch.advertiser, plan, found, policy, timezone.now())


def _why_none(allowed: Allowed) -> str:
    if allowed.left_out:
        return "carry nothing unlike what went out already; add footage, or wait: only the last 180 days count"
    return "carry no ad at all; add footage"


def account_figures(allowed: Allowed) -> dict[str, Any]:
    """The account's estimate once this batch has gone out, and how many ads stayed out to keep it low."""
    return {"account_similarity": round(allowed.estimate.similarity, 4), "account_left_out": allowed.left_out}


def shot_uses(batch: Batch) -> dict[str, int]:
    """How often each shot was shown so far."""
    return {str(shot.id): shot.times_used for shot in batch_shots(batch)}


def with_freshness(plan: SlotPlan, uses: Mapping[str, int]) -> SlotPlan:
    """The plan with each choice's freshness: 1 for clips never shown, towards 0 for the most shown of all."""
    most = max(uses.values(), default=0)

    def fresh(choice: Choice) -> Choice:
        shown = [uses.get(shot.shot_id, 0) for shot in choice.shots if shot.shot_id]
        return replace(choice, freshness=1 - max(shown) / most) if shown and most else choice

    slots = tuple(replace(slot, choices=tuple(map(fresh, slot.choices))) for slot in plan.slots)
    return replace(plan, slots=slots)


def shot_hashes(shots: Sequence[Shot]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(shot id, pHash, PDQ prints) of shots, for grouping those that look alike."""
    return [(str(shot.id), shot.phash, tuple(shot.pdq)) for shot in shots]


def plan_key(plan: SlotPlan, look: Look, is_draft: bool, seen: str) -> str:
    """A hash of all that decides the frames and sounds of a plan's choices; `seen` is the `seen_key` of its shots."""
    decides = {"plan": _dumped(plan), "look": dump(look), "draft": is_draft, "made": generation.engines_key()}
    if seen:
        decides["seen"] = seen
    text = json.dumps(decides, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def pools_key(everything: SlotPlan) -> str:
    """A hash of all that decides how many distinct ads the material carries."""
    text = json.dumps([CAPACITY_VERSION, _dumped(replace(everything, pairs=()))], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _dumped(plan: SlotPlan) -> dict[str, Any]:
    """The plan as JSON; without pairs as it was before there were any, so that known keys stay known."""
    return {name: value for name, value in dump(plan).items() if name != "pairs" or value}


def _known_capacity(batch: Batch, pools: str) -> Capacity | None:
    """What an earlier batch over the same material found that it carries."""
    rows = Batch.objects.filter(advertiser_id=batch.advertiser_id, is_bulk=True, figures__pools_key=pools)
    known = rows.order_by("-created_at").first()
    return load(Capacity, {**known.figures, "ads": known.figures["capacity"]}) if known else None


def _taken(batch: Batch, key: str) -> tuple[Mix, ...]:
    """What earlier batches of the same plan already gave out."""
    earlier = _same_plan(batch, key)
    rows = Ad.objects.filter(batch__in=earlier, version=1).values_list("choices", "tune")
    return tuple(Mix(tuple(choices), tune) for choices, tune in rows)


def _same_plan(batch: Batch, key: str) -> Any:
    rows = Batch.objects.filter(advertiser_id=batch.advertiser_id, is_bulk=True, figures__plan_key=key)
    return rows.exclude(pk=batch.pk)


def _known_keys(batch: Batch, key: str) -> PieceKeys | None:
    """The keys an earlier batch of the same plan worked out."""
    earlier = _same_plan(batch, key).exclude(piece_keys=None).order_by("-created_at").first()
    return load(PieceKeys, earlier.piece_keys) if earlier else None


@transaction.atomic
def _book(batch: Batch, plan: SlotPlan, figures: dict[str, Any], found: Found, maker: PieceMaker) -> None:
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != Batch.State.QUEUED:
        return
    locked.state = Batch.State.RUNNING
    locked.slot_plan = dump(plan)
    locked.figures = {**locked.figures, **figures}
    ads = [_ad(locked, position, mix, plan) for position, mix in enumerate(found.mixes)]
    Ad.objects.bulk_create(ads, batch_size=1000)
    chunks = _chunks(locked, len(ads))
    BatchChunk.objects.bulk_create(chunks)
    for chunk in chunks:
        mixes = found.mixes[chunk.first_position : chunk.first_position + chunk.count]
        keys, pieces = maker.needs(mixes, chunk.first_position)
        generation.order_pieces(locked.advertiser, locked.id, chunk.id, keys, pieces, REPLY_TO)
    locked.piece_keys = dump(maker.keys())
    locked.save(update_fields=["state", "slot_plan", "figures", "piece_keys"])
    BatchEvent.objects.create(batch=locked, what="planned", detail={"ads": len(ads)})
    transaction.on_commit(generation.dispatch_segments)
    transaction.on_commit(lambda: live.tell_batch(locked))


def figures_of(plan: SlotPlan, key: str, carries: Capacity, found: Found) -> dict[str, Any]:
    """What the plan says of itself, for report and page."""
    worst = found.worst_pair
    return {
        "plan_key": key,
        "capacity": carries.ads,
        "clips": carries.clips,
        "advice": [dump(advice) for advice in carries.advice],
        "worst_pair": dump(worst) if worst else None,
        "is_exhausted": found.is_exhausted,
        "planned": len(found.mixes),
        "ad_frames": plan.frames,
        **({"pairs": pair_figures(plan, found)} if plan.pairs else {}),
    }


def pair_figures(plan: SlotPlan, found: Found) -> dict[str, Any]:
    """Where the batch fades, in what share of its ads, by how many pairs of at most how many."""
    asked = {(slot, *mix.choices[slot : slot + 2]) for mix in found.mixes for slot in fading_after(plan, mix)}
    return {
        "after_slots": [each.after_slot for each in plan.pairs],
        "share_fading": round(share_fading(plan, found.mixes), 4),
        "asked": len(asked),
        "most": most_pairs(plan),
    }


def _ad(batch: Batch, position: int, mix: Mix, plan: SlotPlan) -> Ad:
    return Ad(
        advertiser_id=batch.advertiser_id,
        batch=batch,
        script_id=batch.script_id,
        position=position,
        choices=list(mix.choices),
        tune=mix.tune,
        frames=plan.frames,
        degraded=list(plan.degraded),
        state=Ad.State.PLANNED,
    )


def _chunks(batch: Batch, ads: int) -> list[BatchChunk]:
    """The first ads in a small chunk, the rest by the hundred."""
    chunks, at = [], 0
    while at < ads:
        count = min(FIRST_ADS if at == 0 else CHUNK_ADS, ads - at)
        chunks.append(BatchChunk(batch=batch, first_position=at, count=count))
        at += count
    return chunks
