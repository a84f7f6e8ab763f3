"""Changing one slot of a made ad: another clip or another line, and the ad is made anew."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from core.clock import Clock, system_clock
from core.contracts import load
from core.errors import InputError
from creative.contracts import AdPlan, PlannedShot, PlannedSlot
from creative.models import Ad, Shot
from creative.planning import emphasis_of
from creative.rewriting.check import check_line
from creative.selectors import brief_data, shot_sources, usable_shots
from creative.services.batches import next_version, order_ad, parse_canvas, reopen_batch
from creative.services.speaking import as_spoken
from creative.storyboard import slot_frames
from generation import api as generation

MAX_SLOT_CHANGE = 0.34
"""A new line may lengthen or shorten its slot, but not the ad beyond what its brief asked for."""


def swap_clip(ad: Ad, slot_number: int, shot: Shot, source_frame: int | None = None) -> Ad:
    """The ad with `shot` in slot `slot_number` (from 0), from `source_frame` on (default: its middle)."""
    plan = load(AdPlan, ad.plan)
    slot = _slot(plan, slot_number)
    picture = shot.material.media == "picture"
    first, last = shot.start_frame, shot.end_frame - slot.frames
    wanted = source_frame if source_frame is not None else (first + max(first, last)) // 2
    frames = slot.frames if picture else min(slot.frames, shot.end_frame - first)
    start = 0 if picture else max(first, min(wanted, shot.end_frame - frames))
    new = PlannedShot(shot.material.name, frames, start, str(shot.id), None, 1.0, ("chosen",))
    kept = _kept(slot, slot.frames - frames, str(shot.id))
    return _make_anew(ad, plan, slot_number, replace(slot, shots=(new, *kept)))


def _kept(slot: PlannedSlot, frames: int, taken: str) -> tuple[PlannedShot, ...]:
    """What of the slot's other shots fills the frames the new clip is too short for."""
    kept: list[PlannedShot] = []
    for shot in slot.shots:
        if frames <= 0 or shot.shot_id == taken:
            continue
        share = min(shot.frames, frames)
        kept.append(replace(shot, frames=share))
        frames -= share
    if frames > 0:
        raise InputError(f"slot {slot.role}", f"the clip is {frames} frames too short for it; choose a longer one")
    return tuple(kept)


def change_line(ad: Ad, slot_number: int, text: str, clock: Clock = system_clock) -> Ad:
    """The ad with another line in slot `slot_number`; a line with a blocking finding is refused by name."""
    plan = load(AdPlan, ad.plan)
    slot = _slot(plan, slot_number)
    data = brief_data(ad.batch.brief)
    line = check_line(text, slot.role, data, None, clock.now().date())
    blocking = next((finding for finding in line.findings if finding.blocks), None)
    if blocking:
        raise InputError(f"slot {slot_number}", f'"{blocking.text}": {blocking.reason}', blocking.rule)
    take = generation.speak_line(text, data.language)
    frames = slot_frames(slot.role, take.seconds)
    changed = replace(
        slot,
        line=text,
        fact_ids=line.fact_ids,
        emphasis=emphasis_of(line, data),
        frames=frames,
        voice=as_spoken(take),
        shots=_stretched(slot, frames),
    )
    return _make_anew(ad, plan, slot_number, changed)


def _stretched(slot: PlannedSlot, frames: int) -> tuple[PlannedShot, ...]:
    """The slot's shots over another number of frames: the last gives or takes, footage within its shot."""
    shots = list(slot.shots)
    extra = frames - slot.frames
    while extra < 0 and shots:
        give = min(shots[-1].frames - 18, -extra) if len(shots) > 1 else -extra
        if give <= 0:
            extra += shots.pop().frames
            continue
        shots[-1] = replace(shots[-1], frames=shots[-1].frames - give)
        extra += give
    if extra > 0:
        shots = _grown(shots, extra)
    return tuple(shots)


def _grown(shots: list[PlannedShot], extra: int) -> list[PlannedShot]:
    for index in range(len(shots) - 1, -1, -1):
        room = _room(shots[index])
        take = min(room, extra)
        shots[index] = replace(shots[index], frames=shots[index].frames + take)
        extra -= take
        if not extra:
            return shots
    raise InputError("line", f"it takes {extra} frames more than the slot's clips have; shorten it or swap the clip")


def _room(shot: PlannedShot) -> int:
    if shot.card is not None:
        return 10_000
    row = Shot.objects.select_related("material").get(pk=shot.shot_id)
    if row.material.media == "picture":
        return 10_000
    return max(0, row.end_frame - shot.source_start_frame - shot.frames)


def _slot(plan: AdPlan, number: int) -> PlannedSlot:
    if not 0 <= number < len(plan.slots):
        raise InputError("slot", f"{number} is not one of 0 to {len(plan.slots) - 1}")
    return plan.slots[number]


@transaction.atomic
def _make_anew(ad: Ad, plan: AdPlan, number: int, slot: PlannedSlot) -> Ad:
    slots = tuple(slot if at == number else each for at, each in enumerate(plan.slots))
    changed = replace(plan, slots=slots)
    shots = usable_shots(ad.advertiser, ad.batch.folder)
    needed = {shot.shot_id for each in slots for shot in each.shots if shot.shot_id}
    known = {str(shot.id) for shot in shots}
    if needed - known:
        shots += list(Shot.objects.filter(pk__in=needed - known).select_related("material"))
    again = next_version(ad)
    order_ad(again, changed, brief_data(ad.batch.brief), shot_sources(shots, parse_canvas(changed.canvas)))
    reopen_batch(ad.batch)
    return again
