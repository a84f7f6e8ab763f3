"""Changing one slot of a made ad: its clip, its line, a card; the ad is made anew."""

from __future__ import annotations

import random
from dataclasses import replace

from django.db import transaction

from core.clock import Clock, system_clock
from core.errors import InputError
from creative.contracts import AdPlan, PlannedShot, PlannedSlot
from creative.generating.gaps import is_presented, said_by_card
from creative.matching import rank
from creative.mixing import MIN_CARD_FRAMES, Usage, plan_shots
from creative.models import Ad, Shot
from creative.planning import card_for, cards_for, degraded_after, emphasis_of, line_of, need_of
from creative.rewriting.check import check_line
from creative.selectors import batch_shots, brief_data, clip_options, plan_of, relevance, shot_sources, shots_of
from creative.services.batches import next_version, order_ad, reopen_batch
from creative.services.looks import parse_canvas
from creative.services.releasing import release_of
from creative.services.speaking import as_spoken
from creative.storyboard import slot_frames
from generation import api as generation

LEAST_FRAMES = 18
"""A clip that starts closer to its end than this would flash up and be gone."""


def swap_clip(ad: Ad, slot_number: int, shot: Shot, source_frame: int | None = None) -> Ad:
    """The ad with `shot` in slot `slot_number` (from 0).

    From `source_frame` on, running into the file's next shots where the slot is longer;
    without one, the middle of the shot. InputError for a hidden clip, one that stands in
    another slot already, or too little of it.
    """
    plan = plan_of(ad)
    slot = _slot(plan, slot_number)
    new = _from_frame(shot, source_frame, slot.frames) if source_frame is not None else _from_middle(shot, slot.frames)
    _refuse_shown(plan, slot_number, shot, new)
    missing = slot.frames - sum(each.frames for each in new)
    kept = _kept(slot, missing, {each.shot_id for each in new})
    return _make_anew(ad, plan, slot_number, replace(slot, shots=(*new, *kept)))


