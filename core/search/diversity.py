"""Thinning a ranked list out so that its members differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


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
