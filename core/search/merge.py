"""Putting ranked lists together, and thinning a list out so that its members differ."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")

RANK_OFFSET = 60


def fuse_ranks(lists: Sequence[Sequence[Key]], weights: Sequence[float] | None = None) -> list[tuple[Key, float]]:
    """Reciprocal rank fusion: each list gives weight / (60 + rank) to its members.

    Best first, ties by first appearance. Source: Cormack, Clarke and Büttcher, SIGIR 2009.
    """
    scores: dict[Key, float] = {}
    for ranked, weight in zip(lists, weights or [1.0] * len(lists), strict=True):
        for rank, key in enumerate(ranked, start=1):
            scores[key] = scores.get(key, 0.0) + weight / (RANK_OFFSET + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def pick_diverse(
    items: Sequence[Item],
    score: Callable[[Item], float],
    likeness: Callable[[Item, Item], float],
    count: int,
    limit: float,
    balance: float = 0.7,
) -> list[Item]:
    """Up to `count` of `items`, each the best of balance × score − (1 − balance) × nearest likeness,
    none as near as `limit` to one already taken (maximal marginal relevance; scores 0..1)."""
    nearest = [0.0] * len(items)
    scores = [score(item) for item in items]
    open_places = list(range(len(items)))
    taken: list[Item] = []
    while open_places and len(taken) < count:
        best = max(open_places, key=lambda at: balance * scores[at] - (1 - balance) * nearest[at])
        taken.append(items[best])
        open_places.remove(best)
        for at in open_places:
            nearest[at] = max(nearest[at], likeness(items[at], items[best]))
        open_places = [at for at in open_places if nearest[at] < limit]
    return taken
