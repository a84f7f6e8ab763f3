"""Batches whose openings a presenter speaks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from creative.bulk.contracts import Choice, SlotPlan, SlotPool, Stretch
from creative.contracts import PlannedShot


def with_presenters(
    plan: SlotPlan, clips: Mapping[tuple[str, int], PlannedShot], sources: Mapping[str, str]
) -> SlotPlan:
    """The plan with presenters' clips for all its openings, where there are any for them.

    `clips` are by (SHA-256 of the voice, frames), `sources` the SHA-256 of a shot's file by shot id. Lines
    nobody was filmed for are no openings any more: half a batch with a host and half without is two campaigns.
    """
    return replace(plan, slots=tuple(_presented(slot, clips, sources) for slot in plan.slots))


def _presented(slot: SlotPool, clips: Mapping[tuple[str, int], PlannedShot], sources: Mapping[str, str]) -> SlotPool:
    if slot.role != "hook":
        return slot
    choices = []
    for number, line in enumerate(slot.lines):
        shot = clips.get((line.voice.sha256, slot.frames)) if line.voice else None
        if shot is not None and shot.shot_id in sources:
            seen = Stretch(sources[shot.shot_id], 0, slot.frames, sources[shot.shot_id])
            choices.append(Choice(number, (shot,), (seen,), worth=1.0))
    return replace(slot, choices=tuple(choices)) if choices else slot
