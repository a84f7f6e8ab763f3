"""How long the pools of a plan have to be for the ads that are asked for. Pure.

Every second in a pool is rendered, so pools grow by the choice that lowers the likeness of two random ads most for its
frames, until they carry what is wanted. The order of growth follows from the pools alone: a smaller batch's pools begin
a larger one's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from creative.bulk.contracts import STRICT_LIMIT, Choice
from creative.bulk.dealing import cost_of
from creative.bulk.similarity import look_of, weighted

STEPS = tuple(125 * 4**power for power in range(8))
"""Pools are made for one of these numbers of ads, so that a batch and the next, larger one share them."""

ADS_PER_CHANCE = 1.3
"""At least so many ads are found for each ad that two random ones out of it are alike (1.3 to 4.5 measured)."""

UNIQUE_LENGTHS = 28.0
"""Picture of so many ad lengths may be rendered for 2,000 ads; the root of the number for more."""

FEWEST_CHOICES = 2
"""A slot with one choice stakes the whole batch on it: the segment that fails its check would be in every ad."""

Pools = Sequence[Sequence[Choice]]


def step_for(wanted: int) -> int:
    """The number of ads the pools are made for."""
    return next((step for step in STEPS if step >= wanted), STEPS[-1])


def pool_sizes(pools: Pools, frames: Sequence[int], wanted: int) -> list[int]:
    """How many choices of each pool, from the first on, to take for `wanted` ads of which no two are alike."""
    weights = slot_weights(frames)
    shares = [alike_shares(pool) for pool in pools]
    sizes = [min(FEWEST_CHOICES, len(pool)) for pool in pools]
    step = step_for(wanted)
    most_frames = UNIQUE_LENGTHS * sum(frames) * max(1.0, math.sqrt(step / STEPS[2]))
    while (best := _best_slot(sizes, shares, weights, frames)) is not None:
        carried = 1 / chance_alike(weights, [share[size] for share, size in zip(shares, sizes, strict=True)])
        used = sum(size * length for size, length in zip(sizes, frames, strict=True))
        if carried >= step or (carried * ADS_PER_CHANCE >= wanted and used >= most_frames):
            break
        sizes[best] += 1
    return sizes


def slot_weights(frames: Sequence[int]) -> list[int]:
    """Weighted frames of each slot."""
    starts = np.cumsum([0, *frames])
    return [weighted(int(start), length) for start, length in zip(starts, frames, strict=False)]


def alike_shares(pool: Sequence[Choice]) -> list[float]:
    """How alike two choices among the first n of a pool are on average, by n; of none: 1."""
    shares, total = [1.0], 0.0
    for number, choice in enumerate(pool):
        total += 1 + 2 * sum(_alike(choice, other) for other in pool[:number])
        shares.append(total / (number + 1) ** 2)
    return shares


def _alike(first: Choice, second: Choice) -> float:
    looks = {look_of(stretch) for stretch in second.stretches}
    frames = sum(stretch.frames for stretch in first.stretches)
    return sum(stretch.frames for stretch in first.stretches if look_of(stretch) in looks) / frames


def chance_alike(weights: Sequence[int], shares: Sequence[float]) -> float:
    """How likely two ads of random choices reach the strict limit, where slot s is alike with chance shares[s]."""
    total = sum(weights)
    spread = np.zeros(total + 1)
    spread[0] = 1.0
    for weight, share in zip(weights, shares, strict=True):
        moved = np.zeros_like(spread)
        moved[weight:] = spread[: total + 1 - weight]
        spread = spread * (1 - share) + moved * share
    return float(spread[math.ceil(STRICT_LIMIT * total - 1e-9) :].sum())


def _best_slot(
    sizes: Sequence[int], shares: Sequence[Sequence[float]], weights: Sequence[int], frames: Sequence[int]
) -> int | None:
    """The slot whose next choice lowers the likeness most for its frames; None where no choice does any more."""
    total = sum(weights)

    def gain(at: int) -> float:
        if sizes[at] + 1 >= len(shares[at]):
            return 0.0
        now, then = (cost_of(weights[at], total, shares[at][sizes[at] + more]) for more in (0, 1))
        return (now - then) / frames[at]

    best = max(range(len(sizes)), key=lambda at: (gain(at), -at))
    return best if gain(best) > 1e-12 else None
