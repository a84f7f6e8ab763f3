"""The ads accepted so far, and what each column would share with each of them. The hot part of a search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creative.bulk.tables import Columns, PictureTable

ROOM_BYTES = 192 << 20
"""Past this the shared frames per column and ad are no longer kept but summed anew for each candidate."""

Shared = NDArray[np.uint16]


class Ledger:
    """Accepted ads. `shared[l, c, n]`: weighted frames column c has in common with ad n, by layer of the table."""

    def __init__(self, table: PictureTable, room_bytes: int = ROOM_BYTES) -> None:
        self._table = table
        self._room_bytes = room_bytes
        self._columns = np.zeros((64, len(table.slots)), dtype=np.int64)
        self._shared = np.zeros((len(table.layers), len(table.choices), 64), dtype=np.uint16)
        self._keeps = True
        self.count = 0

    @property
    def keeps_shared(self) -> bool:
        return self._keeps

    @property
    def columns(self) -> Columns:
        """Columns of the accepted ads, ads x slots."""
        return self._columns[: self.count]

    @property
    def shared(self) -> Shared:
        """Layers x columns x ads; only while `keeps_shared`."""
        return self._shared[:, :, : self.count]

    def add(self, columns: Columns) -> None:
        if self.count == len(self._columns):
            self._grow()
        self._columns[self.count] = columns
        if self._keeps:
            self._shared[:, :, self.count] = self._table.layers[:, :, columns].sum(axis=2, dtype=np.uint16)
        self.count += 1

    def _grow(self) -> None:
        self._columns = np.concatenate([self._columns, np.zeros_like(self._columns)])
        if self._keeps and 2 * self._shared.nbytes > self._room_bytes:
            self._keeps, self._shared = False, self._shared[:, :, :0]
        elif self._keeps:
            self._shared = np.concatenate([self._shared, np.zeros_like(self._shared)], axis=2)

    def overlaps(self, columns: Columns) -> Shared:
        """Weighted frames an ad of these columns shares with each accepted one, in the measure that gives most."""
        if self._keeps:
            rows = [layer[columns, : self.count].sum(axis=0, dtype=np.uint16) for layer in self._shared]
        else:
            wanted = self._table.layers[:, columns, :].sum(axis=1, dtype=np.uint16)
            rows = [layer[self.columns].sum(axis=1, dtype=np.uint16) for layer in wanted]
        return rows[0] if len(rows) == 1 else np.max(rows, axis=0)
