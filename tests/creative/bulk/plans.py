"""Slot plans of made-up footage, to search in."""

from collections.abc import Sequence

import numpy as np

from creative.bulk.contracts import Choice, SlotPlan, SlotPool, Stretch, Tune
from creative.contracts import ROLES

BENCH_SIZES = (20, 20, 20, 20, 20, 10)
BENCH_FRAMES = (144, 160, 160, 160, 128, 144)


def a_choice(*stretches: Stretch, line: int = 0, worth: float = 0.5, freshness: float = 1.0) -> Choice:
    return Choice(line, (), stretches, worth, freshness)


def a_plan(pools: Sequence[Sequence[Choice]], frames: Sequence[int], tunes: int = 4) -> SlotPlan:
    slots = tuple(
        SlotPool(ROLES[number % len(ROLES)], length, (), tuple(pool))
        for number, (pool, length) in enumerate(zip(pools, frames, strict=True))
    )
    return SlotPlan(slots, tuple(Tune(f"{n}.wav", f"{n}" * 64, f"tune {n}") for n in range(tunes)), "en")


def plan_of(sizes: Sequence[int] = BENCH_SIZES, frames: Sequence[int] = BENCH_FRAMES, tunes: int = 4) -> SlotPlan:
    """Every choice of every slot is a clip of its own."""
    pools = [
        [a_choice(Stretch(f"clip-{slot}-{number}", 0, length, f"look-{slot}-{number}")) for number in range(size)]
        for slot, (size, length) in enumerate(zip(sizes, frames, strict=True))
    ]
    return a_plan(pools, frames, tunes)


def shared_plan(clips: int, frames: Sequence[int], per_slot: int, seed: int, looks: int = 0) -> SlotPlan:
    """A footage folder whose clips may stand in several slots, two shots to a long slot, some clips alike.

    A clip is shown from any of its frames, so the same clip in two ads overlaps in part.
    """
    rng = np.random.default_rng(seed)
    look = rng.integers(0, looks, clips) if looks else np.arange(clips)
    pools = []
    for length in frames:
        pool = []
        for number in rng.choice(clips, per_slot, replace=False).tolist():
            other = int(rng.integers(0, clips))
            parts = [(number, length // 2), (other, length - length // 2)]
            if length <= 128 or other == number or look[other] == look[number]:
                parts = [(number, length)]
            pool.append(
                a_choice(*(Stretch(f"clip-{c}", int(rng.integers(0, 60)), n, f"look-{look[c]}") for c, n in parts))
            )
        pools.append(pool)
    return a_plan(pools, frames)
