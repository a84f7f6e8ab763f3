"""Cuts an ad with fades and slides into segments that ads can share, and the frames between them.

A fade shows two slots at once, so the frames round it belong to the pair; everything else of
a slot belongs to the slot alone. Only pairs that occur are ever rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from generation.contracts import PAIR_FRAMES, PAIRED, Timeline


@dataclass(frozen=True)
class Span:
    """Frames of an ad that are one segment. `slots` are the numbers of the slots it shows: one, or those of a pair."""

    start_frame: int
    end_frame: int
    slots: tuple[int, ...]

    @property
    def is_pair(self) -> bool:
        return len(self.slots) > 1


def cut_spans(timeline: Timeline) -> tuple[Span, ...]:
    """Spans in order, from 0 to the end of the ad.

    A border that fades or slides lies in the middle of a pair span of 32 frames; a slot of 16
    frames between two such borders belongs to one longer span with both neighbours. Without
    such borders every slot is a span.
    """
    pairs = _pairs(timeline)
    inside = [slot.end_frame for slot in timeline.slots if not any(a < slot.end_frame < b for a, b in pairs)]
    cuts = sorted({0, timeline.frames, *inside, *(frame for pair in pairs for frame in pair)})
    return tuple(Span(first, last, _slots_in(timeline, first, last)) for first, last in pairwise(cuts))


def _pairs(timeline: Timeline) -> list[tuple[int, int]]:
    """(first, last) of each pair span; those that would overlap are one."""
    pairs: list[tuple[int, int]] = []
    for slot in timeline.slots[:-1]:
        if slot.border not in PAIRED:
            continue
        first, last = slot.end_frame - PAIR_FRAMES, slot.end_frame + PAIR_FRAMES
        if pairs and first < pairs[-1][1]:
            first = pairs.pop()[0]
        pairs.append((first, last))
    return pairs


def _slots_in(timeline: Timeline, first: int, last: int) -> tuple[int, ...]:
    return tuple(at for at, slot in enumerate(timeline.slots) if slot.start_frame < last and slot.end_frame > first)
