"""The ads accepted so far, and what each column would share with each of them. The hot part of a search."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creative.bulk.tables import Columns, PictureTable

ROOM_BYTES = 128 << 20
"""Past this the shared frames per column and ad are no longer kept but summed anew for each candidate."""

TAIL = 256
"""Ads that may wait until their shared frames are written: in blocks that takes a twentieth of the time."""

Shared = NDArray[np.uint16]


class Ledger:
    """Accepted ads, and their shared frames with every column for all but the last few, which are summed on demand."""

    def __init__(self, table: PictureTable, room_bytes: int = ROOM_BYTES) -> None:
        self._table = table
        self._columns = np.zeros((64, len(table.slots)), dtype=np.int64)
        self._shared = np.zeros((len(table.layers), len(table.choices), 0), dtype=np.uint16)
        self._most_written = room_bytes // (2 * self._shared.shape[0] * max(1, self._shared.shape[1]))
        self._written = 0
        self.count = 0

    @property
    def columns(self) -> Columns:
        """Columns of the accepted ads, ads x slots."""
        return self._columns[: self.count]

    @property
    def keeps_shared(self) -> bool:
        """Whether there is room to keep the shared frames of all ads; without, `shared` is not to be asked for."""
        return self.count <= self._most_written

    @property
    def shared(self) -> Shared:
        """Weighted frames column c has in common with ad n, layers x columns x ads."""
        self._write()
        return self._shared[:, :, : self.count]

    def add(self, columns: Columns) -> None:
        self.extend(columns[None, :])

    def extend(self, rows: Columns) -> None:
        """Adds ads, ads x slots."""
        while self.count + len(rows) > len(self._columns):
            self._columns = np.concatenate([self._columns, np.zeros_like(self._columns)])
        self._columns[self.count : self.count + len(rows)] = rows
        self.count += len(rows)
        if self.count - self._written >= TAIL and self.keeps_shared:
            self._write()

    def _write(self) -> None:
        if self._written == self.count:
            return
        if self.count > self._shared.shape[2]:
            larger = np.zeros((*self._shared.shape[:2], max(64, 2 * self.count)), dtype=np.uint16)
            larger[:, :, : self._written] = self._shared[:, :, : self._written]
            self._shared = larger
        rows = self._columns[self._written : self.count]
        there = self._shared[:, :, self._written : self.count]
        for slot in range(rows.shape[1]):
            there += self._table.layers[:, :, rows[:, slot]]
        self._written = self.count

    def overlaps(self, columns: Columns) -> Shared:
        """Weighted frames an ad of these columns shares with each accepted one, in the measure that gives most."""
        tail = self._columns[self._written : self.count]
        wanted = self._table.layers[:, columns, :].sum(axis=1, dtype=np.uint16)
        written = self._shared[:, columns, : self._written].sum(axis=1, dtype=np.uint16)
        waiting = wanted[:, tail].sum(axis=2, dtype=np.uint16)
        return np.asarray(np.concatenate([written, waiting], axis=1).max(axis=0))
