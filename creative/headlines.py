"""Headlines over openings: how long an opening is, whose it is, which ad shows which. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from creative.contracts import AdPlan, PlannedShot
from generation.contracts import GRID_FRAMES, OPENING_FRAMES


def headline_for(headlines: Sequence[str], position: int) -> str:
    """What the ad at a place of its batch says over its opening; they are dealt in turn."""
    return headlines[position % len(headlines)] if headlines else ""


def opening_frames(slot_frames: int) -> int:
    """How long a headline stands: as long as an opening may be, and a step less than its slot; 0 without room."""
    return max((frames for frames in OPENING_FRAMES if frames <= slot_frames - GRID_FRAMES), default=0)


def has_room(shots: Sequence[PlannedShot], frames: int) -> bool:
    """Whether `shots` open with footage: a card has words of its own."""
    at = 0
    for shot in shots:
        if at < frames and shot.card is not None:
            return False
        at += shot.frames
    return frames > 0


def with_headline(plan: AdPlan, headline: str, frames: int | None = None) -> AdPlan:
    """The plan with a headline over its opening, as it was where that has no room for one."""
    if not headline or not plan.slots:
        return plan
    lasts = opening_frames(plan.slots[0].frames) if frames is None else frames
    return replace(plan, headline=headline, headline_frames=lasts) if has_room(plan.slots[0].shots, lasts) else plan
