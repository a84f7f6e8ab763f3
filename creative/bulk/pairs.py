"""Where a large batch fades or slides: at borders with few pairs of choices, and no more pairs than it is worth. Pure.

A pair (a choice before a border, one after it) is 32 frames of picture that only its own ads show, so pairs are what
makes a fade dear: two slots of 40 choices have 1,600. A plan has a budget of pairs, which grows with the batch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from creative.bulk.contracts import Mix, PairBorder, SlotPlan
from generation.contracts import GRID_FRAMES, PAIR_FRAMES, PAIRED

PAIR_SHARE = 0.005
"""At most this share of all frames a batch shows is rendered for pairs."""

LEAST_PAIRS = 32
"""The budget of the smallest batches."""

MOST_BORDERS = 2


def with_pairs(plan: SlotPlan, wanted: int) -> SlotPlan:
    """The plan with the borders at which a batch of `wanted` ads fades; as it was for other transitions.

    The border with the fewest pairs, and another one while both stay within the budget. Never two borders of one
    slot, and the first one only where there is no other: openings stay whole for headlines.
    """
    if plan.transition not in PAIRED:
        return plan
    budget = pair_budget(wanted, plan.frames)
    chosen: list[PairBorder] = []
    left = budget
    for border, pairs in sorted(_borders(plan), key=lambda each: (each[0] == 0, each[1], each[0])):
        is_beside = any(abs(border - each.after_slot) < 2 for each in chosen)
        if is_beside or (chosen and (pairs > left or border == 0)) or len(chosen) == MOST_BORDERS:
            continue
        chosen.append(PairBorder(border, max(1, -(-pairs // budget))))
        left -= pairs
    return replace(plan, pairs=tuple(sorted(chosen, key=lambda each: each.after_slot)))


def pair_budget(wanted: int, frames: int) -> int:
    """Pairs that a batch of `wanted` ads of `frames` frames may ask for."""
    return max(LEAST_PAIRS, int(wanted * frames * PAIR_SHARE / (2 * PAIR_FRAMES)))


def most_pairs(plan: SlotPlan) -> int:
    """Pairs the plan's ads can ask for, all told."""
    return sum(_pairs_at(plan, border) for border in plan.pairs)


def fading_after(plan: SlotPlan, mix: Mix) -> tuple[int, ...]:
    """Numbers of the slots after which an ad fades."""
    found = (
        each.after_slot
        for each in plan.pairs
        if (mix.choices[each.after_slot] + mix.choices[each.after_slot + 1]) % each.step == 0
    )
    return tuple(found)


def share_fading(plan: SlotPlan, mixes: Iterable[Mix]) -> float:
    """The share (0..1) of ads that fade at least once."""
    every = [bool(fading_after(plan, mix)) for mix in mixes]
    return sum(every) / len(every) if every else 0.0


def _borders(plan: SlotPlan) -> list[tuple[int, int]]:
    """(slot before it, its pairs) of every border whose slots leave something of themselves beside a pair."""
    sizes = [len(slot.choices) for slot in plan.slots]
    is_long = [slot.frames >= PAIR_FRAMES + GRID_FRAMES for slot in plan.slots]
    return [(at, sizes[at] * sizes[at + 1]) for at in range(len(sizes) - 1) if is_long[at] and is_long[at + 1]]


def _pairs_at(plan: SlotPlan, border: PairBorder) -> int:
    before, after = (len(plan.slots[border.after_slot + at].choices) for at in (0, 1))
    return sum((one + other) % border.step == 0 for one in range(before) for other in range(after))
