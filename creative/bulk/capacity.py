"""How many distinct ads the material carries."""

from __future__ import annotations

from creative.bulk.contracts import Capacity, SlotPlan


def capacity(plan: SlotPlan) -> Capacity:
    clips = {shot.shot_id for slot in plan.slots for choice in slot.choices for shot in choice.shots if shot.shot_id}
    return Capacity(0, len(clips))
