"""Finds one more ad beside those accepted: slot by slot, the least used picture that keeps every pair apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creative.bulk.ledger import Ledger, Shared
from creative.bulk.tables import Columns, PictureTable

NODES = 60
"""Slots tried per ad before it is given up."""

BRANCHES = 4
USE_WEIGHT = 0.3
BURDEN_WEIGHT = 1.5
"""A picture that shares its frames with many others takes room from more ads, so it costs more to use."""


class Completion:
    """A depth-first search over the slots, heaviest first, that turns back where a pair would reach the limit."""

    def __init__(self, table: PictureTable, reach: int, forbidden: NDArray[np.bool_], rng: np.random.Generator) -> None:
        self._table = table
        self._reach = reach
        self._forbidden = forbidden
        self._rng = rng
        self._burdens = table.burdens
        self._order = [0, *sorted(range(1, len(table.slots)), key=lambda slot: -table.weights[slot])]
        self._nodes = 0

    def build(
        self, ledger: Ledger, opening: int, allowed: NDArray[np.bool_], use: NDArray[np.float64]
    ) -> Columns | None:
        """Columns of an ad that opens with column `opening`, under the limit beside every ad of the ledger, or None."""
        self._nodes = NODES
        begun = ledger.shared[:, opening, :]
        if ledger.count and int(begun.max()) >= self._reach:
            return None
        found = self._extend(ledger, [opening], begun, allowed & ~self._forbidden[opening], use)
        return None if found is None else np.array([found[self._order.index(slot)] for slot in range(len(found))])

    def _extend(
        self, ledger: Ledger, taken: list[int], so_far: Shared, free: NDArray[np.bool_], use: NDArray[np.float64]
    ) -> list[int] | None:
        if len(taken) == len(self._order):
            return taken
        self._nodes -= 1
        pool = self._table.slots[self._order[len(taken)]]
        pool = pool[free[pool]]
        after = so_far[:, None, :] + ledger.shared[:, pool, :]
        fits = np.flatnonzero(after.max(axis=(0, 2), initial=0) < self._reach)
        cost = use[pool[fits]] * USE_WEIGHT + self._burdens[pool[fits]] * BURDEN_WEIGHT + self._rng.random(len(fits))
        for place in fits[np.argsort(cost)[:BRANCHES]]:
            column = int(pool[place])
            found = self._extend(ledger, [*taken, column], after[:, place], free & ~self._forbidden[column], use)
            if found is not None or self._nodes <= 0:
                return found
        return None