def _from_middle(shot: Shot, frames: int) -> tuple[PlannedShot, ...]:
    if shot.material.media == "picture":
        return (_chosen(shot, 0, frames),)
    take = min(frames, shot.end_frame - shot.start_frame)
    return (_chosen(shot, shot.start_frame + (shot.end_frame - shot.start_frame - take) // 2, take),)


def _from_frame(shot: Shot, frame: int, frames: int) -> tuple[PlannedShot, ...]:
    if shot.material.media == "picture":
        return (_chosen(shot, 0, frames),)
    following = shot.material.shots.filter(start_frame__gt=shot.start_frame, is_hidden=False).select_related("material")
    taken: list[PlannedShot] = []
    at = frame
    for each in (shot, *following.order_by("start_frame")):
        if frames <= 0 or each.start_frame > at:
            break
        take = min(frames, each.end_frame - at)
        taken.append(_chosen(each, at, take))
        at, frames = at + take, frames - take
    if sum(each.frames for each in taken) < LEAST_FRAMES:
        raise InputError("clip", f"{shot.material.name} ends {at - frame} frames after frame {frame}; start earlier")
    return tuple(taken)


def _chosen(shot: Shot, start: int, frames: int) -> PlannedShot:
    return PlannedShot(shot.material.name, frames, start, str(shot.id), None, 1.0, ("chosen",))


def _refuse_shown(plan: AdPlan, slot_number: int, shot: Shot, new: tuple[PlannedShot, ...]) -> None:
    """No clip twice in an ad, and none the advertiser hid."""
    if shot.is_hidden:
        raise InputError("clip", f"{shot.material.name}: this shot is hidden; show it again among the materials first")
    chosen = {each.shot_id for each in new}
    for number, slot in enumerate(plan.slots):
        if number != slot_number and any(each.shot_id in chosen for each in slot.shots):
            raise InputError("clip", f"{shot.material.name} stands in slot {number} already; an ad shows no clip twice")


def _kept(slot: PlannedSlot, frames: int, taken: set[str]) -> tuple[PlannedShot, ...]:
    """What of the slot's other shots fills the frames the new clip is too short for; no card flashes up."""
    kept: list[PlannedShot] = []
    for shot in slot.shots:
        if frames <= 0 or shot.shot_id in taken or (shot.card and min(shot.frames, frames) < MIN_CARD_FRAMES):
            continue
        share = min(shot.frames, frames)
        kept.append(replace(shot, frames=share))
        frames -= share
    if frames > 0:
        raise InputError("clip", f"it is {frames} frames too short for the slot; choose a longer one")
    return tuple(kept)


def trim_clip(ad: Ad, slot_number: int, clip: int, source_frame: int) -> Ad:
    """The ad with its slot's clip number `clip` (from 0) starting at `source_frame` of its file, as long as before.

    InputError for a card or a picture, and for a stretch that would leave the shot.
    """
    plan = plan_of(ad)
    slot = _slot(plan, slot_number)
    if not 0 <= clip < len(slot.shots):
        raise InputError("clip", f"{clip} is not one of 0 to {len(slot.shots) - 1}")
    planned = slot.shots[clip]
    window = trim_window(planned)
    if window is None:
        raise InputError("clip", f"{planned.source} has no other stretch to show")
    lowest, highest = window
    if not lowest <= source_frame <= highest:
        raise InputError("clip", f"{planned.source} can start at frame {lowest} to {highest}, not {source_frame}")
    moved = replace(planned, source_start_frame=source_frame)
    shots = tuple(moved if at == clip else each for at, each in enumerate(slot.shots))
    return _make_anew(ad, plan, slot_number, replace(slot, shots=shots))


def trim_window(planned: PlannedShot) -> tuple[int, int] | None:
    """First and last frame of its file a planned clip can start at, or None where nothing can be shifted."""
    row = Shot.objects.select_related("material").filter(pk=planned.shot_id).first() if planned.shot_id else None
    if row is None or row.material.media == "picture":
        return None
    highest = row.end_frame - planned.frames
    return (row.start_frame, highest) if highest > row.start_frame else None


def use_card(ad: Ad, slot_number: int, kind: str = "") -> Ad:
    """The ad with a card in the slot: the one its role asks for, or the one of `kind` where it can be drawn."""
    plan = plan_of(ad)
    slot = _slot(plan, slot_number)
    data = brief_data(ad.batch.brief)
    cards = {each.card: each for each in cards_for(need_of(slot_number, slot, data), data, line_of(slot))}
    if kind and kind not in cards:
        raise InputError("card", f"{kind!r} is not one of {', '.join(cards)}")
    card = cards[kind] if kind else next(iter(cards.values()))
    shots = (PlannedShot(f"card:{card.card}", slot.frames, card=card, why=("chosen",)),)
    return _make_anew(ad, plan, slot_number, replace(slot, shots=shots))


def use_footage(ad: Ad, slot_number: int) -> Ad:
    """The ad with footage in place of the slot's card: what stood there before, else the clips that fit best."""
    plan = plan_of(ad)
    slot = _slot(plan, slot_number)
    elsewhere = {shot.shot_id for at, each in enumerate(plan.slots) if at != slot_number for shot in each.shots}
    shots = _footage_before(ad, slot_number, slot, elsewhere) or _best_footage(
        ad, plan.seed, slot, slot_number, elsewhere
    )
    return _make_anew(ad, plan, slot_number, replace(slot, shots=shots))


def _footage_before(ad: Ad, number: int, slot: PlannedSlot, elsewhere: set[str]) -> tuple[PlannedShot, ...]:
    """The footage the newest earlier version showed there, unless the slot's length or the books changed since."""
    before = ad.replaces
    while before is not None:
        slots = plan_of(before).slots
        shots = slots[number].shots if number < len(slots) else ()
        if shots and all(shot.shot_id for shot in shots):
            ids = {shot.shot_id for shot in shots}
            rows = Shot.objects.filter(pk__in=ids)
            if not (is_presented(slots[number]) and slots[number].voice == slot.voice):
                rows = rows.filter(is_hidden=False)
            stands = rows.count() == len(ids)
            return shots if stands and slots[number].frames == slot.frames and not ids & elsewhere else ()
        before = before.replaces
    return ()


def _best_footage(ad: Ad, seed: int, slot: PlannedSlot, number: int, elsewhere: set[str]) -> tuple[PlannedShot, ...]:
    """The slot filled as the planner of a batch would, from clips the ad does not show yet."""
    data = brief_data(ad.batch.brief)
    usable = batch_shots(ad.batch)
    looks = {shot.phash for shot in usable if str(shot.id) in elsewhere and shot.phash}
    shots = [shot for shot in usable if str(shot.id) not in elsewhere and shot.phash not in looks]
    need = need_of(number, slot, data)
    options = clip_options(shots, parse_canvas(ad.batch.canvas))
    ranked = {number: rank(need, options, relevance(need, shots))}
    cards = {number: card_for(need, data, line_of(slot))}
    by_id = {option.shot_id: option for option in options}
    rng = random.Random(f"{seed}-{number}")
    filled = plan_shots([need], ranked, by_id, cards, frozenset(), Usage(), rng)[number]
    if not any(shot.shot_id for shot in filled):
        raise InputError("clip", "no clip is left that fits this slot; add footage")
    return filled


def change_line(ad: Ad, slot_number: int, text: str, clock: Clock = system_clock) -> Ad:
    """The ad with another line in slot `slot_number`; what would block its release is refused by name."""
    plan = plan_of(ad)
    slot = _slot(plan, slot_number)
    data = brief_data(ad.batch.brief)
    lines = [(each.role, text if at == slot_number else each.line) for at, each in enumerate(plan.slots)]
    for blocked in release_of(ad.script, lines, ad.batch.brief):
        if blocked.position in (None, slot_number):
            raise InputError(f"slot {slot_number}", blocked.sentence(), blocked.finding.rule)
    line = check_line(text, slot.role, data, None, clock.now().date())
    take = generation.speak_line(text, data.language, advertiser=ad.advertiser)
    frames = slot_frames(slot.role, take.seconds)
    spoken = replace(
        slot,
        line=text,
        fact_ids=line.fact_ids,
        emphasis=emphasis_of(line, data),
        frames=frames,
        voice=as_spoken(take),
    )
    shots = without_presenter(ad, plan, slot_number, spoken) if is_presented(slot) else _stretched(slot, frames)
    return _make_anew(ad, plan, slot_number, replace(spoken, shots=shots))


def without_presenter(ad: Ad, plan: AdPlan, number: int, slot: PlannedSlot) -> tuple[PlannedShot, ...]:
    """Lips fit the line they were made for: `slot`, with another line, is shown by footage or by its own words."""
    elsewhere = {shot.shot_id for at, each in enumerate(plan.slots) if at != number for shot in each.shots}
    try:
        return _best_footage(ad, plan.seed, slot, number, elsewhere)
    except InputError:
        return (said_by_card(slot.line, plan.language, slot.frames),)


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
    changed = replace(plan, slots=slots, degraded=degraded_after(plan, slots))
    shots = shots_of(ad.batch, [changed])
    again = next_version(ad)
    order_ad(again, changed, brief_data(ad.batch.brief), shot_sources(shots, parse_canvas(changed.canvas)))
    reopen_batch(ad.batch)
    return again
