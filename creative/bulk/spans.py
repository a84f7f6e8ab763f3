"""The stretches of an ad's picture that are segments: slots, pairs at a border that fades, openings. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creative.bulk.contracts import Mix, SlotPlan
from creative.bulk.pairs import fading_after
from creative.headlines import has_room, opening_frames
from generation.contracts import PAIR_FRAMES


@dataclass(frozen=True)
class PictureSpan:
    """Frames `first` to `last` (exclusive) of an ad, of a choice of a slot.

    `is_whole` spans are their slot. `with_next` is the next slot's choice where a pair shows
    both (-1: none), `headline` what stands over an opening.
    """

    slot: int
    choice: int
    first: int
    last: int
    is_whole: bool
    with_next: int = -1
    headline: str = ""

    @property
    def name(self) -> str:
        """What tells it from all other spans of its plan."""
        beside = f"+{self.with_next}" if self.with_next >= 0 else ""
        return (
            f"{self.first}-{self.last}:{self.slot}.{self.choice}{beside}{' ' if self.headline else ''}{self.headline}"
        )


def headline_frames(plan: SlotPlan, choice: int) -> int:
    """Frames a headline stands over an opening; 0 for one that has no room for it."""
    first = plan.slots[0]
    frames = opening_frames(first.frames - (PAIR_FRAMES if any(each.after_slot == 0 for each in plan.pairs) else 0))
    return frames if has_room(first.choices[choice].shots, frames) else 0


def picture_spans(plan: SlotPlan, choices: Sequence[int], headline: str = "") -> tuple[PictureSpan, ...]:
    """The spans of an ad in order; they tile it on the grid.

    What a pair shows of its slots is never part of another segment, whether the ad fades
    there or cuts: so a slot's own segment is the same in all ads.
    """
    borders = {each.after_slot for each in plan.pairs}
    fading = set(fading_after(plan, Mix(tuple(choices)))) if borders else set()
    spans: list[PictureSpan] = []
    end = 0
    for slot, choice in enumerate(choices):
        start, end = end, end + plan.slots[slot].frames
        first = start + PAIR_FRAMES if slot - 1 in borders else start
        last = end - PAIR_FRAMES if slot in borders else end
        if slot - 1 in borders and slot - 1 not in fading:
            spans.append(PictureSpan(slot, choice, start, first, False))
        opening = headline_frames(plan, choice) if headline and slot == 0 else 0
        if opening:
            spans.append(PictureSpan(slot, choice, 0, opening, False, headline=headline))
        spans.append(PictureSpan(slot, choice, first + opening, last, (first + opening, last) == (start, end)))
        if slot in fading:
            spans.append(PictureSpan(slot, choice, last, end + PAIR_FRAMES, False, choices[slot + 1]))
        elif slot in borders:
            spans.append(PictureSpan(slot, choice, last, end, False))
    return tuple(spans)
