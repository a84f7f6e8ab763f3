"""How alike two ads are: s = max(frame share, 0.4 × structure, look-alike share). The exact reference.

The frame share is the weighted share of one ad whose source frames also appear anywhere in the other, the
look-alike share the same by groups of shots that look alike; the larger of both directions counts. Frames of the
first 3 s weigh 3, for that is what a viewer and a platform's first sample see. A drawn card is equal to any
card of its kind. `creative.bulk.tables` holds the same as tables for many ads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from creative.bulk.contracts import Mix, SlotPlan, Stretch
from creative.contracts import Role

OPENING_FRAMES = 90
OPENING_WEIGHT = 3
STRUCTURE_WEIGHT = 0.4
CARD = "card:"

Fingerprint = tuple[tuple[int, Stretch], ...]
"""What an ad shows: each stretch with the frame of the ad it begins at."""

Shape = tuple[tuple[Role, int], ...]
"""An ad's slots in order: role and frames."""

Span = tuple[int, int]


def fingerprint(plan: SlotPlan, mix: Mix) -> Fingerprint:
    """What the ad of `mix` shows, stretch by stretch."""
    shown: list[tuple[int, Stretch]] = []
    start = 0
    for slot, choice in zip(plan.slots, mix.choices, strict=True):
        at = start
        for stretch in slot.choices[choice].stretches:
            shown.append((at, stretch))
            at += stretch.frames
        start += slot.frames
    return tuple(shown)


def shape(plan: SlotPlan) -> Shape:
    return tuple((slot.role, slot.frames) for slot in plan.slots)


def similarity(plan: SlotPlan, first: Mix, second: Mix) -> float:
    """s of two ads of one slot plan (0..1); never below 0.4, since their structure is the same."""
    return max(STRUCTURE_WEIGHT, picture_share(fingerprint(plan, first), fingerprint(plan, second)))


def similarity_of(first: Fingerprint, first_shape: Shape, second: Fingerprint, second_shape: Shape) -> float:
    """s of any two ads (0..1)."""
    return max(STRUCTURE_WEIGHT * structure_share(first_shape, second_shape), picture_share(first, second))


def structure_share(first: Shape, second: Shape) -> float:
    """Share of the slots of the longer ad that stand in the same place with equal role and length."""
    longer = max(len(first), len(second))
    return sum(one == other for one, other in zip(first, second, strict=False)) / longer if longer else 0.0


def picture_share(first: Fingerprint, second: Fingerprint) -> float:
    """The larger of frame share and look-alike share, in the direction that gives more (0..1)."""
    return max(
        _frame_share(first, second),
        _frame_share(second, first),
        _look_share(first, second),
        _look_share(second, first),
    )


def weighted(start: int, frames: int) -> int:
    """Weighted frames of `frames` frames of an ad from its frame `start` on."""
    opening = max(0, min(start + frames, OPENING_FRAMES) - start)
    return frames + (OPENING_WEIGHT - 1) * opening


def is_card(stretch: Stretch) -> bool:
    return stretch.source.startswith(CARD)


def look_of(stretch: Stretch) -> str:
    """The look a stretch counts as; a card's is its kind, and "" looks like nothing else."""
    return stretch.source if is_card(stretch) else stretch.look


def span_of(stretch: Stretch) -> Span:
    """Source frames of a stretch, end exclusive; a card has no frame numbers, so all of its kind is one frame."""
    return (0, 1) if is_card(stretch) else (stretch.first_frame, stretch.first_frame + stretch.frames)


def _frame_share(of: Fingerprint, within: Fingerprint) -> float:
    spans = spans_by_source(stretch for _, stretch in within)
    return _share(of, lambda start, stretch: sum(_met(start, stretch, span) for span in spans.get(stretch.source, ())))


def _look_share(of: Fingerprint, within: Fingerprint) -> float:
    looks = {look_of(stretch) for _, stretch in within} - {""}
    return _share(of, lambda start, stretch: weighted(start, stretch.frames) if look_of(stretch) in looks else 0)


def _share(of: Fingerprint, met: Callable[[int, Stretch], int]) -> float:
    whole = sum(weighted(start, stretch.frames) for start, stretch in of)
    return sum(met(start, stretch) for start, stretch in of) / whole if whole else 0.0


def _met(start: int, stretch: Stretch, span: Span) -> int:
    """Weighted frames of a stretch shown from `start` on that lie within a span of its source."""
    if is_card(stretch):
        return weighted(start, stretch.frames)
    first = max(stretch.first_frame, span[0])
    end = min(stretch.first_frame + stretch.frames, span[1])
    return weighted(start + first - stretch.first_frame, end - first) if end > first else 0


def spans_by_source(stretches: Iterable[Stretch]) -> dict[str, list[Span]]:
    """The frames of each source that are shown, ranges joined where they touch."""
    spans: dict[str, list[Span]] = {}
    for stretch in sorted(stretches, key=span_of):
        first, end = span_of(stretch)
        shown = spans.setdefault(stretch.source, [])
        if shown and first <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(shown[-1][1], end))
        else:
            shown.append((first, end))
    return spans
