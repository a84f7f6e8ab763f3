"""Which slots of an ad footage serves worst, and where a presenter speaks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from creative.contracts import AdPlan, Candidate, PlannedShot, PlannedSlot, SlotNeed

PRESENTED = "presenter"


def weakest_slots(
    needs: Sequence[SlotNeed],
    ranked: Mapping[int, Sequence[Candidate]],
    by_design: AbstractSet[int],
    count: int,
) -> tuple[SlotNeed, ...]:
    """At most `count` slots in order, those whose best shot fits least; slots that are cards by design stay cards."""
    open_slots = [need for need in needs if need.position not in by_design]
    fits = {need.position: max((each.score for each in ranked[need.position]), default=0.0) for need in open_slots}
    chosen = sorted(open_slots, key=lambda need: (fits[need.position], need.position))[:count]
    return tuple(sorted(chosen, key=lambda need: need.position))


def with_presenter(plan: AdPlan, clips: Mapping[tuple[str, int], PlannedShot]) -> AdPlan:
    """The plan with a presenter's clip wherever one was made for that very voice and length, lips and all.

    `clips` are shots by (SHA-256 of the voice, frames).
    """
    return replace(plan, slots=tuple(_presented(slot, clips) for slot in plan.slots))


def _presented(slot: PlannedSlot, clips: Mapping[tuple[str, int], PlannedShot]) -> PlannedSlot:
    shot = clips.get((slot.voice.sha256, slot.frames)) if slot.voice else None
    return replace(slot, shots=(shot,)) if shot else slot
